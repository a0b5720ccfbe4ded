import { basename } from 'node:path';
import { AutoImageProcessor } from '@xenova/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { Unavailable } from './download-retry.ts';
import type { Geometry } from './geometry.ts';
import type { Family } from './model-config.ts';
import { readPreprocessing } from './preprocessing.ts';
import type { EncoderSpec } from './protocol.ts';
import { loadTokenizer, useLocalModels } from './tokens.ts';
import { unit } from './vectors.ts';

export interface Encoders {
  geometry: Geometry;
  /** @param pixels for each image RGB of the geometry's final size. @returns a unit vector for each */
  images(pixels: readonly Uint8Array[]): Promise<Float32Array[]>;
  /** @returns a unit vector for each */
  texts(texts: readonly string[]): Promise<Float32Array[]>;
}

/**
 * Loads both encoders of a model, with its own processor and tokeniser, and tries them once.
 * @throws Unavailable where files of it do not belong together
 */
export async function loadEncoders(spec: EncoderSpec): Promise<Encoders> {
  useLocalModels(spec.folder);
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: spec.threads,
    interOpNumThreads: 1,
    // Its threads would go on spinning after a run, on the cores that then draw the answer.
    extra: { session: { force_spinning_stop: '1' } },
  };
  // One after the other: if one fails, the thread can end with none under way in onnxruntime.
  const processor = await AutoImageProcessor.from_pretrained(basename(spec.folder));
  const tokenise = await loadTokenizer(spec);
  const vision = await InferenceSession.create(spec.vision, options);
  const text = await InferenceSession.create(spec.text, options);
  const { geometry, normalise } = readPreprocessing(processor.config);
  const { width, height } = geometry.crop ?? geometry;

  const encoders: Encoders = {
    geometry,

    async images(pixels) {
      const dims = [pixels.length, 3, height, width];
      return run(vision, spec.family, { pixel_values: new Tensor('float32', normalise(pixels), dims) });
    },

    async texts(texts) {
      const tokens = tokenise(texts);
      const feeds = text.inputNames.map((input) => {
        const ids = tokens[input];
        if (!ids) throw new Error(`the tokeniser makes no ${input}`);
        return [input, new Tensor('int64', ids.data, ids.dims)] as const;
      });
      return run(text, spec.family, Object.fromEntries(feeds));
    },
  };
  checkOutputs(vision, spec.family, spec.vision);
  checkOutputs(text, spec.family, spec.text);
  await tryOut(encoders, spec, 3 * width * height);
  return encoders;
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

/** The outputs that hold embeddings. CLIP's `pooler_output`, where there is one, is not projected yet. */
const OUTPUTS: Record<Family, readonly string[]> = { clip: ['image_embeds', 'text_embeds'], siglip: ['pooler_output'] };

type Feeds = InferenceSession.FeedsType;

function outputOf({ outputNames }: InferenceSession, family: Family): string | undefined {
  return OUTPUTS[family].find((candidate) => outputNames.includes(candidate));
}

function checkOutputs(session: InferenceSession, family: Family, path: string): void {
  if (outputOf(session, family) !== undefined) return;
  throw new Unavailable({ kind: 'contradiction', paths: ['config.json', `onnx/${basename(path)}`] });
}

async function run(session: InferenceSession, family: Family, feeds: Feeds): Promise<Float32Array[]> {
  const name = outputOf(session, family) ?? '';
  const { data, dims } = embeddingsSchema.parse((await session.run(feeds, [name]))[name]);
  const [count, width] = dims;
  return Array.from({ length: count }, (_, i) => unit(data.subarray(i * width, (i + 1) * width)));
}

const embeddingsSchema = z.object({ data: z.instanceof(Float32Array), dims: z.tuple([z.number(), z.number()]) });
