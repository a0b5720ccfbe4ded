import { parentPort, workerData } from 'node:worker_threads';
import { compare, type Table } from './compare.ts';
import { seeded } from './random.ts';

export interface StatisticsJob {
  seed: number;
  tables: readonly Table[];
}

/** The statistics thread: ten thousand resamples of many contrasts would hold everybody else up. */
function work({ seed, tables }: StatisticsJob): void {
  const random = seeded(seed);
  parentPort?.postMessage(tables.map((table) => compare(table, random)));
}

work(workerData);
