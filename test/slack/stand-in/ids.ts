/** Ids and timestamps in Slack's shapes, none of them twice. */
export class Ids {
  #count = 0;
  #microseconds = 0;

  /** Such as `U0000000A1` for `U`. */
  next(prefix: string): string {
    this.#count += 1;
    return prefix + this.#count.toString(36).toUpperCase().padStart(10, '0');
  }

  /** What identifies a message in its channel: seconds, a dot, six digits. */
  ts(): string {
    this.#microseconds = Math.max(this.#microseconds + 1, Date.now() * 1000);
    const seconds = Math.floor(this.#microseconds / 1e6);
    return `${seconds}.${String(this.#microseconds % 1e6).padStart(6, '0')}`;
  }
}
