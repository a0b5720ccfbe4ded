import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawClassification } from '../../src/draw/classification.ts';
import { PALETTE } from '../../src/draw/palette.ts';
import type { Picture } from '../../src/image/picture.ts';
import { type Canvas, draw, drawing, hex, isColour, picture } from './drawings.ts';

/** How many pixels of the canvas are not those of the picture, when that is shown from (`left`, `top`). */
function changed(canvas: Canvas, { columns, rows, channels, pixels }: Picture, left: number, top: number): number {
  let count = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = (y * columns + x) * channels;
      if (canvas.colourAt(left + x, top + y).some((byte, channel) => byte !== pixels[at + channel])) count++;
    }
  }
  return count;
}

describe('a picture that fits is shown pixel for pixel', () => {
  test('as wide as the canvas, at its top', async () => {
    const wide = picture(640, 360);
    expect(changed(await draw({ picture: wide }), wide, 0, 0)).toBe(0);
  });

  test('smaller than the canvas, in the middle of a neutral stage', async () => {
    const small = picture(300, 200);
    const canvas = await draw({ picture: small });
    expect(changed(canvas, small, 170, 16)).toBe(0);
    expect([0, 169, 470, 639].map((x) => hex(canvas.colourAt(x, 100)))).toEqual(Array(4).fill(PALETTE.stage));
    expect(hex(canvas.colourAt(320, 15))).toBe(PALETTE.stage);
    expect(hex(canvas.colourAt(320, 231))).toBe(PALETTE.stage);
    expect(hex(canvas.colourAt(320, 232))).toBe(PALETTE.paper);
  });

  test('tall, left of the panel', async () => {
    const tall = picture(200, 400);
    const canvas = await draw({ picture: tall });
    expect(canvas.width).toBe(640);
    expect(changed(canvas, tall, 16, Math.floor((canvas.height - 400) / 2))).toBe(0);
    expect(hex(canvas.colourAt(231, 0))).toBe(PALETTE.stage);
    expect(hex(canvas.colourAt(232, 0))).toBe(PALETTE.paper);
  });
});

describe('a tiny picture is enlarged by a whole factor', () => {
  test('one pixel becomes a square', async () => {
    const canvas = await draw({ picture: picture(1, 1, () => [200, 40, 80]) });
    expect(squareOf(canvas, '#c82850')).toEqual({ left: 224, right: 415, top: 16, bottom: 207 });
  });

  test('without mixing neighbours', async () => {
    const canvas = await draw({
      picture: picture(
        3,
        1,
        (x) =>
          [
            [200, 0, 0],
            [0, 200, 0],
            [0, 0, 200],
          ][x] ?? [],
      ),
    });
    expect(squareOf(canvas, '#c80000')).toMatchObject({ left: 224, right: 287 });
    expect(squareOf(canvas, '#00c800')).toMatchObject({ left: 288, right: 351 });
    expect(squareOf(canvas, '#0000c8')).toMatchObject({ left: 352, right: 415 });
  });
});

describe('a strip', () => {
  test('5000 wide and 40 high crosses a stage of its own', async () => {
    const canvas = await draw({ picture: picture(5000, 40, () => [200, 40, 80]) });
    expect(squareOf(canvas, '#c82850')).toEqual({ left: 0, right: 639, top: 51, bottom: 55 });
    expect(hex(canvas.colourAt(0, 107))).toBe(PALETTE.stage);
  });

  test('40 wide and 5000 high stands beside the panel', async () => {
    const canvas = await draw({ picture: picture(40, 5000, () => [200, 40, 80]) });
    expect(squareOf(canvas, '#c82850')).toEqual({ left: 52, right: 55, top: 0, bottom: 479 });
    expect([canvas.width, canvas.height]).toEqual([640, 480]);
  });
});

test('a large picture is scaled down whole', async () => {
  const halves = picture(2000, 1000, (x) => (x < 1000 ? [200, 0, 0] : [0, 0, 200]));
  const canvas = await draw({ picture: halves });
  expect(squareOf(canvas, '#c80000')).toMatchObject({ left: 0, top: 0, bottom: 319 });
  expect(squareOf(canvas, '#0000c8')).toMatchObject({ right: 639, top: 0, bottom: 319 });
});

test('what is transparent shows a checkerboard, what is opaque itself', async () => {
  const canvas = await draw({ picture: picture(300, 200, (x) => [200, 40, 80, x < 150 ? 255 : 0]) });
  expect(hex(canvas.colourAt(170, 16))).toBe('#c82850');
  expect(hex(canvas.colourAt(319, 215))).toBe('#c82850');
  const seen = new Set<string>();
  for (let y = 16; y < 216; y++) for (let x = 320; x < 470; x++) seen.add(hex(canvas.colourAt(x, y)));
  expect([...seen].sort()).toEqual([PALETTE.checkDark, PALETTE.checkLight]);
  expect(isColour(canvas.colourAt(471, 100), 'stage')).toBe(true);
});

test.each([
  [true, 'image/jpeg', 'jpeg'],
  [false, 'image/png', 'png'],
] as const)('a picture that is lossy (%s) is answered as %s, without metadata', async (lossy, mediaType, format) => {
  const drawn = await drawClassification({ ...drawing, picture: { ...drawing.picture, lossy } });
  const metadata = await sharp(drawn.bytes).metadata();
  expect(drawn).toMatchObject({ mediaType, width: metadata.width, height: metadata.height });
  expect(metadata).toMatchObject({ format, channels: 3 });
  expect([metadata.exif, metadata.icc, metadata.xmp, metadata.iptc]).toEqual(Array(4).fill(undefined));
});

/** The extent of the pixels of exactly one colour. */
function squareOf({ width, height, colourAt }: Canvas, wanted: string) {
  const square = { left: width, right: -1, top: height, bottom: -1 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (hex(colourAt(x, y)) !== wanted) continue;
      square.left = Math.min(square.left, x);
      square.right = Math.max(square.right, x);
      square.top = Math.min(square.top, y);
      square.bottom = y;
    }
  }
  return square;
}
