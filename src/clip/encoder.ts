import type { Explanation } from './explain/explanation.ts';
import type { EncoderSpec, EncoderTasks, ExplanationInput, Readiness } from './protocol.ts';
import { Thread } from './thread.ts';

interface Job<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/** Requests of a kind that wait are encoded together, up to so many. Kinds take turns, so that none starves. */
const BATCH = { images: 8, explanations: 1, texts: 64 };
const TURNS = ['images', 'explanations', 'texts'] as const;

/** The encoders of one model, in a thread of their own. If the thread dies, the batch in it fails with `encoder-crashed`. */
export class Encoder {
  /** Rejects with Unavailable where the model cannot be used. */
  readonly ready: Promise<Readiness>;
  readonly #thread: Thread<Readiness, EncoderTasks>;
  readonly #images: Job<Uint8Array, Float32Array>[] = [];
  readonly #explanations: Job<ExplanationInput, readonly Explanation[]>[] = [];
  readonly #texts: Job<string, Float32Array>[] = [];
  #last: (typeof TURNS)[number] = 'texts';
  #isBusy = false;

  constructor(spec: EncoderSpec) {
    this.#thread = new Thread('encoder-thread', spec);
    this.ready = this.#thread.ready;
  }

  /** Whether it is closed, or its thread could not be started again. */
  get isGone(): boolean {
    return this.#thread.isGone;
  }

  /** @param pixels RGB of the geometry's final size. @returns a unit vector */
  image(pixels: Uint8Array): Promise<Float32Array> {
    const vector = enqueue(this.#images, pixels);
    this.#pump();
    return vector;
  }

  /** Images that are enqueued together, so that none goes out alone. @returns a unit vector for each */
  images(pixels: readonly Uint8Array[]): Promise<Float32Array[]> {
    const vectors = pixels.map((input) => enqueue(this.#images, input));
    this.#pump();
    return Promise.all(vectors);
  }

  /**
   * Explains several pictures in one run.
   * @throws NotUnderstood where the model's file is not; Unavailable where the disk takes no copy of it
   */
  explain(input: ExplanationInput): Promise<readonly Explanation[]> {
    const explanations = enqueue(this.#explanations, input);
    this.#pump();
    return explanations;
  }

  /** @returns a unit vector */
  text(text: string): Promise<Float32Array> {
    const vector = enqueue(this.#texts, text);
    this.#pump();
    return vector;
  }

  /** Whether it reads each text to its end. */
  readsWhole(texts: readonly string[]): Promise<readonly boolean[]> {
    return this.#thread.ask('readsWhole', texts);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  /** Sends the next batch when the thread has nothing to do. */
  async #pump(): Promise<void> {
    if (this.#isBusy) return;
    const queues = { images: this.#images, explanations: this.#explanations, texts: this.#texts };
    const turn = TURNS.indexOf(this.#last) + 1;
    const kind = [...TURNS.slice(turn), ...TURNS].find((candidate) => queues[candidate].length > 0);
    if (kind === undefined) return;
    this.#last = kind;
    this.#isBusy = true;
    await this.#send(kind);
    this.#isBusy = false;
    this.#pump();
  }

  #send(kind: (typeof TURNS)[number]): Promise<void> {
    const thread = this.#thread;
    switch (kind) {
      case 'images':
        return settle(this.#images.splice(0, BATCH[kind]), (inputs) => thread.ask(kind, inputs));
      case 'explanations':
        return settle(this.#explanations.splice(0, BATCH[kind]), (inputs) => thread.ask(kind, inputs));
      case 'texts':
        return settle(this.#texts.splice(0, BATCH[kind]), (inputs) => thread.ask(kind, inputs));
    }
  }
}

function enqueue<Input, Output>(queue: Job<Input, Output>[], input: Input): Promise<Output> {
  return new Promise((resolve, reject) => queue.push({ input, resolve, reject }));
}

/** Asks for all jobs together, and gives each what is its own. */
async function settle<Input, Output>(
  jobs: readonly Job<Input, Output>[],
  ask: (inputs: readonly Input[]) => Promise<readonly Output[]>,
): Promise<void> {
  try {
    const outputs = await ask(jobs.map(({ input }) => input));
    for (const [i, job] of jobs.entries()) {
      const output = outputs[i];
      if (output !== undefined) job.resolve(output);
      else job.reject(new Error(`the encoder gave nothing for item ${i} of its batch`));
    }
  } catch (error) {
    for (const { reject } of jobs) reject(error);
  }
}
