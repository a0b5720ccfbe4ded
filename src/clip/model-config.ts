import { z } from 'zod';
import { Unavailable } from './download-retry.ts';

export type Family = 'clip' | 'siglip';

/** What is read of a model's `config.json`. */
const configSchema = z.object({
  model_type: z.enum(['clip', 'siglip']),
  logit_scale_init_value: z.number().optional(),
  projection_dim: z.number().optional(),
  text_config: z.object({ max_position_embeddings: z.number().optional() }).optional(),
  /** What is left out has the default of the reference's CLIPVisionConfig and SiglipVisionConfig. */
  vision_config: z.object({ num_attention_heads: z.number().int().positive().default(12) }).prefault({}),
  _name_or_path: z.string().optional(),
});

const typeSchema = z.object({ model_type: z.string() });

/**
 * Reads a `config.json`.
 * @throws Unavailable where it is not that of a CLIP or SigLIP model with both encoders
 */
export function parseConfig(text: string): z.infer<typeof configSchema> {
  const config = configSchema.safeParse(parseJson(text, 'config.json'));
  if (config.success) return config.data;
  const type = modelType(text);
  if (type === 'owlvit') throw new Unavailable({ kind: 'detector-only' });
  if (/^(clip|siglip)_text_model$/.test(type)) throw new Unavailable({ kind: 'text-only' });
  if (/^(clip|siglip)_vision_model$/.test(type)) throw new Unavailable({ kind: 'vision-only' });
  throw new Unavailable({ kind: 'no-clip' });
}

/**
 * What a `config.json` says that its model is, such as `clip`; nothing where it does not say.
 * @throws Unavailable where it is no JSON
 */
export function modelType(text: string): string {
  return typeSchema.safeParse(parseJson(text, 'config.json')).data?.model_type ?? '';
}

/** @throws Unavailable naming the file, where its text is not JSON */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unavailable({ kind: 'file-wrong', path }, 'never', { cause });
  }
}
