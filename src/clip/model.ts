import { UserError } from '../errors.ts';
import type { Picture } from '../image/picture.ts';
import { PromiseCache } from '../promise-cache.ts';
import { classify, type Score } from './classify.ts';
import { Encoder } from './encoder.ts';
import { type ModelInfo, readFacts } from './facts.ts';
import { toUserError, unusable } from './failures.ts';
import { type ModelFiles, weightBytes } from './files.ts';
import { toInputPixels } from './geometry.ts';
import { type Detection, detect, type Segmentation, segment, type Wanted } from './locate.ts';
import { EVERYDAY, fill, templatesOf } from './prompts.ts';
import type { Readiness } from './protocol.ts';
import type { EncoderView, LocationQuestion, SaliencyQuestion } from './questions.ts';
import { contrast, findEachSaliency, findSaliency, type SaliencyMaps, type SaliencyMethod } from './saliency.ts';
import type { Download, ModelStatus } from './status.ts';
import { dot, ensemble } from './vectors.ts';

/** About 10 MB at 512 dimensions. */
const TEXT_VECTORS_KEPT = 5000;

export interface ModelOptions {
  /** What people call it. */
  name: string;
  find(onProgress: (download: Download) => void, signal: AbortSignal): Promise<ModelFiles>;
  threads: number;
  /** The folder for copies of vision files that can explain. */
  explanations: string;
  /** Resolves when there is memory for a model whose weights have so many bytes. @returns the function that gives it back */
  admit(weights: number): Promise<() => void>;
}

interface Loaded {
  encoder: Encoder;
  info: ModelInfo;
  readiness: Readiness;
  texts: PromiseCache<Float32Array>;
  /** What is being asked of it. */
  uses: Set<Promise<unknown>>;
  /** Gives its memory back. */
  release(): void;
}

/** A CLIP or SigLIP model: found, loaded and asked. It is loaded when it is first needed, and again after it was put away. */
export class ClipModel {
  readonly #options: ModelOptions;
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
  info(): Promise<ModelInfo> {
    return this.#use(async ({ info }) => info);
  }

  /** @returns the unit vector of an image */
  embedImage(picture: Picture): Promise<Float32Array> {
    return this.#use(async ({ encoder, readiness }) => encoder.image(await toInputPixels(picture, readiness.geometry)));
  }

