import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The RGB bytes that a normalised tensor `[3, S, S]` was made from. */
export async function readPixels(path: string, processor: string): Promise<Uint8Array> {
  const { do_normalize, image_mean, image_std } = z
    .object({ do_normalize: z.boolean(), image_mean: z.array(z.number()), image_std: z.array(z.number()) })
    .parse(JSON.parse(await readFile(processor, 'utf8')));
  const bytes = await readFile(path);
  const plane = bytes.length / 4 / 3;
  return Uint8Array.from({ length: plane * 3 }, (_, i) => {
    const channel = i % 3;
    const value = bytes.readFloatLE(4 * (channel * plane + Math.floor(i / 3)));
    const share = do_normalize ? value * (image_std[channel] ?? 1) + (image_mean[channel] ?? 0) : value;
    return Math.round(255 * share);
  });
}
