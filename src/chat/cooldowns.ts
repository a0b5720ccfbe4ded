import { UserError } from '../errors.ts';

/** Remembers when a person last used a command, for as long as that matters. */
export class Cooldowns {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  /** @param now milliseconds, from any fixed start */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Starts the cooldown of `actor` for `command`.
   * @throws UserError `cooldown` with the seconds left while an earlier one runs.
   */
  check(actor: string, command: string, seconds: number): void {
    if (seconds === 0) return;
    const now = this.#now();
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key);
    const key = JSON.stringify([actor, command]);
    const until = this.#until.get(key);
    if (until !== undefined) throw new UserError('cooldown', { seconds: Math.ceil((until - now) / 1000) });
    this.#until.set(key, now + seconds * 1000);
  }
}
