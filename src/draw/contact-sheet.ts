import type { Picture } from '../image/picture.ts';
import { paragraph } from './block.ts';
import { Canvas } from './canvas.ts';
import { PALETTE } from './palette.ts';
import { type Drawing, encode, type Raster } from './raster.ts';
import { drawStage, fitPicture } from './stage.ts';
import type { TextStyle } from './text.ts';

export interface ContactSheet {
  title: string;
  /** How to read it. */
  note: string;
  /** Beside each other. */
  columns: number;
  /** Row by row, all of one size. */
  tiles: readonly Tile[];
}

interface Tile {
  /** See `thumbnail`. */
  image: Raster;
  /** Two lines at most. */
  caption: string;
}

const TITLE: TextStyle = { size: 28, bold: true, fill: PALETTE.ink };
const NOTE: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const CAPTION: TextStyle = { size: 18, bold: false, fill: PALETTE.ink };
const MARGIN = 24;
const GAP = 16;

/** Draws pictures with captions in a grid. A PNG. */
export async function drawContactSheet({ title, note, columns, tiles }: ContactSheet): Promise<Drawing> {
  const side = Math.max(1, ...tiles.map(({ image }) => image.width));
  const inner = columns * side + (columns - 1) * GAP;
  const [head, below] = await Promise.all([paragraph(title, TITLE, inner, 2), paragraph(note, NOTE, inner, 6)]);
  const captions = await Promise.all(tiles.map(({ caption }) => paragraph(caption, CAPTION, side, 2)));
  const rows = Array.from({ length: Math.ceil(tiles.length / columns) }, (_, row) => {
    const [from, to] = [row * columns, (row + 1) * columns];
    const [images, texts] = [tiles.slice(from, to), captions.slice(from, to)];
    const high = Math.max(...images.map(({ image }) => image.height));
    return { images, texts, high, height: high + 4 + Math.max(...texts.map(({ height }) => height)) + GAP };
  });
  const top = MARGIN + head.height + 4 + below.height + GAP;
  const height = rows.reduce((sum, row) => sum + row.height, top) + MARGIN - GAP;
  const canvas = new Canvas(inner + 2 * MARGIN, height, PALETTE.paper);
  head.paint(canvas, MARGIN, MARGIN);
  below.paint(canvas, MARGIN, MARGIN + head.height + 4);
  let y = top;
  for (const { images, texts, high, height } of rows) {
    for (const [i, { image }] of images.entries()) {
      const x = MARGIN + i * (side + GAP);
      canvas.paste(image, x, y);
      texts[i]?.paint(canvas, x, y + high + 4);
    }
    y += height;
  }
  return encode(canvas, false);
}

/** A picture in the middle of a square stage. @param side 192 or more: tiny pictures are enlarged up to there */
export function thumbnail(picture: Picture, side: number): Promise<Raster> {
  const box = { width: side, height: side };
  return drawStage(picture, fitPicture(picture, box), box);
}
