import { basename } from 'node:path';
import { DTYPES, type Dtype } from '../config.ts';
import { UserError } from '../errors.ts';
import { BUNDLED } from './bundled.ts';
import { DetectorModel } from './detector/model.ts';
import { Unavailable } from './download-retry.ts';
import { isHubId } from './hub.ts';
import type { ModelLibrary } from './library.ts';
import { ClipModel } from './model.ts';

/**
 * What a loaded model takes for its weights and beside them once it has explained, at most: as bench/dtypes.ts measured it on
 * models of the sizes of ViT-B/32 and ViT-B/16, in float32 and in 8 bits.
 */
const OVERHEAD = { factor: 1.7, bytes: 300e6 };

/** Bytes of memory that a loaded model with so many bytes of weights is expected to take, whatever it is asked. */
export function expectedMemory(weights: number): number {
  return OVERHEAD.factor * weights + OVERHEAD.bytes;
}

interface PoolOptions {
  library: ModelLibrary;
  /** The name of the default model, and its dtype. */
  model: string;
  dtype: Dtype;
  /** The name of the detector, if there is to be one; `owner/name:dtype` says which variant. */
  detector?: string | undefined;
  threads: number;
  /** Bytes that the loaded models may take together. */
  memory: number;
}

/** What takes memory, and can give it back. */
type PooledModel = Pick<ClipModel, 'putAway' | 'close'>;

/** The models that can be asked here. As many are loaded as fit into the memory; the least recently used is put away. */
export class ModelPool {
  /** The one that CLIP_MODEL names. It and the detector alone are fetched where they are not here. */
  readonly default: ClipModel;
  readonly #options: PoolOptions;
  /** What people call the default: a folder by its last part, since the rest is not theirs to know. */
  readonly #first: string;
  /** The one that DETECTOR_MODEL names, if there is one. */
  readonly detector: DetectorModel | undefined;
  /** By name. */
  readonly #models = new Map<string, ClipModel>();
  /** All of them, the least recently used first. */
  readonly #used = new Set<PooledModel>();
  /** Expected bytes of those that are loaded or being loaded. */
  readonly #taken = new Map<PooledModel, number>();
  #admission: Promise<unknown> = Promise.resolve();

  constructor(options: PoolOptions) {
    const { model, dtype, detector } = options;
    this.#options = options;
    this.#first = isHubId(model) ? model : basename(model);
    this.default = this.#open(this.#first, model, dtype, 'may');
    this.detector = detector === undefined ? undefined : this.#openDetector(detector);
  }

  /** What can be asked for: the default, the demo, those that were fetched, other bundled ones. A dtype beyond the first is named. */
  async names(): Promise<string[]> {
    const clips = (await this.#options.library.list()).filter(({ kind }) => kind === 'clip');
    const fetched = clips.map(({ id, dtype }, i, all) =>
      all.findIndex((other) => other.id === id) === i ? id : `${id}:${dtype}`,
    );
    return [...new Set([this.#first, 'demo', ...fetched, ...BUNDLED.keys()])];
  }

  /**
   * @param name as in `names`; `owner/name:dtype` says which variant; the default where none is given
   * @throws UserError `model-unknown` or, where it could be fetched, `model-unavailable`
   */
  async choose(name: string = this.#first): Promise<ClipModel> {
    const { dtype: usual, library } = this.#options;
    const [id, wanted = id === this.#first ? usual : undefined] = split(name.trim());
    if (!isHubId(id) && !BUNDLED.has(id) && id !== this.#first) {
      throw new UserError('model-unknown', { name, models: (await this.names()).join(', ') });
    }
    if (id === this.#first && wanted === usual) return this.#touch(this.default);
    const here = (await library.list()).filter((local) => local.id === id).map(({ dtype }) => dtype);
    const dtype = wanted ?? here[0] ?? 'fp32';
    // Before it is remembered: people may type any number of names.
    if (!BUNDLED.has(id) && !here.includes(dtype)) {
      throw new UserError('model-unavailable', { model: id, problem: { kind: 'not-fetched', id, dtype } });
    }
    const key = `${id}:${dtype}`;
    return this.#touch(this.#models.get(key) ?? this.#open(key, id, dtype, 'never'));
  }

  /** What finds boxes: the detector, where there is one and no other model is asked for by name. */
  detectorFor(name: string | undefined): DetectorModel | undefined {
    const { detector } = this;
    return detector && (name === undefined || name.trim() === detector.name) ? this.#touch(detector) : undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#used].map((model) => model.close()));
  }

  #open(key: string, name: string, dtype: Dtype, ask: 'may' | 'never'): ClipModel {
    const { library, threads } = this.#options;
    const model: ClipModel = new ClipModel({
      name,
      threads,
      explanations: library.explanationsOf(name),
      find: (onProgress, signal) => library.find({ model: name, dtype, ask, onProgress, signal }),
      admit: (weights) => this.#admit(model, expectedMemory(weights)),
    });
    this.#models.set(key, model);
    return this.#touch(model);
  }

  #openDetector(configured: string): DetectorModel {
    const { library, threads } = this.#options;
    const [name, dtype = 'fp32'] = split(configured);
    const detector: DetectorModel = new DetectorModel({
      name: isHubId(name) ? configured : basename(name),
      threads,
      find: (onProgress, signal) => library.findDetector({ model: name, dtype, ask: 'may', onProgress, signal }),
      admit: (weights) => this.#admit(detector, expectedMemory(weights)),
    });
    return this.#touch(detector);
  }

  #touch<M extends PooledModel>(model: M): M {
    this.#used.delete(model);
    this.#used.add(model);
    return model;
  }

  /** One after the other, so that two that load at once do not count on the same memory. */
  #admit(model: PooledModel, bytes: number): Promise<() => void> {
    const admission = this.#admission.then(() => this.#makeRoom(model, bytes));
    this.#admission = admission.catch(() => {});
    return admission;
  }

  async #makeRoom(model: PooledModel, bytes: number): Promise<() => void> {
    const { memory } = this.#options;
    if (bytes > memory) {
      const [megabytes, limit] = [bytes, memory].map((value) => Math.ceil(value / 1e6));
      throw new Unavailable({ kind: 'too-large', megabytes: megabytes ?? 0, limit: limit ?? 0 });
    }
    for (const other of this.#used) {
      const taken = [...this.#taken.values()].reduce((sum, part) => sum + part, 0);
      if (taken + bytes <= memory) break;
      if (other !== model && this.#taken.has(other)) await other.putAway();
    }
    this.#taken.set(model, bytes);
    return () => this.#taken.delete(model);
  }
}

/** `owner/name:dtype` in its two parts. */
function split(name: string): [id: string, dtype: Dtype | undefined] {
  const [, id = name, suffix] = /^(.*):(\w+)$/.exec(name) ?? [];
  const dtype = DTYPES.find((candidate) => candidate === suffix);
  return dtype === undefined ? [name, undefined] : [id, dtype];
}
