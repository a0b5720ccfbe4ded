import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { shrink } from '../../src/draw/shrink.ts';

/** Grain, which compresses badly. */
async function grainy(width: number, height: number): Promise<Uint8Array> {
  let seed = 1;
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed >> 16;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

describe('shrinking a drawing', () => {
  it('keeps to the limit, and as many pixels as that allows', async () => {
    const drawing = await grainy(640, 400);
    for (const [limit, least] of [
      [400_000, 640],
      [100_000, 320],
      [20_000, 192],
    ] as const) {
      const smaller = await shrink(drawing, limit);
      const { width, height, format } = await sharp(smaller).metadata();
      expect(smaller?.length).toBeLessThanOrEqual(limit);
      expect(format).toBe('jpeg');
      expect(width).toBeGreaterThanOrEqual(least);
      expect(width / height).toBeCloseTo(1.6, 1);
    }
  });

  it('gives none where nothing is small enough', async () => {
    expect(await shrink(await grainy(640, 400), 500)).toBeUndefined();
  });
});
