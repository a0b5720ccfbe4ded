import type { Picture } from '../image/picture.ts';
import { PromiseCache } from '../promise-cache.ts';
import { classify, type Score, withVectors } from './classify.ts';
import { contrast } from './contrast.ts';
import type { Detection } from './detections.ts';
import { Encoder } from './encoder.ts';
import { type ModelFacts, type ModelInfo, readFacts } from './facts.ts';
import { type ModelFiles, weightBytes } from './files.ts';
import { toInputPixels } from './geometry.ts';
import { Lifecycle, type Origin } from './lifecycle.ts';
import { detect, type Segmentation, segment, type Wanted } from './locate.ts';
import { EVERYDAY, fill, templatesOf } from './prompts.ts';
import type { Readiness } from './protocol.ts';
import type { EncoderView, LocationQuestion, SaliencyQuestion } from './questions.ts';
import { findEachSaliency, findSaliency, type SaliencyMaps, type SaliencyMethod } from './saliency.ts';
import type { ModelStatus } from './status.ts';
import { dot, ensemble } from './vectors.ts';

/** About 10 MB at 512 dimensions. */
const TEXT_VECTORS_KEPT = 5000;

export interface ModelOptions extends Omit<Origin<ModelFiles, Loaded>, 'read'> {
  threads: number;
  /** The folder for copies of vision files that can explain. */
  explanations: string;
}

interface Loaded {
  encoder: Encoder;
  info: ModelInfo;
  readiness: Readiness;
  texts: PromiseCache<Float32Array>;
}

/** A CLIP or SigLIP model: found, loaded and asked. */
export class ClipModel {
  readonly #life: Lifecycle<ModelFiles, Loaded>;

