import { z } from 'zod';
import { Unavailable } from '../download-retry.ts';
import { modelType, parseJson } from '../model-config.ts';

/** What is read of a detector's `config.json`. */
const configSchema = z.object({
  model_type: z.literal('owlvit'),
  /** What is left out has the default of the reference's OwlViTTextConfig. */
  text_config: z.object({ max_position_embeddings: z.number().int().positive().default(16) }).prefault({}),
});

/**
 * Reads a `config.json`.
 * @throws Unavailable where it is not that of an OWL-ViT
 */
export function parseDetectorConfig(text: string): z.infer<typeof configSchema> {
  const config = configSchema.safeParse(parseJson(text, 'config.json'));
  if (config.success) return config.data;
  // It pads a picture to a square first, and its boxes are shares of that.
  throw new Unavailable({ kind: modelType(text) === 'owlv2' ? 'owlv2' : 'no-detector' });
}
