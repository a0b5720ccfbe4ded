import { setTimeout as delay } from 'node:timers/promises';
import { type OnProgress, RemainingTime } from '../progress.ts';
import type { Locale } from './locale.ts';
import { textsFor } from './texts/index.ts';

/** In milliseconds. */
export interface ProgressPace {
  /** Before this nothing is told: most answers are there by then. */
  first: number;
  /** Seldom enough for what platforms allow in a minute. */
  every: number;
  /** How long an answer waits for a line that is under way, which would else stand above it or in its place. */
  last: number;
}

export const PROGRESS_PACE: ProgressPace = { first: 3000, every: 3000, last: 3000 };

/** Tells those who wait for an answer how far it is. What fails here is forgotten: the answer itself is what counts. */
export class ProgressReport {
  readonly #tell: (line: string) => Promise<void>;
  readonly #locale: Locale;
  readonly #pace: ProgressPace;
  readonly #remaining: RemainingTime;
  readonly #now: () => number;
  #next: number;
  #underWay: Promise<void> | undefined;

  constructor(
    tell: (line: string) => Promise<void>,
    locale: Locale,
    pace: ProgressPace,
    now: () => number = () => performance.now(),
  ) {
    this.#tell = tell;
    this.#locale = locale;
    this.#pace = pace;
    this.#remaining = new RemainingTime(now);
    this.#now = now;
    this.#next = now() + pace.first;
  }

  readonly update: OnProgress = (done, total) => {
    const left = this.#remaining.of(done, total);
    const now = this.#now();
    if (this.#underWay || now < this.#next || done >= total) return;
    this.#next = now + this.#pace.every;
    this.#underWay = this.#tell(textsFor(this.#locale).progress(done, total, left))
      .catch(() => {})
      .finally(() => {
        this.#underWay = undefined;
      });
  };

  /** Tells nothing more, and waits a little for what is being told. */
  async end(): Promise<void> {
    this.#next = Number.POSITIVE_INFINITY;
    if (this.#underWay) await Promise.race([this.#underWay, delay(this.#pace.last, undefined, { ref: false })]);
  }
}
