import type { Download } from './status.ts';

const REPORT_MILLISECONDS = 250;
const SPEED_MILLISECONDS = 10_000;
const FIRST_SPEED_MILLISECONDS = 1_000;

/** Adds up how far the files of a model have come, and reports it four times a second at most. */
export class DownloadMeter {
  readonly #here = new Map<string, number>();
  readonly #total: number;
  readonly #onProgress: (download: Download) => void;
  readonly #now: () => number;
  #fetched = 0;
  #recent: { at: number; fetched: number }[] = [];

  /**
   * @param total bytes of all files together
   * @param now milliseconds, from any fixed start
   */
  constructor(total: number, onProgress: (download: Download) => void, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#onProgress = onProgress;
    this.#now = now;
  }

  /** Of `file`, so many bytes lie on the disk: from an earlier run, or none again after a clean start. */
  place(file: string, bytes: number): void {
    this.#here.set(file, bytes);
  }

  /** So many more bytes of `file` have come over the network. */
  fetch(file: string, bytes: number): void {
    this.#here.set(file, (this.#here.get(file) ?? 0) + bytes);
    this.#fetched += bytes;
    const at = this.#now();
    if (at - (this.#recent.at(-1)?.at ?? Number.NEGATIVE_INFINITY) < REPORT_MILLISECONDS) return;
    this.#recent = this.#recent.filter((sample) => at - sample.at <= SPEED_MILLISECONDS);
    this.#recent.push({ at, fetched: this.#fetched });
    const here = [...this.#here.values()].reduce((sum, part) => sum + part, 0);
    this.#onProgress({ file, bytes: here, total: this.#total, secondsLeft: this.#secondsLeft(this.#total - here) });
  }

  /** From the speed of the last seconds; undefined once all is here, since checking it takes a while. */
  #secondsLeft(bytes: number): number | undefined {
    const [first] = this.#recent;
    const last = this.#recent.at(-1);
    if (bytes <= 0 || !first || !last || last.at - first.at < FIRST_SPEED_MILLISECONDS) return undefined;
    return Math.ceil((bytes * (last.at - first.at)) / (1000 * (last.fetched - first.fetched)));
  }
}
