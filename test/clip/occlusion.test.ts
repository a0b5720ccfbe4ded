import { expect, it } from 'vitest';
import { OCCLUSION_GRID, occlude } from '../../src/clip/occlusion.ts';

const SIZE = { width: 70, height: 70 };

it('finds the part of an image that what is asked for depends on', async () => {
  // White in the cell at row 2, column 5, which alone this encoder sees.
  const pixels = new Uint8Array(70 * 70 * 3);
  const isSeen = (i: number) => Math.floor(i / 700) === 2 && Math.floor((i % 70) / 10) === 5;
  for (let i = 0; i < 70 * 70; i++) if (isSeen(i)) pixels.fill(255, 3 * i, 3 * i + 3);
  const before = pixels.slice();
  const embed = async (shown: Uint8Array) => {
    let sum = 0;
    for (let i = 0; i < 70 * 70; i++) if (isSeen(i)) sum += shown[3 * i] ?? 0;
    return Float32Array.of(sum / 25_500, 0);
  };
  const directions = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  const [found, nothing] = await occlude(pixels, SIZE, directions, embed);
  const values = found?.values ?? [];
  expect([found?.whole, nothing?.whole]).toEqual([1, 0]);
  expect(values).toHaveLength(OCCLUSION_GRID.rows * OCCLUSION_GRID.columns);
  expect(values.indexOf(Math.max(...values))).toBe(2 * OCCLUSION_GRID.columns + 5);
  expect(values[0]).toBe(0);
  expect(new Set(nothing?.values)).toEqual(new Set([0]));
  expect(pixels).toEqual(before);
});
