import { describe, expect, it } from 'vitest';
import { findForeground } from '../../src/image/foreground.ts';
import type { Picture } from '../../src/image/picture.ts';
import { shiftPicture } from '../../src/image/shifts.ts';

/** A red square in the middle of a plain ground, or of none. */
function square(columns: number, rows: number, inside: (x: number, y: number) => boolean): Picture {
  const pixels = new Uint8Array(columns * rows * 3).fill(240);
  for (let i = 0; i < columns * rows; i++) {
    if (inside(i % columns, Math.floor(i / columns))) pixels.set([200, 30, 20], 3 * i);
  }
  return { name: 'square', width: columns, height: rows, lossy: false, rows, columns, channels: 3, pixels };
}
const middle = square(100, 80, (x, y) => x >= 30 && x < 70 && y >= 20 && y < 60);

describe('the foreground', () => {
  it('is what the colours at the edges do not reach', async () => {
    const mask = await findForeground(middle);
    expect(mask?.[40 * 100 + 50]).toBe(255);
    expect(mask?.[5 * 100 + 5]).toBe(0);
    expect((mask?.filter((value) => value === 255).length ?? 0) / 1600).toBeCloseTo(1, 1);
  });

  it.each([255, 0])('is sought in the colours where transparency does not tell: %i everywhere', async (alpha) => {
    const pixels = new Uint8Array(100 * 80 * 4).map((_, i) =>
      i % 4 === 3 ? alpha : (middle.pixels[3 * Math.floor(i / 4) + (i % 4)] ?? 0),
    );
    expect(await findForeground({ ...middle, channels: 4, pixels })).toEqual(await findForeground(middle));
  });

  it('is not found on a picture of one colour, nor of one pixel', async () => {
    expect(await findForeground(square(50, 50, () => false))).toBeUndefined();
    expect(await findForeground(square(1, 1, () => true))).toBeUndefined();
  });
});

describe('shifted pictures', () => {
  const shifted = async (picture: Picture) =>
    new Map((await shiftPicture(picture)).map(({ shift, picture: changed }) => [shift, changed]));

  it('are what their names say', async () => {
    const all = await shifted(middle);
    const at = (shift: Parameters<typeof all.get>[0], x: number, y: number) => {
      const { pixels, columns } = all.get(shift) ?? middle;
      return [...pixels.subarray(3 * (y * columns + x), 3 * (y * columns + x) + 3)];
    };
    for (const grey of ['grey', 'edges', 'sketch', 'silhouette'] as const) {
      expect(new Set(at(grey, 30, 40)).size).toBe(1);
    }
    const noise = Array.from(all.get('noise')?.pixels ?? [], (value, i) => value - (middle.pixels[i] ?? 0));
    expect(noise.every((value) => Math.abs(value) <= 240)).toBe(true);
    expect(new Set(noise).size).toBeGreaterThan(100);
    expect(at('inverted', 50, 40)).toEqual([55, 225, 235]);
    expect(at('silhouette', 50, 40)).toEqual([0, 0, 0]);
    expect(at('silhouette', 5, 5)).toEqual([255, 255, 255]);
    expect(at('background', 50, 40)).toEqual([200, 30, 20]);
    expect(at('background', 5, 5)).not.toEqual([240, 240, 240]);
    expect(at('edges', 50, 40)).toEqual([0, 0, 0]);
    expect(at('sketch', 50, 40)).toEqual([255, 255, 255]);
    expect(Math.max(...[27, 28, 29, 30, 31].flatMap((x) => at('edges', x, 40)))).toBeGreaterThan(60);
    expect(new Set(all.get('posterised')?.pixels).size).toBeLessThanOrEqual(3);
    expect(all.get('cropped')).toMatchObject({ columns: 50, rows: 40 });
    expect(all.get('rotated')?.columns).toBeGreaterThan(100);
  });

  it('are the same each time', async () => {
    expect(await shiftPicture(middle)).toEqual(await shiftPicture(middle));
  });

  it.each([
    [1, 1],
    [1, 300],
    [300, 1],
    [2, 2],
    [70_000, 3],
  ])('hold %i by %i pixels', async (columns, rows) => {
    for (const { picture } of await shiftPicture(square(columns, rows, () => true))) {
      expect(picture.pixels).toHaveLength(3 * picture.rows * picture.columns);
      expect(picture.columns).toBeLessThanOrEqual(4096);
    }
  });
});
