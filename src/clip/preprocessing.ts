import { basename } from 'node:path';
import { AutoImageProcessor } from '@xenova/transformers';
import { z } from 'zod';
import { Unavailable } from './download-retry.ts';
import type { Geometry } from './geometry.ts';
import type { Filter } from './resample.ts';
import { useLocalModels } from './tokens.ts';

export interface Preprocessing {
  geometry: Geometry;
  /** From RGB bytes, row by row, to what the encoder takes: `[batch, 3, height, width]`. */
  normalise(images: readonly Uint8Array[]): Float32Array;
}

const sizeSchema = z.union([
  z
    .object({ shortest_edge: z.number() })
    .transform(({ shortest_edge: side }) => ({ resize: 'shortest' as const, width: side, height: side })),
  z.object({ width: z.number(), height: z.number() }).transform((size) => ({ resize: 'exact' as const, ...size })),
  z.number().transform((side) => ({ resize: 'shortest' as const, width: side, height: side })),
]);

const processorSchema = z.object({
  size: sizeSchema,
  do_center_crop: z.boolean().default(false),
  crop_size: z
    .union([
      z.object({ width: z.number(), height: z.number() }),
      z.number().transform((side) => ({ width: side, height: side })),
    ])
    .optional(),
  /** Pillow's numbers (PIL.Image.Resampling). */
  resample: z.number().default(3),
  do_rescale: z.boolean().default(true),
  rescale_factor: z.number().default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: z.array(z.number()).default([0, 0, 0]),
  image_std: z.array(z.number()).default([1, 1, 1]),
});

const FILTERS: Readonly<Record<number, Filter>> = { 0: 'nearest', 1: 'lanczos3', 2: 'linear', 3: 'cubic' };

/** What a model's `preprocessor_config.json` asks for. @throws Unavailable where it is none */
export async function loadPreprocessing(folder: string): Promise<Preprocessing> {
  useLocalModels(folder);
  try {
    return readPreprocessing((await AutoImageProcessor.from_pretrained(basename(folder))).config);
  } catch (cause) {
    throw new Unavailable({ kind: 'file-wrong', path: 'preprocessor_config.json' }, 'never', { cause });
  }
}

/** @param config as transformers.js read it */
function readPreprocessing(config: unknown): Preprocessing {
  const processor = processorSchema.parse(config);
  const { size, do_center_crop, crop_size, resample } = processor;
  const geometry = { ...size, crop: do_center_crop ? crop_size : undefined, filter: FILTERS[resample] ?? 'cubic' };
  // A byte has 256 values: each channel's are worked out once.
  const tables = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => numberFor(byte, channel, processor)),
  );
  return { geometry, normalise: (images) => normalise(images, tables) };
}

function numberFor(byte: number, channel: number, processor: z.infer<typeof processorSchema>): number {
  const value = processor.do_rescale ? byte * processor.rescale_factor : byte;
  if (!processor.do_normalize) return value;
  return (value - (processor.image_mean[channel] ?? 0)) / (processor.image_std[channel] ?? 1);
}

function normalise(images: readonly Uint8Array[], tables: readonly Float32Array[]): Float32Array {
  const size = images[0]?.length ?? 0;
  const values = new Float32Array(images.length * size);
  let to = 0;
  for (const image of images) {
    tables.forEach((table, channel) => {
      for (let from = channel; from < size; from += 3) values[to++] = table[image[from] ?? 0] ?? 0;
    });
  }
  return values;
}
