import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Not part of the built bench. npm runs its scripts in the project's folder. */
const THREAD = resolve('bench', 'bare-worker.mjs');

/** Plain onnxruntime on one vision file, in a thread of its own: what our figures are held against. */
export class Bare {
  readonly #worker: Worker;

  constructor(path: string, threads: number) {
    this.#worker = new Worker(THREAD, { workerData: { path, threads } });
  }

  /** Milliseconds of one run with a batch of that size. */
  async run(batch: number): Promise<number> {
    this.#worker.postMessage(batch);
    const [milliseconds] = await once(this.#worker, 'message');
    return Number(milliseconds);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
