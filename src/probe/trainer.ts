import { Worker } from 'node:worker_threads';
import { ROOT } from '../root.ts';
import type { Pool, Shots } from './few-shot.ts';
import type { Lesson, Probe } from './probe.ts';

export type Task = { kind: 'train'; lesson: Lesson } | { kind: 'few-shot'; pool: Pool };

/** `worker.ts`, as launch/build.mjs left it. */
const THREAD = new URL('node_modules/.cache/cliplens/probe-thread.js', ROOT);

/** Trains probes off the main thread, one after the other, so that those who ask leave a core for the encoder. */
export class Trainer {
  #last: Promise<unknown> = Promise.resolve();

  train(lesson: Lesson): Promise<Probe> {
    return this.#run({ kind: 'train', lesson });
  }

  fewShot(pool: Pool): Promise<Shots[]> {
    return this.#run({ kind: 'few-shot', pool });
  }

  /** `T` is what the worker makes of the task. */
  #run<T>(task: Task): Promise<T> {
    const next = this.#last.then(() => inThread<T>(task));
    this.#last = next.catch(() => {});
    return next;
  }
}

function inThread<T>(task: Task): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that trains a probe ended without one')));
  });
}