  constructor({ threads, explanations, ...origin }: ModelOptions) {
    this.#life = new Lifecycle({
      ...origin,
      async read(files) {
        const { id, folder, vision, text } = files;
        const facts = await readFacts(id, folder);
        const weights = await weightBytes(folder, [vision, text]);
        return { weights, load: () => load(files, facts, { threads, explanations }) };
      },
    });
  }

  /** Resolves when loading has ended, well or not: `status` tells which. */
  load(): Promise<void> {
    return this.#life.load();
  }

  get status(): ModelStatus {
    return this.#life.status;
  }

  /**
   * What is known of the model.
   * @throws UserError `model-loading` or `model-unavailable` where it is not ready
   */
  info(): Promise<ModelInfo> {
    return this.#life.use(async ({ info }) => info);
  }

  /** @returns the unit vector of an image */
  embedImage(picture: Picture): Promise<Float32Array> {
    return this.#life.use(async ({ encoder, readiness }) =>
      encoder.image(await toInputPixels(picture, readiness.geometry)),
    );
  }

  /**
   * Embeds images that are asked for together, in as few batches as they need; what reaches the encoder as the same pixels
   * is encoded once.
   * @returns the unit vector of each
   */
  embedImages(pictures: readonly Picture[]): Promise<Float32Array[]> {
    return this.#life.use(async ({ encoder, readiness }) => {
      const inputs = await Promise.all(pictures.map((picture) => toInputPixels(picture, readiness.geometry)));
      const first = inputs.map((input) => inputs.findIndex((other) => Buffer.compare(input, other) === 0));
      const distinct = [...new Set(first)];
      const vectors = await encoder.images(distinct.map((at) => inputs[at] ?? new Uint8Array()));
      return first.map((at) => vectors[distinct.indexOf(at)] ?? new Float32Array());
    });
  }

  /** What of a picture reaches the encoder: its very pixels, and the patches they are cut into where the file tells them. */
  look(picture: Picture): Promise<EncoderView> {
    return this.#life.use(async ({ readiness: { geometry, patches } }) => {
      const { width, height } = geometry.crop ?? geometry;
      const pixels = await toInputPixels(picture, geometry);
      return { width, height, pixels, resize: geometry.resize, patches: 'missing' in patches ? undefined : patches };
    });
  }

  /** @param pixels of pictures as `look` gives them. @returns the unit vector of each */
  embedPixels(pixels: readonly Uint8Array[]): Promise<Float32Array[]> {
    return this.#life.use(({ encoder }) => encoder.images(pixels));
  }

  /**
   * @param template the name of a set, or the user's own text with `{label}`
   * @returns a unit vector for each label: the ensemble over the templates
   */
  async embedLabels(labels: readonly string[], template: string): Promise<Float32Array[]> {
    const templates = templatesOf(template);
    return this.#life.use(({ encoder, texts }) =>
      Promise.all(
        labels.map((label) =>
          texts.get(JSON.stringify([templates, label]), async () =>
            ensemble(await Promise.all(templates.map((text) => encoder.text(fill(text, label))))),
          ),
        ),
      ),
    );
  }

  /** Whether the model reads a text to its end, in one of the template's texts at least. */
  async readsWhole(text: string, template: string): Promise<boolean> {
    const texts = templatesOf(template).map((own) => fill(own, text));
    const whole = await this.#life.use(({ encoder }) => encoder.readsWhole(texts));
    return whole.some((isWhole) => isWhole);
  }

  /** Zero-shot classification: the scores of the labels for one picture, best first, and the picture's unit vector. */
  async classify(
    picture: Picture,
    labels: readonly string[],
    template: string,
  ): Promise<{ scores: Score[]; vector: Float32Array }> {
    const info = await this.info();
    const [vector, vectors] = await Promise.all([this.embedImage(picture), this.embedLabels(labels, template)]);
    return { scores: classify(vector, withVectors(labels, vectors), info), vector };
  }

  /**
   * Where a picture agrees with each of some texts more than with the others, and more than any picture would.
   * @returns maps in the order of the texts, and the cosines of these with the picture
   */
  async saliency(
    picture: Picture,
    { texts, against, template, method, image: known }: SaliencyQuestion,
  ): Promise<SaliencyMaps & { similarities: number[] }> {
    const everyday = EVERYDAY.filter((word) => !texts.includes(word));
    const [image, vectors, others, background] = await Promise.all([
      known ?? this.embedImage(picture),
      this.embedLabels(texts, template),
      this.embedLabels(against, template),
      this.embedLabels(everyday, template),
    ]);
    const maps = await this.#life.use((loaded) => {
      const directions = contrast(vectors, others, background, { image, logitScale: loaded.info.logitScale });
      return findSaliency(picture, directions, method, loaded);
    });
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
    const [image, vectors, everyday] = await Promise.all([
      this.embedImage(picture),
      this.embedLabels(texts, template),
      this.embedLabels(EVERYDAY, template),
    ]);
    return this.#life.use((loaded) => {
      const shown = { image, logitScale: loaded.info.logitScale };
      const directions = vectors.flatMap((vector, i) => {
        const background = everyday.filter((_, word) => EVERYDAY[word] !== texts[i]);
        return contrast([vector], [], background, shown);
      });
      return findEachSaliency(picture, directions, methods, loaded);
    });
  }

  /**
   * Where labels are, as boxes in pixels of the upright original, best first.
   * @throws UserError `not-explainable` where the graph of the model's file is not understood
   */
  async detect(picture: Picture, question: LocationQuestion): Promise<Detection[]> {
    const wanted = await this.#wanted(picture, question);
    return this.#life.use((loaded) => detect(picture, wanted, loaded));
  }

  /**
   * Which of some labels each pixel of the upright original belongs to, if any.
   * @throws UserError `not-explainable` where the graph of the model's file is not understood
   */
  async segment(picture: Picture, question: LocationQuestion): Promise<Segmentation> {
    const wanted = await this.#wanted(picture, question);
    return this.#life.use((loaded) => segment(picture, wanted, loaded));
  }

  async #wanted(picture: Picture, { labels, template }: LocationQuestion): Promise<Wanted> {
    const [{ logitScale }, image, vectors, background] = await Promise.all([
      this.info(),
      this.embedImage(picture),
      this.embedLabels(labels, template),
      this.embedLabels(
        EVERYDAY.filter((word) => !labels.includes(word)),
        template,
      ),
    ]);
    const directions = contrast(vectors, [], background, { image, logitScale });
    return { labels, vectors, directions, background };
  }

  /** Lets what is being asked of it end, then gives its memory back. The next request loads it again. */
  putAway(): Promise<void> {
    return this.#life.putAway();
  }

  close(): Promise<void> {
    return this.#life.close();
  }
}

async function load(
  files: ModelFiles,
  facts: ModelFacts,
  given: Pick<ModelOptions, 'threads' | 'explanations'>,
): Promise<{ thread: Encoder; loaded: Loaded }> {
  const { family, width, heads, context } = facts;
  const encoder = new Encoder({ ...files, ...given, family, width, heads, context });
  const readiness = await encoder.ready;
  const info = { ...facts, dtype: files.dtype, sha256: readiness.sha256 };
  return { thread: encoder, loaded: { encoder, readiness, info, texts: new PromiseCache(TEXT_VECTORS_KEPT) } };
}
