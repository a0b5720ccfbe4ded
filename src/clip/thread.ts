import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.ts';
import { ROOT } from '../root.ts';
import { Unavailable } from './download-retry.ts';
import { NotUnderstood } from './explain/parts.ts';
import { CLOSE, type Tasks, type ThreadMessage } from './protocol.ts';

interface Job {
  kind: string;
  input: unknown;
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/**
 * A thread in which a model runs, one task at a time. If it dies, the task in it fails with `encoder-crashed`, it is
 * started again, and what waits goes on there. The other end is `serve`.
 */
export class Thread<Readiness, T extends Tasks> {
  /** Rejects with Unavailable where the model cannot be used. */
  readonly ready: Promise<Readiness>;
  readonly #file: URL;
  readonly #spec: unknown;
  readonly #waiting: Job[] = [];
  #inside: Job | undefined;
  #worker: Worker;
  #isReady = false;
  #closed = false;
  #settle: { resolve(readiness: unknown): void; reject(error: Error): void } | undefined;

  /** @param name as launch/build.mjs calls its file: a thread does not take over its parent's way of reading TypeScript */
  constructor(name: string, spec: unknown) {
    this.#file = new URL(`node_modules/.cache/cliplens/${name}.js`, ROOT);
    this.#spec = spec;
    this.ready = new Promise<Readiness>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#worker = this.#start();
  }

  /** Whether it is closed, or could not be started again. */
  get isGone(): boolean {
    return this.#closed;
  }

  ask<K extends keyof T & string>(kind: K, input: T[K]['input']): Promise<T[K]['output']> {
    return new Promise<T[K]['output']>((resolve, reject) => {
      this.#waiting.push({ kind, input, resolve, reject });
      if (this.#closed) this.#fail();
      else this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#fail();
    const exited = once(this.#worker, 'exit');
    this.#worker.postMessage({ kind: CLOSE });
    if (this.#worker.threadId !== -1) await exited;
  }

  #start(): Worker {
    const worker = new Worker(this.#file, { workerData: this.#spec });
    worker.on('message', (message: ThreadMessage) => this.#receive(message));
    worker.on('error', () => {}); // 'exit' follows
    worker.on('exit', () => this.#exited());
    return worker;
  }

  #next(): void {
    if (!this.#isReady || this.#inside) return;
    this.#inside = this.#waiting.shift();
    if (!this.#inside) return;
    const { kind, input } = this.#inside;
    this.#worker.postMessage({ kind, input });
  }

  #receive(message: ThreadMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#settle?.resolve(message.readiness);
        break;
      case 'unusable':
        this.#closed = true;
        this.#settle?.reject(new Unavailable(message.problem));
        this.#fail();
        break;
      case 'done':
        this.#take()?.resolve(message.output);
        break;
      case 'not-understood':
        this.#take()?.reject(new NotUnderstood(message.missing));
        break;
      case 'impossible':
        this.#take()?.reject(new Unavailable(message.problem));
        break;
      case 'failed':
        this.#take()?.reject(message.error);
        break;
    }
    this.#next();
  }

  #take(): Job | undefined {
    const job = this.#inside;
    this.#inside = undefined;
    return job;
  }

  #exited(): void {
    if (this.#closed) return;
    this.#take()?.reject(new UserError('encoder-crashed', {}));
    if (!this.#isReady) {
      // It has never run: starting it again would end the same way.
      this.#closed = true;
      this.#settle?.reject(new Error('the thread stopped while it loaded the model'));
      this.#fail();
      return;
    }
    this.#isReady = false;
    this.#worker = this.#start();
  }

  #fail(): void {
    const error = new UserError('encoder-crashed', {});
    this.#take()?.reject(error);
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
