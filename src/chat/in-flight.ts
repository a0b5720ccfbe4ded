import { setTimeout as delay } from 'node:timers/promises';

/** The work of an adapter that has begun and not ended, so that a stop can wait for it. */
export class InFlight {
  readonly #tasks = new Map<Promise<void>, () => Promise<void>>();

  /** @param tellOff tells the person that no answer will come; called where a stop cannot wait any longer */
  add(task: Promise<void>, tellOff: () => Promise<void>): void {
    const ended = task.finally(() => this.#tasks.delete(ended)).catch(() => {});
    this.#tasks.set(ended, tellOff);
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** Waits so long for what is under way; what is left then is told off. */
  async drain(milliseconds: number): Promise<void> {
    const patience = new AbortController();
    const timeout = delay(milliseconds, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all(this.#tasks.keys()), timeout]);
    patience.abort();
    await Promise.allSettled([...this.#tasks.values()].map((tellOff) => tellOff()));
  }
}
