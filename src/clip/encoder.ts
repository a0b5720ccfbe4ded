import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.ts';
import { ROOT } from '../root.ts';
import { Unavailable } from './download-retry.ts';
import type { Explanation } from './explain/explanation.ts';
import { NotUnderstood } from './explain/parts.ts';
import type { EncoderMessage, EncoderRequest, EncoderSpec, ExplanationInput, Readiness } from './protocol.ts';

interface Job<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: Error): void;
}

/** `worker.ts`, as launch/build.mjs left it: a thread does not take over its parent's way of reading TypeScript. */
const THREAD = new URL('node_modules/.cache/cliplens/encoder-thread.js', ROOT);

/** Requests of a kind that wait are encoded together, up to so many. Kinds take turns, so that none starves. */
const BATCH = { images: 8, texts: 64 };
const TURNS = ['images', 'explanations', 'texts'] as const;

/**
 * The encoders of one model, in a thread of their own. If the thread dies, the batch in it fails with
 * `encoder-crashed`, the thread is started again, and what waits goes on there.
 */
export class Encoder {
  readonly ready: Promise<Readiness>;
  readonly #spec: EncoderSpec;
  readonly #images: Job<Uint8Array, Float32Array>[] = [];
  readonly #explanations: Job<ExplanationInput, readonly Explanation[]>[] = [];
  readonly #texts: Job<string, Float32Array>[] = [];
  /** What is in the thread: vectors to be had, or an explanation. */
  #encoding: Job<unknown, Float32Array>[] = [];
  #explaining: Job<unknown, readonly Explanation[]>[] = [];
  #last: (typeof TURNS)[number] = 'texts';
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

  /** Images that are enqueued together, so that none goes out alone. @returns a unit vector for each */
  images(pixels: readonly Uint8Array[]): Promise<Float32Array[]> {
    const vectors = pixels.map(
      (input) =>
        new Promise<Float32Array>((resolve, reject) => {
          this.#images.push({ input, resolve, reject });
        }),
    );
    if (this.#closed) this.#fail(this.#images);
    else this.#pump();
    return Promise.all(vectors);
  }

  /**
   * Explains several pictures in one run.
   * @throws NotUnderstood where the model's file is not; Unavailable where the disk takes no copy of it
   */
  explain(input: ExplanationInput): Promise<readonly Explanation[]> {
    return new Promise((resolve, reject) => this.#enqueue(this.#explanations, { input, resolve, reject }));
  }

  /** @returns a unit vector */
  text(text: string): Promise<Float32Array> {
    return new Promise((resolve, reject) => this.#enqueue(this.#texts, { input: text, resolve, reject }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#fail(...this.#inThread, ...this.#waiting);
    const exited = once(this.#worker, 'exit');
    this.#post({ kind: 'close' });
    if (this.#worker.threadId !== -1) await exited;
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#spec });
    worker.on('message', (message: EncoderMessage) => this.#receive(message));
    worker.on('error', () => {}); // 'exit' follows
    worker.on('exit', () => this.#exited());
    return worker;
  }

  get #waiting(): Pick<Job<unknown, unknown>, 'reject'>[][] {
    return [this.#images, this.#explanations, this.#texts];
  }

  get #inThread(): Pick<Job<unknown, unknown>, 'reject'>[][] {
    return [this.#encoding, this.#explaining];
  }

  #enqueue<Input, Output>(queue: Job<Input, Output>[], job: Job<Input, Output>): void {
    queue.push(job);
    if (this.#closed) this.#fail(queue);
    else this.#pump();
  }

  /** Sends the next batch when the thread has nothing to do. */
  #pump(): void {
    if (!this.#isReady || this.#inThread.some((jobs) => jobs.length > 0)) return;
    const queues = { images: this.#images, explanations: this.#explanations, texts: this.#texts };
    const turn = TURNS.indexOf(this.#last) + 1;
    const kind = [...TURNS.slice(turn), ...TURNS].find((candidate) => queues[candidate].length > 0);
    if (kind === undefined) return;
    this.#last = kind;
    if (kind === 'explanations') {
      const [job] = this.#explanations.splice(0, 1);
      if (!job) return;
      this.#explaining = [job];
      this.#post({ kind: 'explain', ...job.input });
    } else if (kind === 'images') {
      const batch = this.#images.splice(0, BATCH.images);
      this.#encoding = batch;
      this.#post({ kind, inputs: batch.map((job) => job.input) });
    } else {
      const batch = this.#texts.splice(0, BATCH.texts);
      this.#encoding = batch;
      this.#post({ kind, inputs: batch.map((job) => job.input) });
    }
  }

  #post(request: EncoderRequest): void {
    this.#worker.postMessage(request);
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
        this.#fail(...this.#waiting);
        break;
      case 'vectors':
        this.#encoding.splice(0).forEach((job, i) => {
          const vector = message.vectors[i];
          if (vector) job.resolve(vector);
          else job.reject(new Error(`the encoder gave no vector for item ${i} of its batch`));
        });
        break;
      case 'explained':
        for (const job of this.#explaining.splice(0)) job.resolve(message.explanations);
        break;
      case 'not-understood':
        for (const job of this.#explaining.splice(0)) job.reject(new NotUnderstood(message.missing));
        break;
      case 'impossible':
        this.#reject(new Unavailable(message.problem), ...this.#inThread);
        break;
      case 'failed':
        this.#reject(message.error, ...this.#inThread);
        break;
    }
    this.#pump();
  }

  #exited(): void {
    if (this.#closed) return;
    this.#fail(...this.#inThread);
    if (!this.#isReady) {
      // It has never run: starting it again would end the same way.
      this.#closed = true;
      this.#settle?.reject(new Error('the encoder thread stopped while it loaded the model'));
      this.#fail(...this.#waiting);
      return;
    }
    this.#isReady = false;
    this.#worker = this.#start();
  }

  #fail(...queues: Pick<Job<unknown, unknown>, 'reject'>[][]): void {
    this.#reject(new UserError('encoder-crashed', {}), ...queues);
  }

  #reject(error: Error, ...queues: Pick<Job<unknown, unknown>, 'reject'>[][]): void {
    for (const job of queues.flatMap((queue) => queue.splice(0))) job.reject(error);
  }
}
