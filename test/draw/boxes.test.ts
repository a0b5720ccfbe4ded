import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type BoxesDrawing, drawBoxes } from '../../src/draw/boxes.ts';
import { type Area, drawChip, findPlace } from '../../src/draw/chips.ts';
import { category } from '../../src/draw/palette.ts';
import { type Colour, hex, picture } from './drawings.ts';

const box = { x: 100, y: 60, width: 80, height: 50, label: 'cat', kind: 0, figure: '71.0 %' };
const drawing: BoxesDrawing = {
  heading: 'Found: cat',
  picture: picture(300, 200),
  boxes: [box],
  notes: ['Not found: dog.'],
  footer: ['Model: demo'],
};

async function draw(changes: Partial<BoxesDrawing> = {}) {
  const { bytes, width, height } = await drawBoxes({ ...drawing, ...changes });
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
  const at = (x: number, y: number): Colour => [
    data[3 * (y * width + x)] ?? 0,
    data[3 * (y * width + x) + 1] ?? 0,
    data[3 * (y * width + x) + 2] ?? 0,
  ];
  /** The extent of a colour. */
  const extent = (colour: string) => {
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (hex(at(x, y)) !== colour) continue;
        [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      }
    }
    return { left, right, top, bottom };
  };
  return { width, height, at, extent };
}

describe('boxes on a picture', () => {
  it('stand where they are said to, in pixels of the original', async () => {
    // Shown pixel for pixel in the middle of 592; the original is twice as large as its pixels.
    const half = { ...drawing.picture, width: 600, height: 400 };
    const large = { ...box, x: 200, y: 120, width: 160, height: 100, label: '' };
    const { at } = await draw({ picture: half, boxes: [large] });
    const { colour } = category(0);
    const { at: plain, extent } = await draw({ boxes: [{ ...box, label: '' }] });
    const { left } = extent(colour);
    // The number's chip and the legend begin at the left edge of box and sheet; the box itself has a right and a lower side.
    expect(left).toBe(24);
    const lines = (read: typeof at) =>
      Array.from({ length: 592 }, (_, x) => x + 24).filter((x) => hex(read(x, 200)) === colour);
    expect(lines(at)).toEqual(lines(plain));
    expect(lines(at)).toEqual([270, 271, 348, 349]);
  });

  it('name at most what fits, with chips that never lie on each other', async () => {
    const stage = { width: 592, height: 240 };
    const taken: Area[] = [];
    for (let i = 0; i < 10; i++) {
      const chip = await drawChip(`${i + 1} a rather long label that is cut`, i);
      expect(chip.width).toBeLessThan(200);
      const place = findPlace(chip, { left: 200, top: 100 }, taken, stage);
      if (place) taken.push(place);
    }
    expect(taken.length).toBeGreaterThanOrEqual(8);
    for (const [i, a] of taken.entries()) {
      expect(a.left).toBeGreaterThan(0);
      expect(a.top).toBeGreaterThan(0);
      expect(a.left + a.width).toBeLessThan(stage.width);
      expect(a.top + a.height).toBeLessThan(stage.height);
      for (const b of taken.slice(i + 1)) {
        const apart =
          a.left >= b.left + b.width ||
          b.left >= a.left + a.width ||
          a.top >= b.top + b.height ||
          b.top >= a.top + a.height;
        expect(apart).toBe(true);
      }
    }
  });

  it.each([
    [3000, 40],
    [40, 3000],
    [1, 1],
    [5, 400],
  ])('hold a picture of %i by %i and ten boxes', async (columns, rows) => {
    const boxes = Array.from({ length: 10 }, (_, kind) => ({
      ...{ x: 0, y: 0, width: columns, height: rows, label: `라벨 ${kind}`, kind, figure: '20.0 %' },
    }));
    expect((await draw({ picture: picture(columns, rows), boxes })).width).toBe(640);
  });

  it('hold a transparent strip on which nothing was found', async () => {
    const strip = picture(3000, 40, (x) => [x & 254, 0, 0, 99]);
    expect((await draw({ picture: strip, boxes: [] })).width).toBe(640);
  });

  it('need less room where there are none', async () => {
    expect((await draw({ boxes: [] })).height).toBeLessThan((await draw()).height);
  });
});
