import { parentPort, workerData } from 'node:worker_threads';
import { fewShot } from './few-shot.ts';
import { train } from './probe.ts';
import type { Task } from './trainer.ts';

/** The thread of one task; it ends with that. */
const task: Task = workerData;
parentPort?.postMessage(task.kind === 'train' ? train(task.lesson) : fewShot(task.pool));
