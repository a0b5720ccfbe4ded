/**
 * The time, in milliseconds, by which a stand-in keeps its platform's limits. It stands still but for what a test lets pass,
 * so that nothing comes too late because the machine is slow.
 */
export class Clock {
  #passed = 0;
  #runs: number | undefined;

  get now(): number {
    return this.#passed + (this.#runs === undefined ? 0 : performance.now() - this.#runs);
  }

  pass(milliseconds: number): void {
    this.#passed += milliseconds;
  }

  /** From now on it goes as real time does, for a bench. */
  run(): void {
    this.#runs ??= performance.now();
  }
}
