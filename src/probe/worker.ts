import { parentPort, workerData } from 'node:worker_threads';
import { train } from './probe.ts';

/** The thread in which a probe is trained; it ends with that. */
parentPort?.postMessage(train(workerData));
