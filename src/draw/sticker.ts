import sharp from 'sharp';
import type { Picture } from '../image/picture.ts';
import { paragraph } from './block.ts';
import { Canvas } from './canvas.ts';
import { PALETTE } from './palette.ts';

/** Smaller pictures are enlarged first: nobody could write on them. */
const SHORT_SIDE = 224;
const LONGEST_SIDE = 1280;
const WIDTH = 0.9;
const TEXT_SIZE = 0.13;
const PADDING = 0.4;

/** Sticks a piece of paper with a word on it over the middle of a picture without transparency. */
export async function stickOn(picture: Picture, word: string): Promise<Picture> {
  const { columns, rows } = picture;
  const [long, short] = [Math.max(columns, rows), Math.min(columns, rows)];
  const scale = Math.max(1, Math.min(SHORT_SIDE / short, LONGEST_SIDE / long));
  const [width, height] = [Math.round(columns * scale), Math.round(rows * scale)];
  const raw = { width: columns, height: rows, channels: 3 } as const;
  const pixels = await sharp(picture.pixels, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const canvas = new Canvas(width, height, PALETTE.paper);
  canvas.paste({ width, height, pixels }, 0, 0);
  const size = Math.max(12, Math.round(TEXT_SIZE * Math.min(width, height)));
  const padding = Math.round(PADDING * size);
  const text = await paragraph(word, { size, bold: true, fill: '#000000' }, Math.round(WIDTH * width) - 2 * padding, 2);
  const left = Math.round(((1 - WIDTH) / 2) * width);
  const top = Math.round((height - text.height) / 2) - padding;
  canvas.fill(left, top, Math.round(WIDTH * width), text.height + 2 * padding, '#000000');
  canvas.fill(left + 2, top + 2, Math.round(WIDTH * width) - 4, text.height + 2 * padding - 4, '#ffffff');
  text.paint(canvas, left + padding, top + padding);
  return { ...picture, width, height, columns: width, rows: height, pixels: canvas.pixels };
}
