import { basename } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { Unavailable } from './download-retry.ts';
import { embeddingOutput, rowsOf } from './embeddings.ts';
import type { Explanation, Grid } from './explain/explanation.ts';
import type { Geometry } from './geometry.ts';
import { readGraph } from './onnx/graph.ts';
import { loadPreprocessing } from './preprocessing.ts';
import type { EncoderSpec } from './protocol.ts';
import { sessionOptions } from './session-options.ts';
import { loadTokeniser, textFeeds } from './tokens.ts';
import { unit } from './vectors.ts';
import { type ExplanationPlace, VisionEncoder } from './vision.ts';

export interface Encoders {
  geometry: Geometry;
  /** @param pixels for each image RGB of the geometry's final size. @returns a unit vector for each */
  images(pixels: readonly Uint8Array[]): Promise<Float32Array[]>;
  /** The patches of its maps, or what its vision file's graph has not, so that it cannot explain. */
  patches: Grid | { missing: string };
  /** @param directions among embeddings, such as texts' vectors. @throws NotUnderstood */
  explain(
    pixels: readonly Uint8Array[],
    directions: readonly Float32Array[],
    place: ExplanationPlace,
  ): Promise<Explanation[]>;
  /** @returns a unit vector for each */
  texts(texts: readonly string[]): Promise<Float32Array[]>;
  /** Whether it reads a text to its end. */
  readsWhole(text: string): boolean;
}

/**
 * Loads both encoders of a model, with its own processor and tokeniser, and tries them once.
 * @throws Unavailable where files of it do not belong together
 */
export async function loadEncoders(spec: EncoderSpec): Promise<Encoders> {
  const options = sessionOptions(spec.threads);
  // One after the other: if one fails, the thread can end with none under way in onnxruntime.
  const { geometry, normalise } = await loadPreprocessing(spec.folder);
  const { tokenise, readsWhole } = await loadTokeniser(spec);
  const { width, height } = geometry.crop ?? geometry;
  const vision = await VisionEncoder.open(spec, { width, height }, options);
  const text = await InferenceSession.create(spec.text, options);
  const textOutput = embeddingOutput(text, spec.family, spec.text);

  const encoders: Encoders = {
    geometry,
    patches: vision.patches,

    images: runner(spec.vision, (pixels) => vision.embed(normalise(pixels))),

    explain: (pixels, directions, place) => vision.explain(normalise(pixels), directions, place),

    texts: runner(spec.text, async (texts) => {
      const feeds = textFeeds(text, tokenise(texts));
      return rowsOf((await text.run(feeds, [textOutput]))[textOutput]).map(unit);
    }),

    readsWhole,
  };
  await tryOut(encoders, spec, 3 * width * height);
  return encoders;
}

type Run<Item> = (items: readonly Item[]) => Promise<Float32Array[]>;

/**
 * What a file is run by: all at once, or one after the other where it takes the scale of its activations from all that is in a run, as
 * 8-bit files do. There a vector would else depend on what happened to be encoded along with it.
 */
function runner<Item>(path: string, run: Run<Item>): Run<Item> {
  if (!readGraph(path).nodes.some(({ type }) => type === 'DynamicQuantizeLinear')) return run;
  return async (items) => {
    const vectors: Float32Array[] = [];
    for (const item of items) vectors.push(...(await run([item])));
    return vectors;
  };
}

/** What no file says for sure, one run of each encoder does: that it takes what the other files make, and where it leads. */
async function tryOut({ images, texts }: Encoders, spec: EncoderSpec, bytes: number): Promise<void> {
  const contradiction =
    (...paths: [string, string]) =>
    (cause?: unknown) => {
      throw new Unavailable({ kind: 'contradiction', paths }, 'never', { cause });
    };
  const vision = `onnx/${basename(spec.vision)}`;
  const text = `onnx/${basename(spec.text)}`;
  const [image] = await images([new Uint8Array(bytes)]).catch(contradiction('preprocessor_config.json', vision));
  const [label] = await texts(['a']).catch(contradiction('tokenizer.json', text));
  if (image?.length !== label?.length) contradiction(vision, text)();
  if (spec.width !== undefined && image?.length !== spec.width) contradiction('config.json', vision)();
}
