import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.ts';
import { ROOT } from '../root.ts';
import { Unavailable } from './download-retry.ts';
import type { Geometry } from './geometry.ts';
import type { EncoderMessage, EncoderRequest, EncoderSpec } from './protocol.ts';

interface Job<Input> {
  input: Input;
  resolve(vector: Float32Array): void;
  reject(error: Error): void;
}

/** `worker.ts`, as launch/build.mjs left it: a thread does not take over its parent's way of reading TypeScript. */
const THREAD = new URL('node_modules/.cache/cliplens/encoder-thread.js', ROOT);

/** Requests of a kind that wait are encoded together, up to so many. */
const BATCH = { images: 8, texts: 64 };

export interface Readiness {
  geometry: Geometry;
  sha256: string;
}

/**
 * The encoders of one model, in a thread of their own. If the thread dies, the batch in it fails with
 * `encoder-crashed`, the thread is started again, and what waits goes on there.
 */
export class Encoder {
  readonly ready: Promise<Readiness>;
  readonly #spec: EncoderSpec;
  readonly #images: Job<Uint8Array>[] = [];
  readonly #texts: Job<string>[] = [];
  #running: Job<unknown>[] = [];
  #lastKind: 'images' | 'texts' = 'texts';
  #worker: Worker;
  #isReady = false;
  #closed = false;
  #settle: { resolve(readiness: Readiness): void; reject(error: Error): void } | undefined;

  constructor(spec: EncoderSpec) {
    this.#spec = spec;
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#worker = this.#start();
  }

  /** Whether it is closed, or its thread could not be started again. */
  get isGone(): boolean {
    return this.#closed;
  }

  /** @param pixels RGB of the geometry's final size. @returns a unit vector */
  image(pixels: Uint8Array): Promise<Float32Array> {
    return new Promise((resolve, reject) => this.#enqueue(this.#images, { input: pixels, resolve, reject }));
  }

  /** @returns a unit vector */
  text(text: string): Promise<Float32Array> {
    return new Promise((resolve, reject) => this.#enqueue(this.#texts, { input: text, resolve, reject }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#fail(this.#running, this.#images, this.#texts);
    const exited = once(this.#worker, 'exit');
    this.#worker.postMessage({ kind: 'close' } satisfies EncoderRequest);
    if (this.#worker.threadId !== -1) await exited;
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#spec });
    worker.on('message', (message: EncoderMessage) => this.#receive(message));
    worker.on('error', () => {}); // 'exit' follows
    worker.on('exit', () => this.#exited());
    return worker;
  }

  #enqueue<Input>(queue: Job<Input>[], job: Job<Input>): void {
    queue.push(job);
    if (this.#closed) this.#fail(queue);
    else this.#pump();
  }

  /** Sends the next batch when the thread has nothing to do: images and texts take turns, so that neither starves. */
  #pump(): void {
    if (!this.#isReady || this.#running.length > 0) return;
    const takeImages = this.#texts.length === 0 || (this.#lastKind === 'texts' && this.#images.length > 0);
    const batch = takeImages ? this.#images.splice(0, BATCH.images) : this.#texts.splice(0, BATCH.texts);
    if (batch.length === 0) return;
    this.#running = batch;
    this.#lastKind = takeImages ? 'images' : 'texts';
    this.#worker.postMessage({ kind: this.#lastKind, inputs: batch.map((job) => job.input) });
  }

  #receive(message: EncoderMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#settle?.resolve(message);
        break;
      case 'unusable':
        this.#closed = true;
        this.#settle?.reject(new Unavailable(message.problem));
        this.#fail(this.#images, this.#texts);
        break;
      case 'vectors':
        this.#running.splice(0).forEach((job, i) => {
          const vector = message.vectors[i];
          if (vector) job.resolve(vector);
          else job.reject(new Error(`the encoder gave no vector for item ${i} of its batch`));
        });
        break;
      case 'failed':
        for (const job of this.#running.splice(0)) job.reject(message.error);
        break;
    }
    this.#pump();
  }

  #exited(): void {
    if (this.#closed) return;
    this.#fail(this.#running);
    if (!this.#isReady) {
      // It has never run: starting it again would end the same way.
      this.#closed = true;
      this.#settle?.reject(new Error('the encoder thread stopped while it loaded the model'));
      this.#fail(this.#images, this.#texts);
      return;
    }
    this.#isReady = false;
    this.#worker = this.#start();
  }

  #fail(...queues: Pick<Job<unknown>, 'reject'>[][]): void {
    for (const job of queues.flatMap((queue) => queue.splice(0))) job.reject(new UserError('encoder-crashed', {}));
  }
}
