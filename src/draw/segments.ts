import type { Picture } from '../image/picture.ts';
import { type Block, paragraph } from './block.ts';
import { Canvas } from './canvas.ts';
import { type Area, drawChip, findPlace } from './chips.ts';
import { innerPoints } from './inner-points.ts';
import { drawLegend } from './legend.ts';
import { category, PALETTE, rgb } from './palette.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import { drawStage, fitPicture } from './stage.ts';
import type { TextStyle } from './text.ts';

export interface SegmentsDrawing {
  heading: string;
  picture: Picture;
  /** Row by row: 0 for none, else the number of a label. */
  mask: { width: number; height: number; values: Uint8Array };
  /** Of the first label, the second, and so on. */
  labels: readonly { text: string; figure: string }[];
  notes: readonly string[];
  footer: readonly string[];
}

const TALLEST = 560;
/** A strip gets a stage this high, so that there is room for numbers. */
const LOWEST = 120;
/** How much of a region's own colour lies on the picture, and how dark its edge is. */
const THICKNESS = 0.5;
const EDGE = 0.5;
/** Regions that are narrower go without a number, unless they are the widest of their label. */
const ROOM = 16;
const NOTE: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };

/** Draws each label's regions in its colour over the picture, with a darker edge and its number, and a legend below. */
export async function drawSegments(drawing: SegmentsDrawing): Promise<Drawing> {
  const { heading, picture, labels, notes, footer } = drawing;
  const shown = fitPicture(picture, { width: SHEET_WIDTH, height: TALLEST });
  const size = { width: SHEET_WIDTH, height: Math.max(shown.height, LOWEST) };
  const stage = await drawStage(picture, shown, size);
  const [left, top] = [Math.floor((size.width - shown.width) / 2), Math.floor((size.height - shown.height) / 2)];
  const values = shrunk(drawing.mask, shown);
  const canvas = new Canvas(size.width, size.height, PALETTE.stage);
  canvas.paste(stage, 0, 0);
  lay(canvas, values, shown.width, left, top);
  await putNumbers(canvas, values, shown, { left, top });
  const image: Block = { height: size.height, paint: (sheet, x, y) => sheet.paste(canvas, x, y) };
  const legend = await drawLegend(labels.map(({ text, figure }, kind) => ({ kind, number: kind + 1, text, figure })));
  const lines = await Promise.all(notes.map((note) => paragraph(note, NOTE, SHEET_WIDTH, 4)));
  return drawSheet(heading, [image, legend, ...lines], footer, picture.lossy);
}

/** The mask at the size at which the picture is shown. */
function shrunk({ width, height, values }: SegmentsDrawing['mask'], shown: { width: number; height: number }) {
  const small = new Uint8Array(shown.width * shown.height);
  for (let y = 0; y < shown.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / shown.height) * width;
    for (let x = 0; x < shown.width; x++) {
      small[y * shown.width + x] = values[row + Math.floor(((x + 0.5) * width) / shown.width)] ?? 0;
    }
  }
  return small;
}

function lay(canvas: Canvas, values: Uint8Array, width: number, left: number, top: number): void {
  const colours = Array.from({ length: 1 + Math.max(...new Set(values)) }, (_, n) => rgb(category(n - 1).colour));
  const isEdge = (pixel: number) => {
    const x = pixel % width;
    const beside = [x > 0 ? pixel - 1 : pixel, x < width - 1 ? pixel + 1 : pixel, pixel - width, pixel + width];
    return beside.some((next) => next >= 0 && next < values.length && values[next] !== values[pixel]);
  };
  for (const [pixel, value] of values.entries()) {
    const colour = colours[value];
    if (value === 0 || !colour) continue;
    const edge = isEdge(pixel);
    const at = ((top + Math.floor(pixel / width)) * canvas.width + left + (pixel % width)) * 3;
    for (const [channel, byte] of colour.entries()) {
      const below = canvas.pixels[at + channel] ?? 0;
      canvas.pixels[at + channel] = edge ? EDGE * byte : below + THICKNESS * (byte - below);
    }
  }
}

/** A label's number where its regions have room for it. */
async function putNumbers(
  canvas: Canvas,
  values: Uint8Array,
  shown: { width: number; height: number },
  { left, top }: { left: number; top: number },
): Promise<void> {
  const points = innerPoints(values, shown.width, shown.height).sort((a, b) => b.depth - a.depth);
  const taken: Area[] = [];
  for (const [i, { value, x, y, depth }] of points.entries()) {
    if (depth < ROOM && points.findIndex((other) => other.value === value) < i) continue;
    const chip = await drawChip(String(value), value - 1);
    const wanted = { left: left + x - Math.floor(chip.width / 2), top: top + y - Math.floor(chip.height / 2) };
    const place = findPlace(chip, wanted, taken, canvas);
    if (!place) continue;
    taken.push(place);
    chip.block.paint(canvas, place.left, place.top);
  }
}
