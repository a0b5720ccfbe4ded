import { Worker } from 'node:worker_threads';
import { ROOT } from '../root.ts';
import type { Lesson, Probe } from './probe.ts';

/** `worker.ts`, as launch/build.mjs left it. */
const THREAD = new URL('node_modules/.cache/cliplens/probe-thread.js', ROOT);

/** Trains probes off the main thread, one after the other, so that those who ask leave a core for the encoder. */
export class Trainer {
  #last: Promise<unknown> = Promise.resolve();

  train(lesson: Lesson): Promise<Probe> {
    const next = this.#last.then(() => inThread(lesson));
    this.#last = next.catch(() => {});
    return next;
  }
}

function inThread(lesson: Lesson): Promise<Probe> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, { workerData: lesson });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that trains a probe ended without one')));
  });
}
