import { Worker } from 'node:worker_threads';
import { ROOT } from '../../root.ts';
import type { Comparison } from './compare.ts';
import type { StatisticsJob } from './worker.ts';

/** Built by launch/build.mjs. */
const THREAD = new URL('node_modules/.cache/cliplens/statistics-thread.js', ROOT);

/** Compares the two groups of each table, in a thread of its own. The same seed gives the same numbers. */
export function compareInThread(job: StatisticsJob): Promise<readonly Comparison[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, { workerData: job });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread of the statistics ended without an answer')));
  });
}
