import type { Clock } from '../../clock.ts';
import type { Message } from './message.ts';
import type { View } from './view.ts';
import type { Channel, Person } from './world.ts';

/** Slack gives up on an app that has not acknowledged by then. */
const ACKNOWLEDGEMENT_LIMIT = 3_000;
/** Milliseconds after which a test is told that the app hangs. */
export const PATIENCE = 60_000;

/** One thing that Slack tells the app. */
export interface Delivery {
  /** The envelope's id in Socket Mode. */
  readonly id: string;
  readonly type: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Record<string, unknown>;
  readonly exchange: Exchange;
  attempts: number;
  isAcknowledged: boolean;
}

/** A rule of Slack's that the app broke. */
export interface Violation {
  /** Slack's own error code where there is one. */
  readonly rule: string;
  /** A Web API method, `response_url`, `upload`, `acknowledgement`. */
  readonly where: string;
  readonly detail: string;
}

/** What is known of it from the start. */
export interface Start {
  readonly clock: Clock;
  readonly what: string;
  readonly by: Person;
  readonly where?: Channel | undefined;
  readonly threadTs?: string | undefined;
  /** Told the body of the first acknowledgement. */
  readonly onAcknowledged?: ((body: unknown) => void) | undefined;
}

/** Something a person did, and all that the app did about it. */
export class Exchange {
  readonly what: string;
  readonly by: Person;
  readonly where: Channel | undefined;
  /** The thread in which an answer belongs to it. */
  readonly threadTs: string | undefined;
  readonly deliveries: Delivery[] = [];
  /** Messages that the app wrote because of it, in order. */
  readonly messages: Message[] = [];
  /** Messages that the app changed or deleted because of it, once for each time. */
  readonly edited: Message[] = [];
  /** Views opened, pushed, updated or published because of it, once for each time. */
  readonly views: View[] = [];
  /** Bodies posted at the response_url. */
  readonly responses: Record<string, unknown>[] = [];
  /** What `assistant.threads.setStatus` showed. */
  readonly statuses: string[] = [];
  readonly violations: Violation[] = [];
  /** Of HTTP answers to its deliveries. */
  readonly httpStatuses: number[] = [];
  /** Milliseconds until all was acknowledged. */
  acknowledgedAfter: number | undefined;
  /** The body of the last acknowledgement. */
  acknowledgement: unknown;
  /** More than deliveries where something was delivered again. */
  acknowledgements = 0;
  /** By block, where a submission was refused. */
  errors: Record<string, string> = {};
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #onAcknowledged: ((body: unknown) => void) | undefined;
  readonly #watchers = new Set<() => void>();
  readonly #disposals: (() => void)[] = [];

  constructor({ clock, what, by, where, threadTs, onAcknowledged }: Start) {
    this.#clock = clock;
    this.#startedAt = clock.now;
    this.what = what;
    this.by = by;
    this.where = where;
    this.threadTs = threadTs;
    this.#onAcknowledged = onAcknowledged;
  }

  /** Resolves with the milliseconds it took. */
  async acknowledged(limit = PATIENCE): Promise<number> {
    return this.until(() => this.acknowledgedAfter, 'acknowledged', limit);
  }

  /** Resolves with the first message, or the one at `index`. */
  async answered(limit = PATIENCE, index = 0): Promise<Message> {
    return this.until(() => this.messages[index], 'answered', limit);
  }

  /** Resolves with the first view opened, updated or published, or the one at `index`. */
  async opened(limit = PATIENCE, index = 0): Promise<View> {
    return this.until(() => this.views[index], 'given a view', limit);
  }

  /** Resolves with what `find` gives as soon as that is neither undefined nor false. */
  until<T>(find: () => T | undefined | false, what = 'so far', limit = PATIENCE): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = find();
        if (found === undefined || found === false) return false;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
        return true;
      };
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`${this.what} was not ${what} within ${limit} ms; ${this.#summary()}`));
      }, limit);
      if (!look()) this.#watchers.add(look);
    });
  }

  acknowledge(delivery: Delivery, body: unknown): void {
    const isFirst = !delivery.isAcknowledged;
    delivery.isAcknowledged = true;
    this.acknowledgements += 1;
    this.acknowledgement = body;
    if (isFirst) this.#onAcknowledged?.(body);
    if (this.acknowledgedAfter === undefined && this.deliveries.every(({ isAcknowledged }) => isAcknowledged)) {
      this.acknowledgedAfter = this.#clock.now - this.#startedAt;
      if (this.acknowledgedAfter > ACKNOWLEDGEMENT_LIMIT) {
        const detail = `${Math.round(this.acknowledgedAfter)} ms`;
        this.violations.push({ rule: 'operation_timeout', where: 'acknowledgement', detail });
      }
    }
    this.changed();
  }

  /** To be called after every change, so that who waits looks again. */
  changed(): void {
    for (const look of this.#watchers) look();
  }

  /** `dispose` removes from a store what belongs to this exchange. */
  owns(dispose: () => void): void {
    this.#disposals.push(dispose);
  }

  dispose(): void {
    for (const dispose of this.#disposals.splice(0)) dispose();
  }

  #summary(): string {
    const counts = [this.acknowledgements, this.messages.length, this.views.length, this.responses.length];
    const broken = this.violations.map(({ rule, where, detail }) => `${where} ${rule} ${detail}`);
    return `acknowledgements, messages, views, responses: ${counts.join(', ')}; violations: ${broken.join('; ') || 'none'}`;
  }
}
