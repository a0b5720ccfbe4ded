import { basename, dirname } from 'node:path';
import { AutoImageProcessor, AutoTokenizer, env } from '@xenova/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { Unavailable } from './download-retry.ts';
import type { Geometry } from './geometry.ts';
import { readPreprocessing } from './preprocessing.ts';
import type { EncoderSpec } from './protocol.ts';
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
  env.allowRemoteModels = false;
  env.localModelPath = dirname(spec.folder);
  const name = basename(spec.folder);
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: spec.threads,
    interOpNumThreads: 1,
    // Its threads would go on spinning after a run, on the cores that then draw the answer.
    extra: { session: { force_spinning_stop: '1' } },
  };
  // One after the other: if one fails, the thread can end with none under way in onnxruntime.
  const processor = await AutoImageProcessor.from_pretrained(name);
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const vision = await InferenceSession.create(spec.vision, options);
  const text = await InferenceSession.create(spec.text, options);
  const { geometry, normalise } = readPreprocessing(processor.config);
  const { width, height } = geometry.crop ?? geometry;

  const encoders: Encoders = {
    geometry,

    async images(pixels) {
      const dims = [pixels.length, 3, height, width];
      return run(vision, { pixel_values: new Tensor('float32', normalise(pixels), dims) });
    },

    async texts(texts) {
      const padding = spec.padToFullLength ? 'max_length' : true;
      const tokens = tokensSchema.parse(tokenizer([...texts], { padding, truncation: true }));
      endEachText(tokens.input_ids, tokenizer.eos_token_id, tokenizer.pad_token_id);
      const feeds = text.inputNames.map((input) => {
        const ids = tokens[input];
        if (!ids) throw new Error(`the tokeniser makes no ${input}`);
        return [input, new Tensor('int64', ids.data, ids.dims)] as const;
      });
      return run(text, Object.fromEntries(feeds));
    },
  };
  await tryOut(encoders, spec, 3 * width * height);
  return encoders;
}

/** What no file says for sure, one run of each encoder does: that it takes what the other files make, and where it leads. */
async function tryOut({ images, texts }: Encoders, spec: EncoderSpec, bytes: number): Promise<void> {
  const contradiction =
    (...paths: [string, string]) =>
    (cause: unknown) => {
      throw new Unavailable({ kind: 'contradiction', paths }, 'never', { cause });
    };
  const vision = `onnx/${basename(spec.vision)}`;
  const text = `onnx/${basename(spec.text)}`;
  const [image] = await images([new Uint8Array(bytes)]).catch(contradiction('preprocessor_config.json', vision));
  const [label] = await texts(['a']).catch(contradiction('tokenizer.json', text));
  if (image?.length !== label?.length) contradiction(vision, text)(undefined);
}

/** transformers.js cuts the end token off a text that is too long; the reference keeps it, and CLIP reads its result there. */
function endEachText({ data, dims: [, width = 0] }: z.infer<typeof idsSchema>, end?: number, padding?: number): void {
  if (end === undefined) return;
  for (let last = width - 1; last < data.length; last += width) {
    if (Number(data[last]) !== padding) data[last] = BigInt(end);
  }
}

/** `image_embeds` and `text_embeds` are CLIP's names, `pooler_output` is SigLIP's. */
const OUTPUTS = ['image_embeds', 'text_embeds', 'pooler_output'];

async function run(session: InferenceSession, feeds: InferenceSession.FeedsType): Promise<Float32Array[]> {
  const name = OUTPUTS.find((candidate) => session.outputNames.includes(candidate));
  if (!name) throw new Error(`none of ${OUTPUTS.join(', ')} is an output of the graph`);
  const { data, dims } = embeddingsSchema.parse((await session.run(feeds, [name]))[name]);
  const [count, width] = dims;
  return Array.from({ length: count }, (_, i) => unit(data.subarray(i * width, (i + 1) * width)));
}

const idsSchema = z.object({ data: z.instanceof(BigInt64Array), dims: z.array(z.number()) });
const tokensSchema = z.object({ input_ids: idsSchema }).catchall(idsSchema);
const embeddingsSchema = z.object({ data: z.instanceof(Float32Array), dims: z.tuple([z.number(), z.number()]) });
