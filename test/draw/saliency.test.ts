import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { overlayHeat } from '../../src/draw/heat.ts';
import { HEAT_COLOURS } from '../../src/draw/heat-colours.ts';
import { drawSaliency, type SaliencyDrawing } from '../../src/draw/saliency.ts';
import { picture } from './drawings.ts';

/** Relative luminance of WCAG 2.2, from which people of any colour vision tell an order. */
function luminance([red = 0, green = 0, blue = 0]: Uint8Array): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((byte) => (byte / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('the colours of heat', () => {
  it('grow lighter at every step', () => {
    const lights = Array.from({ length: 256 }, (_, i) => luminance(HEAT_COLOURS.subarray(3 * i, 3 * i + 3)));
    // Rounding to bytes may take back a little from one step to the next, never over four.
    for (let i = 4; i < lights.length; i++) expect(lights[i]).toBeGreaterThan(lights[i - 4] ?? 1);
    expect(lights.at(-1)).toBeGreaterThan(0.8);
    expect(lights[0]).toBeLessThan(0.05);
  });
});

describe('a map over a picture', () => {
  const grey = { width: 40, height: 20, pixels: new Uint8Array(40 * 20 * 3).fill(120) };
  const map = { rows: 1, columns: 2, values: [0, 2] };
  const at = ({ pixels }: { pixels: Uint8Array }, x: number) => [...pixels.subarray(3 * x, 3 * x + 3)];

  it('is strong where its values are, and leaves the rest in grey', () => {
    const over = overlayHeat(grey, map, 2);
    expect(at(over, 39)[0]).toBeGreaterThan(200);
    expect(new Set(at(over, 0)).size).toBe(1);
    expect(grey.pixels.every((byte) => byte === 120)).toBe(true);
  });

  it('is weaker where another is the strongest, and none where all is below zero', () => {
    expect(at(overlayHeat(grey, map, 8), 39)[0]).toBeLessThan(at(overlayHeat(grey, map, 2), 39)[0] ?? 0);
    expect(at(overlayHeat(grey, { ...map, values: [-1, -2] }, 2), 39)).toEqual(at(overlayHeat(grey, map, 2), 0));
  });

  it('has a line around its upper half', () => {
    const { pixels } = overlayHeat(grey, map, 2);
    const whites = Array.from({ length: 40 }, (_, x) => x).filter((x) => pixels[3 * (10 * 40 + x)] === 255);
    expect(whites).toEqual([19]);
  });

  it('has the dark edge of that line beside it alone, not at the other end of the picture', () => {
    const corner = { rows: 2, columns: 2, values: [0, 2, 0, 0] };
    const { width, height, pixels } = overlayHeat(grey, corner, 2);
    const isAt = (x: number, y: number, byte: number) => {
      const at = 3 * (y * width + x);
      return x >= 0 && x < width && y >= 0 && y < height && pixels.subarray(at, at + 3).every((own) => own === byte);
    };
    const places = Array.from({ length: width * height }, (_, i) => ({ x: i % width, y: Math.floor(i / width) }));
    const dark = places.filter(({ x, y }) => isAt(x, y, 20));
    expect(dark.length).toBeGreaterThan(height);
    for (const { x, y } of dark) {
      const hasLine = isAt(x - 1, y, 255) || isAt(x + 1, y, 255) || isAt(x, y - 1, 255) || isAt(x, y + 1, 255);
      expect(hasLine, `${x}, ${y}`).toBe(true);
    }
  });
});

describe('the drawing of saliency', () => {
  const panel = { title: 'cat', caption: 'left', map: { rows: 1, columns: 2, values: [1, 0] } };
  const drawing: SaliencyDrawing = {
    picture: picture(300, 200),
    panels: [panel],
    strongest: 1,
    scale: { low: 'none', high: 'strongest' },
    footer: ['Method: dense'],
  };
  const size = async (changes: Partial<SaliencyDrawing>) => {
    const { bytes, width, height, mediaType } = await drawSaliency({ ...drawing, ...changes });
    const metadata = await sharp(bytes).metadata();
    expect([metadata.width, metadata.height, `image/${metadata.format}`]).toEqual([width, height, mediaType]);
    return { width, height };
  };

  it('is as wide as every drawing, with two panels in a row', async () => {
    const [one, two, three] = [
      await size({}),
      await size({ panels: [panel, panel] }),
      await size({ panels: [panel, panel, panel] }),
    ];
    expect([one.width, two.width, three.width]).toEqual([640, 640, 640]);
    expect(three.height).toBeGreaterThan(two.height + 150);
  });

  it('shows a picture as it is where a map says nothing, without a scale', async () => {
    const none = { ...panel, map: undefined };
    const nothing = await size({ panels: [none], strongest: 0 });
    expect(nothing.height).toBeLessThan((await size({ panels: [none] })).height);
    const { bytes } = await drawSaliency({ ...drawing, panels: [none], strongest: 0 });
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const shown = new Set<string>();
    for (let i = 0; i < data.length; i += 3) shown.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
    const { pixels } = drawing.picture;
    expect(shown.has(`${pixels[3 * 30_150]} ${pixels[3 * 30_150 + 1]} ${pixels[3 * 30_150 + 2]}`)).toBe(true);
  });

  it('has the pictures of a row at one height, however long their titles are', async () => {
    const long = { ...panel, title: 'a cat that sleeps on a wooden floor beside a wall', map: undefined };
    const red = picture(300, 200, () => [200, 0, 0]);
    const { bytes, width } = await drawSaliency({
      ...drawing,
      picture: red,
      panels: [long, { ...long, title: 'cat' }],
    });
    const data = await sharp(bytes).raw().toBuffer();
    const [left, right] = [0.25, 0.75].map((across) => {
      const isRed = (y: number) => data.readUIntBE(3 * (y * width + across * width), 3) === 0xc80000;
      return Array.from({ length: data.length / (3 * width) }, (_, y) => y).filter(isRed);
    });
    expect(left?.length).toBeGreaterThan(100);
    expect(right).toEqual(left);
  });

  it.each([
    [3000, 40],
    [1, 400],
    [5, 5],
  ])('holds a picture of %i by %i', async (columns, rows) => {
    expect((await size({ picture: picture(columns, rows), panels: [panel, panel] })).width).toBe(640);
  });
});
