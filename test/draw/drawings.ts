import sharp from 'sharp';
import { type ClassificationDrawing, drawClassification } from '../../src/draw/classification.ts';
import { PALETTE } from '../../src/draw/palette.ts';
import type { Picture } from '../../src/image/picture.ts';

type Paint = (x: number, y: number) => readonly number[];
export type Colour = readonly [number, number, number];

/** A lossless picture, each pixel from `paint`, which gives three numbers, or four where it is transparent. */
export function picture(columns: number, rows: number, paint: Paint = gradient): Picture {
  const channels = paint(0, 0).length === 4 ? 4 : 3;
  const pixels = new Uint8Array(columns * rows * channels);
  for (let i = 0; i < columns * rows; i++) pixels.set(paint(i % columns, Math.floor(i / columns)), i * channels);
  return { name: 'picture', width: columns, height: rows, lossy: false, rows, columns, channels, pixels };
}

/** Of no colour that the palette has: the red channel is even, and the blue one stays dark. */
function gradient(x: number, y: number): Colour {
  return [(x * 2) & 254, y & 255, (x ^ y) & 63];
}

export const drawing: ClassificationDrawing = {
  picture: picture(300, 200),
  scores: [
    { label: 'dog', probability: 0.7, similarity: 0.274 },
    { label: 'cat', probability: 0.2, similarity: 0.251 },
    { label: 'bus', probability: 0.1, similarity: 0.187 },
  ],
  heading: 'dog',
  unsure: false,
  footer: ['Model: demo'],
};

export interface Canvas {
  width: number;
  height: number;
  colourAt(x: number, y: number): Colour;
}

export async function draw(changes: Partial<ClassificationDrawing>): Promise<Canvas> {
  const { bytes, width, height } = await drawClassification({ ...drawing, ...changes });
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3 || info.width !== width || info.height !== height) throw new Error('not what was announced');
  const byte = (index: number) => data[index] ?? Number.NaN;
  return {
    width,
    height,
    colourAt(x, y) {
      const index = (y * width + x) * 3;
      return [byte(index), byte(index + 1), byte(index + 2)];
    },
  };
}

/** As the palette writes colours. */
export function hex(pixel: Colour): string {
  return `#${pixel.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export function isColour(pixel: Colour, name: keyof typeof PALETTE): boolean {
  return hex(pixel) === PALETTE[name];
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The smallest box around all that is not paper within `area`, edges included; none where all is paper. */
export function inkIn({ colourAt }: Canvas, area: Box): Box | undefined {
  let box: Box | undefined;
  for (let y = area.top; y <= area.bottom; y++) {
    for (let x = area.left; x <= area.right; x++) {
      if (isColour(colourAt(x, y), 'paper')) continue;
      box ??= { left: x, top: y, right: x, bottom: y };
      box = { left: Math.min(box.left, x), top: box.top, right: Math.max(box.right, x), bottom: y };
    }
  }
  return box;
}

const BAR_COLOURS: readonly string[] = [PALETTE.track, PALETTE.best, PALETTE.rest];

interface BarRow {
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** Pixels from the left end to where the empty track begins. */
  filled: number;
}

/** The bars of a panel that begins at `panelLeft`, from top to bottom: at least 9 rows of track or of fill. */
export function barsOf(canvas: Canvas, panelLeft = 0): BarRow[] {
  const isBar = (y: number) => BAR_COLOURS.includes(hex(canvas.colourAt(canvas.width - 50, y)));
  const bars: BarRow[] = [];
  for (let top = 0; top < canvas.height; top++) {
    let bottom = top;
    while (isBar(bottom) && isBar(bottom + 1)) bottom++;
    if (bottom - top >= 8) bars.push({ top, bottom, ...lengthOf(canvas, panelLeft, (top + bottom) >> 1) });
    top = bottom;
  }
  return bars;
}

function lengthOf({ width, colourAt }: Canvas, panelLeft: number, y: number) {
  let left = panelLeft;
  while (isColour(colourAt(left, y), 'paper')) left++;
  let right = width - 1;
  while (isColour(colourAt(right, y), 'paper')) right--;
  let track = right;
  while (track >= left && isColour(colourAt(track, y), 'track')) track--;
  return { left, right, filled: track + 1 - left };
}
