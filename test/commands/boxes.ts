import { z } from 'zod';

/** What an answer of `/detect` gives of its boxes, in pixels of the upright picture. */
export const dataSchema = z.object({
  boxes: z.array(
    z.object({
      label: z.string(),
      score: z.number().min(0).max(1),
      x: z.int().min(0),
      y: z.int().min(0),
      width: z.int().min(1),
      height: z.int().min(1),
    }),
  ),
});
