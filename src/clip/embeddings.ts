import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { z } from 'zod';
import { Unavailable } from './download-retry.ts';
import type { Family } from './model-config.ts';

/** The outputs that hold embeddings. CLIP's `pooler_output`, where there is one, is not projected yet. */
const OUTPUTS: Record<Family, readonly string[]> = { clip: ['image_embeds', 'text_embeds'], siglip: ['pooler_output'] };

/**
 * The name of the output that holds the embeddings.
 * @throws Unavailable where the file of an encoder has none for its family
 */
export function embeddingOutput(session: InferenceSession, family: Family, path: string): string {
  const name = OUTPUTS[family].find((candidate) => session.outputNames.includes(candidate));
  if (name !== undefined) return name;
  throw new Unavailable({ kind: 'contradiction', paths: ['config.json', `onnx/${basename(path)}`] });
}

const floatsSchema = z.object({ data: z.instanceof(Float32Array), dims: z.array(z.number()) });

/** The rows of a tensor, whatever axes come before the last. */
export function rowsOf(tensor: unknown): Float32Array[] {
  const { data, dims } = floatsSchema.parse(tensor);
  const width = dims.at(-1) ?? 1;
  return Array.from({ length: data.length / width }, (_, i) => data.subarray(i * width, (i + 1) * width));
}
