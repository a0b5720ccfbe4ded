import { UserError } from '../errors.ts';
import type { Picture } from '../image/picture.ts';
import { PromiseCache } from '../promise-cache.ts';
import { classify, type Score } from './classify.ts';
import { Encoder, type Readiness } from './encoder.ts';
import { type ModelInfo, readFacts } from './facts.ts';
import { type FindOptions, findModelFiles } from './files.ts';
import { toInputPixels } from './geometry.ts';
import { fill, templatesOf } from './prompts.ts';
import type { ModelStatus } from './status.ts';
import { ensemble } from './vectors.ts';

/** About 10 MB at 512 dimensions. */
const TEXT_VECTORS_KEPT = 5000;

export type ModelOptions = Omit<FindOptions, 'onProgress' | 'signal'> & { threads: number };

interface Loaded {
  encoder: Encoder;
  info: ModelInfo;
  readiness: Readiness;
}

/** A CLIP or SigLIP model: found, loaded and asked. It is loaded when it is first needed. */
export class ClipModel {
  readonly #options: ModelOptions;
  readonly #texts = new PromiseCache<Float32Array>(TEXT_VECTORS_KEPT);
  readonly #abort = new AbortController();
  #status: ModelStatus = { state: 'loading' };
  #loaded: Promise<Loaded> | undefined;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  /** Resolves when loading has ended, well or not: `status` tells which. */
  async load(): Promise<void> {
    await this.#start().catch(() => {});
  }

  get status(): ModelStatus {
    return this.#status;
  }

  /**
   * What is known of the model.
   * @throws UserError `model-loading` or `model-unavailable` where it is not ready
   */
  async info(): Promise<ModelInfo> {
    return (await this.#ready()).info;
  }

  /** @returns the unit vector of an image */
  async embedImage(picture: Picture): Promise<Float32Array> {
    const { encoder, readiness } = await this.#ready();
    return encoder.image(await toInputPixels(picture, readiness.geometry));
  }

  /**
   * @param template the name of a set, or the user's own text with `{label}`
   * @returns a unit vector for each label: the ensemble over the templates
   */
  async embedLabels(labels: readonly string[], template: string): Promise<Float32Array[]> {
    const templates = templatesOf(template);
    const { encoder } = await this.#ready();
    return Promise.all(
      labels.map((label) =>
        this.#texts.get(JSON.stringify([templates, label]), async () =>
          ensemble(await Promise.all(templates.map((text) => encoder.text(fill(text, label))))),
        ),
      ),
    );
  }

  /** Zero-shot classification: the scores of the labels for one picture, best first. */
  async classify(picture: Picture, labels: readonly string[], template: string): Promise<Score[]> {
    const info = await this.info();
    const [image, vectors] = await Promise.all([this.embedImage(picture), this.embedLabels(labels, template)]);
    return classify(
      image,
      vectors.map((vector, i) => ({ label: labels[i] ?? '', vector })),
      info,
    );
  }

  async close(): Promise<void> {
    this.#abort.abort();
    const loaded = await this.#loaded?.catch(() => undefined);
    await loaded?.encoder.close();
  }

  /** Waits for the model, but not for a download, which may take minutes. */
  async #ready(): Promise<Loaded> {
    const { download } = this.#status.state === 'loading' ? this.#status : {};
    if (download) {
      throw new UserError('model-loading', { percent: Math.floor((100 * download.bytes) / download.total) });
    }
    const loading = this.#start();
    if (!(await loading).encoder.isGone) return loading;
    if (this.#loaded === loading) this.#loaded = undefined;
    return this.#start();
  }

  #start(): Promise<Loaded> {
    this.#loaded ??= this.#load(this.#options).catch((cause: unknown) => {
      const failure = { model: this.#options.model, reason: reasonOf(cause) };
      this.#status = { state: 'failed', ...failure };
      throw new UserError('model-unavailable', failure, { cause });
    });
    return this.#loaded;
  }

  async #load({ threads, ...find }: ModelOptions): Promise<Loaded> {
    const files = await findModelFiles({
      ...find,
      signal: this.#abort.signal,
      onProgress: (download) => {
        this.#status = { state: 'loading', download };
      },
    });
    this.#status = { state: 'loading' };
    const facts = await readFacts(files.id, files.folder);
    const encoder = new Encoder({ ...files, threads, padToFullLength: facts.family === 'siglip' });
    const readiness = await encoder.ready;
    this.#status = { state: 'ready' };
    return { encoder, readiness, info: { ...facts, dtype: files.dtype, sha256: readiness.sha256 } };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError && 'reason' in error.parameters) return error.parameters.reason;
  return error instanceof Error ? error.message : String(error);
}
