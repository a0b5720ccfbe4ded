/** How many events are remembered: minutes of the busiest bot. Platforms deliver twice within seconds. */
const KEPT = 10_000;

/** Platforms promise to deliver an event at least once. This remembers which were taken, so that none is answered twice. */
export class SeenEvents {
  readonly #ids = new Set<string>();

  /** @returns whether the event was not seen before; from now on it was */
  take(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > KEPT && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
