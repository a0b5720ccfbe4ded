import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeIndexed } from '../../src/draw/indexed-png.ts';
import { innerPoints } from '../../src/draw/inner-points.ts';
import { drawSegments, type SegmentsDrawing } from '../../src/draw/segments.ts';
import { picture } from './drawings.ts';

const [width, height] = [300, 200];
/** The left third is label 1, a square at the right label 2. */
const values = Uint8Array.from({ length: width * height }, (_, pixel) => {
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  if (x < 100) return 1;
  return x >= 200 && x < 260 && y >= 50 && y < 110 ? 2 : 0;
});
const drawing: SegmentsDrawing = {
  heading: 'cat, pizza',
  picture: picture(width, height, () => [100, 100, 100]),
  mask: { width, height, values },
  labels: [
    { text: 'cat', figure: '33.3 %' },
    { text: 'pizza', figure: '6.0 %' },
  ],
  notes: ['No label: 60.7 %'],
  footer: ['Model: demo'],
};

async function draw(changes: Partial<SegmentsDrawing> = {}) {
  const drawn = await drawSegments({ ...drawing, ...changes });
  const { data, info } = await sharp(drawn.bytes).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([drawn.width, drawn.height, 3]);
  const at = (x: number, y: number) => [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)];
  return { ...drawn, at };
}

describe('the drawing of regions', () => {
  it('colours them half and half, with darker edges, and leaves the rest as it is', async () => {
    const { at } = await draw();
    // Shown pixel for pixel in the middle of 592, below a heading of one line: 24 + 39 + 16.
    const [left, top] = [24 + 146, 24 + 39 + 16];
    expect(at(left + 150, top + 30)).toEqual([100, 100, 100]);
    expect(at(left + 20, top + 20)).toEqual([165, 129, 50]);
    expect(at(left + 99, top + 20)).toEqual([115, 79, 0]);
    expect(at(left + 210, top + 60)).toEqual([93, 140, 166]);
    expect(at(left + 259, top + 60)).toEqual([43, 90, 116]);
  });

  it.each([
    [3000, 40],
    [40, 3000],
    [1, 1],
  ])('holds a mask of %i by %i', async (columns, rows) => {
    const mask = { width: columns, height: rows, values: new Uint8Array(columns * rows).fill(2) };
    expect((await draw({ picture: picture(columns, rows), mask })).width).toBe(640);
  });

  it('holds ten labels, and a mask with none of them', async () => {
    const labels = Array.from({ length: 10 }, (_, i) => ({ text: `라벨 ${i + 1}`, figure: '0.0 %' }));
    const none = { width, height, values: new Uint8Array(width * height) };
    expect((await draw({ labels, mask: none })).height).toBeGreaterThan((await draw()).height);
  });
});

describe('a point deep in a region', () => {
  it('is its middle, and there is one for each that touches no other', () => {
    const points = innerPoints(values, width, height);
    expect(points.map(({ value }) => value)).toEqual([1, 2]);
    expect(points[0]).toMatchObject({ depth: 50 });
    const { x = 0, y = 0 } = points[1] ?? {};
    expect(Math.abs(x - 230)).toBeLessThan(3);
    expect(Math.abs(y - 80)).toBeLessThan(3);
    expect(innerPoints(new Uint8Array([1, 0, 1, 0, 1, 0]), 3, 2)).toHaveLength(3);
  });
});

describe('an indexed PNG', () => {
  it('is read by others: a palette, and the value of each pixel', async () => {
    const colours = ['#ffffff', '#e69f00', '#56b4e9'];
    const png = await encodeIndexed({ width, height, values }, colours);
    expect(await sharp(png).metadata()).toMatchObject({ width, height, format: 'png', isPalette: true });
    const { data } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const seen = (pixel: number) => `#${data.subarray(3 * pixel, 3 * pixel + 3).toString('hex')}`;
    for (let pixel = 0; pixel < values.length; pixel += 97) expect(seen(pixel)).toBe(colours[values[pixel] ?? 0]);
  });
});
