import { type ErrorCode, UserError } from '../errors.ts';

/** At most so many uses within so many seconds. */
export interface Rate {
  uses: number;
  seconds: number;
}

/** How often one person, and all the people of a channel together, may use a command. */
export interface Pace {
  person: Rate;
  channel: Rate;
}

/** Remembers who used what when, for as long as that matters. */
export class Cooldowns {
  /** Times of use in milliseconds, oldest first, with the time after which none of them matters. */
  readonly #uses = new Map<string, { times: number[]; until: number }>();
  readonly #now: () => number;
  #nextSweep = 0;

  /** @param now milliseconds, from any fixed start */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Counts a use of `command` by a person in a channel. A use that is refused does not count.
   * @throws UserError `cooldown` or `channel-cooldown` with the seconds left until the next one is allowed
   */
  check(command: string, person: string, channel: string, pace: Pace): void {
    this.#sweep();
    const own = this.#left('cooldown', JSON.stringify([command, 'person', person]), pace.person);
    const all = this.#left('channel-cooldown', JSON.stringify([command, 'channel', channel]), pace.channel);
    own();
    all();
  }

  /** @returns the function that counts the use */
  #left(code: ErrorCode & ('cooldown' | 'channel-cooldown'), key: string, { uses, seconds }: Rate): () => void {
    const now = this.#now();
    const recent = (this.#uses.get(key)?.times ?? []).filter((time) => time > now - seconds * 1000);
    const [oldest] = recent.slice(-uses);
    if (oldest !== undefined && recent.length >= uses) {
      throw new UserError(code, { seconds: Math.ceil((oldest + seconds * 1000 - now) / 1000) });
    }
    return () => this.#uses.set(key, { times: [...recent, now], until: now + seconds * 1000 });
  }

  /** Forgets what no longer matters, now and then: doing so at every use would look at everybody. */
  #sweep(): void {
    const now = this.#now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + 60_000;
    for (const [key, { until }] of this.#uses) if (until <= now) this.#uses.delete(key);
  }
}
