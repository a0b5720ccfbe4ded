import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
export const OWL = `${FIXTURES}reference/owlvit-tiny`;

const row = z.array(z.number()).transform((values) => Float32Array.from(values));
const schema = z.object({
  labels: z.array(z.string()),
  threshold: z.number(),
  images: z.record(
    z.string(),
    z.object({
      width: z.number(),
      height: z.number(),
      logits: z.array(row),
      boxes: z.array(row),
      detections: z.array(z.object({ label: z.number(), score: z.number(), box: z.array(z.number()) })),
    }),
  ),
});

/** What Hugging Face's OwlViTForObjectDetection says in PyTorch, see tools/reference/owlvit_tiny.py. */
export const reference = schema.parse(JSON.parse(readFileSync(`${OWL}.json`, 'utf8')));
