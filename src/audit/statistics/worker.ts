import { parentPort, workerData } from 'node:worker_threads';
import { compare, type Table } from './compare.ts';
import { seeded } from './random.ts';

export interface StatisticsJob {
  seed: number;
  tables: readonly Table[];
}

/**
 * The statistics thread: ten thousand resamples of many contrasts would hold everybody else up. Each table is drawn for from
 * the seed anew, so that what else is asked changes none of its figures.
 */
function work({ seed, tables }: StatisticsJob): void {
  parentPort?.postMessage(tables.map((table) => compare(table, seeded(seed))));
}

work(workerData);
