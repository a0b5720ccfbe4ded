import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawMatrix } from '../../src/draw/matrix.ts';
import { PALETTE } from '../../src/draw/palette.ts';

const identity = (size: number) =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, k) => (i === k ? 3 : 0)));

/** How many pixels have exactly this colour. */
async function count(bytes: Uint8Array, colour: string): Promise<number> {
  const wanted = Number.parseInt(colour.slice(1), 16);
  const data = await sharp(bytes).raw().toBuffer();
  let found = 0;
  for (let at = 0; at < data.length; at += 3) if (data.readUIntBE(at, 3) === wanted) found += 1;
  return found;
}

describe('a matrix', () => {
  it.each([2, 30, 400])('of %i classes is a picture that fits, dark where the counts are', async (size) => {
    const labels = Array.from({ length: size }, (_, i) => `class ${i} 고양이`);
    const { bytes, width, height, mediaType } = await drawMatrix({
      title: 'demo',
      axes: 'rows, columns',
      labels,
      counts: identity(size),
    });
    expect(mediaType).toBe('image/png');
    expect(Math.max(width, height)).toBeLessThan(2100);
    const dark = await count(bytes, PALETTE.best);
    const empty = await count(bytes, PALETTE.stage);
    expect(dark).toBeGreaterThan(0);
    // All cells but one of each row are empty. Numbers stand on the dark ones.
    if (size > 2) expect(empty / dark).toBeGreaterThanOrEqual(size - 1);
  });

  it('shows a class without images as empty', async () => {
    const drawing = await drawMatrix({
      title: 't',
      axes: 'a',
      labels: ['a', 'b'],
      counts: [
        [0, 0],
        [0, 0],
      ],
    });
    expect(await count(drawing.bytes, PALETTE.best)).toBe(0);
  });
});
