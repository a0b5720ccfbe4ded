import { dot } from './clip/vectors.ts';
import { type Probe, predict } from './probe/probe.ts';
import type { Trainer } from './probe/trainer.ts';
import { PromiseCache } from './promise-cache.ts';
import type { Example, Examples } from './store/examples.ts';

/** Of so many channels and models a trained probe is kept; 20 labels of 512 numbers take 80 kB. */
const KEPT = 50;

/** What a channel's examples come to under one model. */
export type Taught =
  | { kind: 'nothing' }
  /** All examples are of other models, whose vectors cannot be compared with this one's. */
  | { kind: 'other-model'; count: number }
  /** One label cannot be told from anything. */
  | { kind: 'one-label'; label: string }
  | { kind: 'ready'; classifier: TaughtClassifier };

/** A probe with its labels, in the order they were first taught. */
export class TaughtClassifier {
  readonly labels: readonly { label: string; examples: number }[];
  readonly #probe: Probe;
  readonly #examples: readonly Example[];

  constructor(labels: TaughtClassifier['labels'], probe: Probe, examples: readonly Example[]) {
    this.labels = labels;
    this.#probe = probe;
    this.#examples = examples;
  }

  get count(): number {
    return this.#examples.length;
  }

  /** scikit-learn's C. */
  get strength(): number {
    return this.#probe.strength;
  }

  /** @param vector unit. @returns best first; `similarity` is the cosine with the nearest example of the label */
  classify(vector: Float32Array): { label: string; probability: number; similarity: number }[] {
    const probabilities = predict(this.#probe, vector);
    const nearest = new Map<string, number>();
    for (const { label, vector: other } of this.#examples) {
      nearest.set(label, Math.max(nearest.get(label) ?? -1, dot(vector, other)));
    }
    return this.labels
      .map(({ label }, k) => ({ label, probability: probabilities[k] ?? 0, similarity: nearest.get(label) ?? 0 }))
      .sort((a, b) => b.probability - a.probability);
  }
}

/** Examples and the probes that are trained on them, when they are first asked for. */
export class Teaching {
  readonly examples: Examples;
  readonly #trainer: Trainer;
  readonly #taught = new PromiseCache<Taught>(KEPT);

  constructor(examples: Examples, trainer: Trainer) {
    this.examples = examples;
    this.#trainer = trainer;
  }

  /** @param model the fingerprint of the model that is to answer */
  async taught(channel: string, model: string): Promise<Taught> {
    const revision = await this.examples.revision(channel);
    if (revision === undefined) return { kind: 'nothing' };
    return this.#taught.get(JSON.stringify([channel, model, revision]), () => this.#learn(channel, model));
  }

  async #learn(channel: string, model: string): Promise<Taught> {
    const all = await this.examples.all(channel);
    const examples = all.filter((example) => example.model === model);
    if (examples.length === 0) return { kind: 'other-model', count: all.length };
    const labels = [...new Set(examples.map(({ label }) => label))];
    const [only = '', second] = labels;
    if (second === undefined) return { kind: 'one-label', label: only };
    const probe = await this.#trainer.train({
      vectors: examples.map(({ vector }) => vector),
      classes: examples.map(({ label }) => labels.indexOf(label)),
      count: labels.length,
    });
    const counted = labels.map((label) => ({ label, examples: examples.filter((own) => own.label === label).length }));
    return { kind: 'ready', classifier: new TaughtClassifier(counted, probe, examples) };
  }
}
