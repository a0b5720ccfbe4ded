import { describe, expect, it, vi } from 'vitest';
import { toInputPixels } from '../../src/clip/geometry.ts';
import * as resampling from '../../src/clip/resample.ts';

const strip = (columns: number, rows: number) => ({
  name: 'strip',
  width: columns,
  height: rows,
  lossy: false,
  columns,
  rows,
  channels: 3 as const,
  pixels: Uint8Array.from({ length: columns * rows * 3 }, (_, i) => (Math.floor(i / 3) % columns) >> 5),
});

describe('a long strip squashed to a square', () => {
  it('is shrunk off the main thread before the rest of it is enlarged', async () => {
    const resample = vi.spyOn(resampling, 'resample');
    const square = { resize: 'exact', width: 64, height: 64, crop: undefined, filter: 'cubic' } as const;
    const pixels = await toInputPixels(strip(6000, 40), square);
    expect(pixels).toHaveLength(64 * 64 * 3);
    expect(resample.mock.calls[0]?.[1]).toEqual({ columns: 64, rows: 40 });
    // The strip grows lighter from left to right, and is the same from top to bottom.
    const row = (y: number) => Array.from({ length: 64 }, (_, x) => pixels[(y * 64 + x) * 3] ?? Number.NaN);
    expect(row(0)).toEqual(row(63));
    expect(row(0)).toEqual([...row(0)].sort((a, b) => a - b));
    expect((row(0)[63] ?? 0) - (row(0)[0] ?? 0)).toBeGreaterThan(150);
  });
});
