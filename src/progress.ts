/** Told, whenever there is news, how many of how many are done. */
export type OnProgress = (done: number, total: number) => void;

/** How long the rest will take, by the pace so far. A count that falls back begins another piece of work. */
export class RemainingTime {
  #first: { done: number; at: number } | undefined;
  #last = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns seconds; undefined where there is no pace yet */
  of(done: number, total: number): number | undefined {
    const at = this.#now();
    if (!this.#first || done < this.#last) this.#first = { done, at };
    this.#last = done;
    const since = done - this.#first.done;
    return since > 0 ? ((total - done) * (at - this.#first.at)) / since / 1000 : undefined;
  }
}
