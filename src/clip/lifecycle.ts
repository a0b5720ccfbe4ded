import { UserError } from '../errors.ts';
import { toUserError, unusable } from './failures.ts';
import type { Download, ModelStatus } from './status.ts';

/** How a model comes to be here and in memory. */
export interface Origin<Files, Loaded> {
  /** What people call it. */
  name: string;
  find(onProgress: (download: Download) => void, signal: AbortSignal): Promise<Files>;
  /** Reads the small files of it, so that what is wrong with them is told before memory is made for the weights. */
  read(files: Files): Promise<Plan<Loaded>>;
  /** Resolves when there is memory for a model whose weights have so many bytes. @returns the function that gives it back */
  admit(weights: number): Promise<() => void>;
}

/** A model that could be loaded. */
interface Plan<Loaded> {
  /** Bytes of its weights. */
  weights: number;
  load(): Promise<{ thread: Stoppable; loaded: Loaded }>;
}

interface Stoppable {
  /** Whether it is closed, or could not be started again. */
  readonly isGone: boolean;
  close(): Promise<void>;
}

interface Running<Loaded> {
  thread: Stoppable;
  loaded: Loaded;
  /** What is being asked of it. */
  uses: Set<Promise<unknown>>;
  /** Gives its memory back. */
  release(): void;
}

/** A model's way from its files to memory and back: it is loaded when it is first needed, and again after it was put away. */
export class Lifecycle<Files, Loaded> {
  readonly #origin: Origin<Files, Loaded>;
  readonly #abort = new AbortController();
  #status: ModelStatus = { state: 'loading' };
  #running: Promise<Running<Loaded>> | undefined;

  constructor(origin: Origin<Files, Loaded>) {
    this.#origin = origin;
  }

  get status(): ModelStatus {
    return this.#status;
  }

  /** Resolves when loading has ended, well or not: `status` tells which. */
  async load(): Promise<void> {
    await this.#start().catch(() => {});
  }

  /** @throws UserError `model-loading` or `model-unavailable` where it is not ready */
  async use<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    let running = await this.#ready();
    while (running.thread.isGone) running = await this.#anew(running);
    const { uses } = running;
    const use = work(running.loaded).catch((error: unknown) => {
      throw toUserError(error, this.#origin.name);
    });
    uses.add(use);
    return use.finally(() => uses.delete(use));
  }

  /** Lets what is being asked of it end, then gives its memory back. The next request loads it again. */
  async putAway(): Promise<void> {
    const loading = this.#running;
    this.#running = undefined;
    const running = await loading?.catch(() => undefined);
    if (!running) return;
    while (running.uses.size > 0) await Promise.allSettled(running.uses);
    await running.thread.close();
    running.release();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    const running = await this.#running?.catch(() => undefined);
    await running?.thread.close();
  }

  /** Waits for the model, but not for a download, which may take minutes. */
  #ready(): Promise<Running<Loaded>> {
    const { download } = this.#status.state === 'loading' ? this.#status : {};
    if (download) {
      throw new UserError('model-loading', { percent: Math.floor((100 * download.bytes) / download.total) });
    }
    return this.#start();
  }

  /** Loads it again after its thread died and could not be started again, or it was put away this moment. */
  async #anew(gone: Running<Loaded>): Promise<Running<Loaded>> {
    const loading = this.#running;
    if (loading && (await loading) === gone && this.#running === loading) {
      this.#running = undefined;
      gone.release();
    }
    return this.#start();
  }

  #start(): Promise<Running<Loaded>> {
    this.#running ??= this.#load(this.#origin).catch((cause: unknown) => {
      const { name: model } = this.#origin;
      const failure = cause instanceof UserError ? cause : unusable(model, cause);
      this.#running = undefined; // It may be pulled or mended meanwhile: the next request tries anew.
      if ('problem' in failure.parameters) this.#status = { state: 'failed', ...failure.parameters };
      throw failure;
    });
    return this.#running;
  }

  async #load({ find, read, admit }: Origin<Files, Loaded>): Promise<Running<Loaded>> {
    const files = await find((download) => {
      this.#status = { state: 'loading', download };
    }, this.#abort.signal);
    this.#status = { state: 'loading' };
    const { weights, load } = await read(files);
    const release = await admit(weights);
    try {
      const running = { ...(await load()), uses: new Set<Promise<unknown>>(), release };
      this.#status = { state: 'ready' };
      return running;
    } catch (error) {
      release();
      throw error;
    }
  }
}
