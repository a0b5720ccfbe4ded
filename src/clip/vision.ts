import { rm } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { embeddingOutput, rowsOf } from './embeddings.ts';
import type { Explanation, Grid } from './explain/explanation.ts';
import { DIRECTIONS, OUTPUTS } from './explain/fragment.ts';
import { NotUnderstood } from './explain/parts.ts';
import { type Explainable, prepareExplainable, readExplainable } from './explain/prepare.ts';
import type { EncoderSpec } from './protocol.ts';
import { dot, unit } from './vectors.ts';

/** How far the embedding may be from what the parts of the graph that were found make of it, as a share of its largest number. */
const AGREEMENT = { exact: 1e-3, rounded: 0.1 };

/** How far it may be from that of the file without the fragment. */
const UNCHANGED = 1e-5;

interface Size {
  width: number;
  height: number;
}

/** Where the file with the fragment is kept, and the name of the model's bytes in there. */
export interface ExplanationPlace {
  folder: string;
  sha256: string;
}

/**
 * A vision encoder. When it is first to explain, its session gives way to one of the same file with the explanation
 * fragment at its end, so that the weights are in memory once.
 */
export class VisionEncoder {
  readonly #path: string;
  readonly #output: string;
  readonly #size: Size;
  readonly #options: InferenceSession.SessionOptions;
  #explainable: Explainable | NotUnderstood;
  #session: InferenceSession;
  #isExplaining = false;
  /** Of an embedding. */
  #width = 0;

  private constructor(
    session: InferenceSession,
    spec: EncoderSpec,
    size: Size,
    options: InferenceSession.SessionOptions,
  ) {
    this.#session = session;
    this.#path = spec.vision;
    this.#output = embeddingOutput(session, spec.family, spec.vision);
    this.#size = size;
    this.#options = options;
    this.#explainable = understand(spec, this.#output, size);
  }

  /**
   * @param size of the model's input, in pixels
   * @throws Unavailable where the file is not that of the family's vision encoder
   */
  static async open(spec: EncoderSpec, size: Size, options: InferenceSession.SessionOptions): Promise<VisionEncoder> {
    return new VisionEncoder(await InferenceSession.create(spec.vision, options), spec, size, options);
  }

  /** The patches of its maps, or what its graph has not, so that it cannot explain. */
  get patches(): Grid | { missing: string } {
    return this.#explainable instanceof NotUnderstood ? { missing: this.#explainable.missing } : this.#explainable.grid;
  }

  /** @param pixels `[B, 3, height, width]`, normalised. @returns a unit vector for each image */
  async embed(pixels: Float32Array): Promise<Float32Array[]> {
    // Directions must be given, though nothing is asked of them here.
    const none = this.#isExplaining ? { [DIRECTIONS]: matrix([new Float32Array(this.#width)]) } : {};
    const outputs = await this.#session.run({ ...this.#input(pixels), ...none }, [this.#output]);
    return rowsOf(outputs[this.#output]).map(unit);
  }

  /**
   * Explains images by directions among embeddings, such as texts' vectors.
   * @throws NotUnderstood where the graph is not, or is not what it seems
   */
  async explain(
    pixels: Float32Array,
    directions: readonly Float32Array[],
    place: ExplanationPlace,
  ): Promise<Explanation[]> {
    if (!this.#isExplaining) await this.#becomeExplaining(place);
    const outputs = await this.#session.run({ ...this.#input(pixels), [DIRECTIONS]: matrix(directions) });
    const embeddings = rowsOf(outputs[this.#output]);
    const cams = (['gradcam', 'hirescam', 'attention'] as const).map((method) => rowsOf(outputs[OUTPUTS[method]]));
    const patches = rowsOf(outputs[OUTPUTS.dense]).map(unit);
    const [count, perImage] = [directions.length, patches.length / embeddings.length];
    return embeddings.map((embedding, image) => {
      const [gradcam = [], hirescam = [], attention = []] = cams.map((all) =>
        all.slice(image * count, (image + 1) * count),
      );
      const own = patches.slice(image * perImage, (image + 1) * perImage);
      const dense = directions.map((direction) => Float32Array.from(own, (patch) => dot(patch, direction)));
      return { embedding: unit(embedding), maps: { dense, gradcam, hirescam, attention } };
    });
  }

  /** Gives up the plain session first, so that the weights are never in memory twice; takes it up again where that fails. */
  async #becomeExplaining({ folder, sha256 }: ExplanationPlace): Promise<void> {
    if (this.#explainable instanceof NotUnderstood) throw this.#explainable;
    const { fragment, isExact } = this.#explainable;
    const pixels = this.#trial();
    const [before = new Float32Array()] = await this.embed(pixels);
    const prepared = await prepareExplainable(this.#path, fragment, sha256, folder);
    await this.#session.release();
    let session: InferenceSession | undefined;
    try {
      session = await InferenceSession.create(prepared, this.#options);
      const outputs = await session.run({ ...this.#input(pixels), [DIRECTIONS]: matrix([before]) });
      const none = new Float32Array();
      const [after = none, again = none] = [this.#output, OUTPUTS.again].flatMap((name) =>
        rowsOf(outputs[name]).map(unit),
      );
      if (!isNear(after, before, UNCHANGED)) throw new NotUnderstood('embedding that stays as it was');
      if (!isNear(again, before, isExact ? AGREEMENT.exact : AGREEMENT.rounded)) {
        // Of the model itself, not of this copy: it need not be tried again.
        this.#explainable = new NotUnderstood('parts that make up its embedding');
        throw this.#explainable;
      }
    } catch (error) {
      await session?.release();
      await rm(prepared, { force: true });
      this.#session = await InferenceSession.create(this.#path, this.#options);
      throw error;
    }
    this.#session = session;
    this.#width = before.length;
    this.#isExplaining = true;
  }

  /** Noise, which no part of the graph can mistake for another. */
  #trial(): Float32Array {
    const { width, height } = this.#size;
    return Float32Array.from({ length: 3 * width * height }, (_, i) => Math.sin(i * i));
  }

  #input(pixels: Float32Array): InferenceSession.FeedsType {
    const { width, height } = this.#size;
    return { pixel_values: new Tensor('float32', pixels, [pixels.length / (3 * width * height), 3, height, width]) };
  }
}

function understand({ vision, heads }: EncoderSpec, output: string, size: Size): Explainable | NotUnderstood {
  try {
    return readExplainable(vision, output, heads, size);
  } catch (error) {
    return error instanceof NotUnderstood ? error : new NotUnderstood(String(error));
  }
}

function matrix(vectors: readonly Float32Array[]): Tensor {
  const width = vectors[0]?.length ?? 0;
  const data = new Float32Array(vectors.length * width);
  for (const [i, vector] of vectors.entries()) data.set(vector, i * width);
  return new Tensor('float32', data, [vectors.length, width]);
}

/** Whether no number differs by more than a share of the largest one. */
function isNear(a: Float32Array, b: Float32Array, share: number): boolean {
  const limit = share * b.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= limit);
}
