import { UserError } from '../errors.ts';
import { type Answer, toAnswer } from './answer.ts';
import { type Outcome, toOutcome, type Waiting } from './dispatch.ts';
import { InFlight } from './in-flight.ts';
import type { Locale } from './locale.ts';
import type { ChatParts } from './parts.ts';
import type { FileReference, Request } from './request.ts';

/** The way by which something was asked, and its answer goes back. */
export interface Way extends Waiting {
  /** The asker's language. */
  locale(): Promise<Locale>;
  /** Shows an answer. `files` are those that were asked about, for what can be done next. */
  send(answer: Answer, files: readonly FileReference[]): Promise<void>;
}

/** What somebody wants: a request for dispatch, or what the platform shows at once, such as a page or a form. */
export type Asked = Request | (() => Promise<void>);

type Parts = Pick<ChatParts, 'dispatch' | 'log' | 'stopMilliseconds'>;

/** What a platform knows of its own errors. */
interface Failures {
  /** The UserError for a refusal that people can mend; anything else as it is. */
  explain(error: unknown): unknown;
  /** What the log is told: nothing that was to be sent, and no address that is as good as a token. */
  describe(error: unknown): object;
}

/** Has what is asked dispatched and the answer sent, once; and knows what is under way when it is time to stop. */
export class Reception {
  readonly #parts: Parts;
  readonly #failures: Failures;
  readonly #inFlight = new InFlight();
  #isStopping = false;

  constructor(parts: Parts, failures: Failures) {
    this.#parts = parts;
    this.#failures = failures;
  }

  serve(way: Way, read: () => Promise<Asked>): void {
    let isSent = false;
    const send: Way['send'] = async (answer, files) => {
      if (isSent) return;
      isSent = true;
      await way.send(answer, files);
    };
    const tell: Way['tell'] = async (line, visibility) => {
      if (!isSent) await way.tell?.(line, visibility);
    };
    const task = this.#answer({ ...way, tell }, read, send).catch((error: unknown) => this.#complain(error));
    this.#inFlight.add(task, async () => {
      const stopped = toOutcome(new UserError('stopped', {}), await way.locale());
      await send(toAnswer(stopped, undefined), []);
    });
  }

  /** Lets what is under way end, or tells it off; what still comes is told to come back. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#inFlight.drain(this.#parts.stopMilliseconds);
  }

  async #answer(way: Way, read: () => Promise<Asked>, send: Way['send']): Promise<void> {
    let request: Request | undefined;
    let outcome: Outcome;
    try {
      if (this.#isStopping) throw new UserError('stopping', {});
      const asked = await read();
      if (typeof asked === 'function') return await asked();
      request = asked;
      outcome = await this.#parts.dispatch(request, way);
    } catch (error) {
      outcome = await this.#refuse(error, way);
    }
    try {
      await send(toAnswer(outcome, request), request ? [...request.images, ...request.archives] : []);
    } catch (error) {
      // Whoever was promised an answer would wait for it in vain.
      await way.send(toAnswer(await this.#refuse(error, way), undefined), []);
    }
  }

  async #refuse(error: unknown, way: Way): Promise<Outcome> {
    const outcome = toOutcome(this.#failures.explain(error), await way.locale());
    if (outcome.code === 'bug') {
      const stack = error instanceof Error ? error.stack : undefined;
      this.#parts.log.error({ ...this.#failures.describe(error), stack, message: outcome.message }, 'bug');
    }
    return outcome;
  }

  #complain(error: unknown): void {
    this.#parts.log.warn(this.#failures.describe(error), 'an answer could not be delivered');
  }
}