  /**
   * Embeds images that are asked for together, in as few batches as they need; what reaches the encoder as the same pixels
   * is encoded once.
   * @returns the unit vector of each
   */
  embedImages(pictures: readonly Picture[]): Promise<Float32Array[]> {
    return this.#use(async ({ encoder, readiness }) => {
      const inputs = await Promise.all(pictures.map((picture) => toInputPixels(picture, readiness.geometry)));
      const first = inputs.map((input) => inputs.findIndex((other) => Buffer.compare(input, other) === 0));
      const distinct = [...new Set(first)];
      const vectors = await encoder.images(distinct.map((at) => inputs[at] ?? new Uint8Array()));
      return first.map((at) => vectors[distinct.indexOf(at)] ?? new Float32Array());
    });
  }

  /** What of a picture reaches the encoder: its very pixels, and the patches they are cut into where the file tells them. */
  look(picture: Picture): Promise<EncoderView> {
    return this.#use(async ({ readiness: { geometry, patches } }) => {
      const { width, height } = geometry.crop ?? geometry;
      const pixels = await toInputPixels(picture, geometry);
      return { width, height, pixels, resize: geometry.resize, patches: 'missing' in patches ? undefined : patches };
    });
  }

  /**
   * @param template the name of a set, or the user's own text with `{label}`
   * @returns a unit vector for each label: the ensemble over the templates
   */
  async embedLabels(labels: readonly string[], template: string): Promise<Float32Array[]> {
    const templates = templatesOf(template);
    return this.#use(({ encoder, texts }) =>
      Promise.all(
        labels.map((label) =>
          texts.get(JSON.stringify([templates, label]), async () =>
            ensemble(await Promise.all(templates.map((text) => encoder.text(fill(text, label))))),
          ),
        ),
      ),
    );
  }

  /** Whether the model reads a text to its end: where it was cut, one more word changes nothing. */
  async readsWhole(text: string, template: string): Promise<boolean> {
    const [short, long] = await this.embedLabels([text, `${text} and`], template);
    return short?.some((value, i) => Math.abs(value - (long?.[i] ?? 0)) > 1e-6) ?? true;
  }

  /** Zero-shot classification: the scores of the labels for one picture, best first, and the picture's unit vector. */
  async classify(
    picture: Picture,
    labels: readonly string[],
    template: string,
  ): Promise<{ scores: Score[]; vector: Float32Array }> {
    const info = await this.info();
    const [vector, vectors] = await Promise.all([this.embedImage(picture), this.embedLabels(labels, template)]);
    const compared = vectors.map((own, i) => ({ label: labels[i] ?? '', vector: own }));
    return { scores: classify(vector, compared, info), vector };
  }

  /**
   * Where a picture agrees with each of some texts more than with the others, and more than any picture would.
   * @returns maps in the order of the texts, and the cosines of these with the picture
   */
  async saliency(
    picture: Picture,
    { texts, against, template, method }: SaliencyQuestion,
  ): Promise<SaliencyMaps & { similarities: number[] }> {
    const everyday = EVERYDAY.filter((word) => !texts.includes(word));
    const [image, vectors, others, background] = await Promise.all([
      this.embedImage(picture),
      this.embedLabels(texts, template),
      this.embedLabels(against, template),
      this.embedLabels(everyday, template),
    ]);
    const directions = contrast(vectors, others, background);
    const maps = await this.#use((loaded) => findSaliency(picture, directions, method, loaded));
    return { ...maps, similarities: vectors.map((vector) => dot(image, vector)) };
  }

  /**
   * Where a picture agrees with each of some texts, each asked alone, as if nobody had thought of the others.
   * @returns for each method maps in the order of the texts
   * @throws UserError `not-explainable` where the graph of the model's file is not understood
   */
  async saliencyEach(
    picture: Picture,
    { texts, template, methods }: { texts: readonly string[]; template: string; methods: readonly SaliencyMethod[] },
  ): Promise<SaliencyMaps[]> {
    const [vectors, everyday] = await Promise.all([
      this.embedLabels(texts, template),
      this.embedLabels(EVERYDAY, template),
    ]);
    const directions = vectors.flatMap((vector, i) =>
      contrast(
        [vector],
        [],
        everyday.filter((_, word) => EVERYDAY[word] !== texts[i]),
      ),
    );
    return this.#use((loaded) => findEachSaliency(picture, directions, methods, loaded));
  }

  /**
   * Where labels are, as boxes in pixels of the upright original, best first.
   * @throws UserError `not-explainable` where the graph of the model's file is not understood
   */
  async detect(picture: Picture, question: LocationQuestion): Promise<Detection[]> {
    const wanted = await this.#wanted(question);
    return this.#use((loaded) => detect(picture, wanted, loaded));
  }

  /**
   * Which of some labels each pixel of the upright original belongs to, if any.
   * @throws UserError `not-explainable` where the graph of the model's file is not understood
   */
  async segment(picture: Picture, question: LocationQuestion): Promise<Segmentation> {
    const wanted = await this.#wanted(question);
    return this.#use((loaded) => segment(picture, wanted, loaded));
  }

  async #wanted({ labels, template }: LocationQuestion): Promise<Wanted> {
    const [vectors, background] = await Promise.all([
      this.embedLabels(labels, template),
      this.embedLabels(
        EVERYDAY.filter((word) => !labels.includes(word)),
        template,
      ),
    ]);
    return { labels, vectors, directions: contrast(vectors, [], background), background };
  }

  /** Lets what is being asked of it end, then gives its memory back. The next request loads it again. */
  async putAway(): Promise<void> {
    const loading = this.#loaded;
    this.#loaded = undefined;
    const loaded = await loading?.catch(() => undefined);
    if (!loaded) return;
    while (loaded.uses.size > 0) await Promise.allSettled(loaded.uses);
    await loaded.encoder.close();
    loaded.release();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    const loaded = await this.#loaded?.catch(() => undefined);
    await loaded?.encoder.close();
  }

  async #use<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    let loaded = await this.#ready();
    while (loaded.encoder.isGone) loaded = await this.#anew(loaded);
    const use = work(loaded).catch((error: unknown) => {
      throw toUserError(error, this.#options.name);
    });
    loaded.uses.add(use);
    return use.finally(() => loaded.uses.delete(use));
  }

  /** Waits for the model, but not for a download, which may take minutes. */
  #ready(): Promise<Loaded> {
    const { download } = this.#status.state === 'loading' ? this.#status : {};
    if (download) {
      throw new UserError('model-loading', { percent: Math.floor((100 * download.bytes) / download.total) });
    }
    return this.#start();
  }

  /** Loads it again after its thread died and could not be started again, or it was put away this moment. */
  async #anew(gone: Loaded): Promise<Loaded> {
    const loading = this.#loaded;
    if (loading && (await loading) === gone && this.#loaded === loading) {
      this.#loaded = undefined;
      gone.release();
    }
    return this.#start();
  }

  #start(): Promise<Loaded> {
    this.#loaded ??= this.#load(this.#options).catch((cause: unknown) => {
      const { name: model } = this.#options;
      const failure = cause instanceof UserError ? cause : unusable(model, cause);
      this.#loaded = undefined; // It may be pulled or mended meanwhile: the next request tries anew.
      if ('problem' in failure.parameters) this.#status = { state: 'failed', ...failure.parameters };
      throw failure;
    });
    return this.#loaded;
  }

  async #load({ threads, explanations, find, admit }: ModelOptions): Promise<Loaded> {
    const files = await find((download) => {
      this.#status = { state: 'loading', download };
    }, this.#abort.signal);
    this.#status = { state: 'loading' };
    const facts = await readFacts(files.id, files.folder);
    const release = await admit(await weightBytes(files));
    try {
      const { family, width, heads, context } = facts;
      const encoder = new Encoder({ ...files, threads, explanations, family, width, heads, context });
      const readiness = await encoder.ready;
      const info = { ...facts, dtype: files.dtype, sha256: readiness.sha256 };
      this.#status = { state: 'ready' };
      return { encoder, readiness, info, texts: new PromiseCache(TEXT_VECTORS_KEPT), uses: new Set(), release };
    } catch (error) {
      release();
      throw error;
    }
  }
}
