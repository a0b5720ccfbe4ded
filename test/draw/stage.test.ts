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
    const wide = picture(960, 540);
    expect(changed(await draw({ picture: wide }), wide, 0, 0)).toBe(0);
  });

  test('smaller than the canvas, in the middle of a neutral stage', async () => {
    const small = picture(300, 200);
    const canvas = await draw({ picture: small });
    expect(changed(canvas, small, 330, 24)).toBe(0);
    expect([0, 329, 630, 959].map((x) => hex(canvas.colourAt(x, 100)))).toEqual(Array(4).fill(PALETTE.stage));
    expect(hex(canvas.colourAt(480, 23))).toBe(PALETTE.stage);
    expect(hex(canvas.colourAt(480, 247))).toBe(PALETTE.stage);
    expect(hex(canvas.colourAt(480, 248))).toBe(PALETTE.paper);
  });

  test('tall, left of the panel', async () => {
    const tall = picture(300, 600);
    const canvas = await draw({ picture: tall });
    expect(canvas.width).toBe(960);
    expect(changed(canvas, tall, 24, Math.floor((canvas.height - 600) / 2))).toBe(0);
    expect(hex(canvas.colourAt(347, 0))).toBe(PALETTE.stage);
    expect(hex(canvas.colourAt(348, 0))).toBe(PALETTE.paper);
  });
});

describe('a tiny picture is enlarged by a whole factor', () => {
  test('one pixel becomes a square', async () => {
    const canvas = await draw({ picture: picture(1, 1, () => [200, 40, 80]) });
    expect(squareOf(canvas, '#c82850')).toEqual({ left: 352, right: 607, top: 24, bottom: 279 });
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
    expect(squareOf(canvas, '#c80000')).toMatchObject({ left: 352, right: 436 });
    expect(squareOf(canvas, '#00c800')).toMatchObject({ left: 437, right: 521 });
    expect(squareOf(canvas, '#0000c8')).toMatchObject({ left: 522, right: 606 });
  });
});

describe('a strip', () => {
  test('5000 wide and 40 high crosses a stage of its own', async () => {
    const canvas = await draw({ picture: picture(5000, 40, () => [200, 40, 80]) });
    expect(squareOf(canvas, '#c82850')).toEqual({ left: 0, right: 959, top: 76, bottom: 83 });
    expect(hex(canvas.colourAt(0, 159))).toBe(PALETTE.stage);
  });

  test('40 wide and 5000 high stands beside the panel', async () => {
    const canvas = await draw({ picture: picture(40, 5000, () => [200, 40, 80]) });
    expect(squareOf(canvas, '#c82850')).toEqual({ left: 77, right: 82, top: 0, bottom: 719 });
    expect([canvas.width, canvas.height]).toEqual([960, 720]);
  });
});

test('a large picture is scaled down whole', async () => {
  const halves = picture(2000, 1000, (x) => (x < 1000 ? [200, 0, 0] : [0, 0, 200]));
  const canvas = await draw({ picture: halves });
  expect(squareOf(canvas, '#c80000')).toMatchObject({ left: 0, top: 0, bottom: 479 });
  expect(squareOf(canvas, '#0000c8')).toMatchObject({ right: 959, top: 0, bottom: 479 });
});

test('what is transparent shows a checkerboard, what is opaque itself', async () => {
  const canvas = await draw({ picture: picture(300, 200, (x) => [200, 40, 80, x < 150 ? 255 : 0]) });
  expect(hex(canvas.colourAt(330, 24))).toBe('#c82850');
  expect(hex(canvas.colourAt(479, 223))).toBe('#c82850');
  const seen = new Set<string>();
  for (let y = 24; y < 224; y++) for (let x = 480; x < 630; x++) seen.add(hex(canvas.colourAt(x, y)));
  expect([...seen].sort()).toEqual([PALETTE.checkDark, PALETTE.checkLight]);
  expect(isColour(canvas.colourAt(631, 100), 'stage')).toBe(true);
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
  if (lossy) expect(metadata.chromaSubsampling).toBe('4:4:4');
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
