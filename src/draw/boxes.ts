import type { Picture } from '../image/picture.ts';
import { type Block, paragraph } from './block.ts';
import { Canvas } from './canvas.ts';
import { type Area, type Chip, drawChip, findPlace } from './chips.ts';
import { drawLegend } from './legend.ts';
import { category, PALETTE } from './palette.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import { drawStage, fitPicture } from './stage.ts';
import type { TextStyle } from './text.ts';

/** A box in pixels of the upright original, and what its number stands for. */
interface LabelledBox {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
  /** Boxes of one kind have one colour. */
  kind: number;
  figure: string;
}

export interface BoxesDrawing {
  heading: string;
  picture: Picture;
  /** Numbered in this order. */
  boxes: readonly LabelledBox[];
  /** Stand below the legend: what was not found, and what figures mean. */
  notes: readonly string[];
  footer: readonly string[];
}

const TALLEST = 560;
/** A strip gets a stage this high, so that there is room for chips above and below it. */
const LOWEST = 240;
const NOTE: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };

/** Draws the picture with a numbered box around each thing and a chip that names it, and a legend below. */
export async function drawBoxes({ heading, picture, boxes, notes, footer }: BoxesDrawing): Promise<Drawing> {
  const shown = fitPicture(picture, { width: SHEET_WIDTH, height: TALLEST });
  const size = { width: SHEET_WIDTH, height: boxes.length > 0 ? Math.max(shown.height, LOWEST) : shown.height };
  const stage = await drawStage(picture, shown, size);
  const canvas = new Canvas(size.width, size.height, PALETTE.stage);
  canvas.paste(stage, 0, 0);
  const [left, top] = [Math.floor((size.width - shown.width) / 2), Math.floor((size.height - shown.height) / 2)];
  const [across, down] = [shown.width / picture.width, shown.height / picture.height];
  const thick = Math.max(2, Math.round(Math.min(shown.width, shown.height) / 300));
  const placed = boxes.map(({ x, y, width, height, kind }) => {
    const [from, to] = [left + Math.round(x * across), left + Math.round((x + width) * across)];
    const [upper, lower] = [top + Math.round(y * down), top + Math.round((y + height) * down)];
    return { left: from, top: upper, width: Math.max(to - from, 1), height: Math.max(lower - upper, 1), kind };
  });
  // The best lies on top.
  for (const box of placed.toReversed()) outline(canvas, box, thick);
  await putChips(canvas, boxes, placed);
  const image: Block = { height: size.height, paint: (sheet, x, y) => sheet.paste(canvas, x, y) };
  const rows = boxes.map(({ label, kind, figure }, i) => ({ kind, number: i + 1, text: label, figure }));
  const legend = rows.length > 0 ? [await drawLegend(rows)] : [];
  const lines = await Promise.all(notes.map((note) => paragraph(note, NOTE, SHEET_WIDTH, 4)));
  return drawSheet(heading, [image, ...legend, ...lines], footer, picture.lossy);
}

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  kind: number;
}

/** A line in the box's colour between two thin ones that stand out from it. */
export function outline(canvas: Canvas, box: Frame, thick: number): void {
  const { colour, ink } = category(box.kind);
  frame(canvas, box, -1, thick + 2, ink);
  frame(canvas, box, 0, thick, colour);
}

function frame(canvas: Canvas, { left, top, width, height }: Frame, inwards: number, thick: number, colour: string) {
  const [x, y, across, down] = [left + inwards, top + inwards, width - 2 * inwards, height - 2 * inwards];
  canvas.fill(x, y, across, thick, colour);
  canvas.fill(x, y + down - thick, across, thick, colour);
  canvas.fill(x, y, thick, down, colour);
  canvas.fill(x + across - thick, y, thick, down, colour);
}

/** A chip above each box, or where there is room nearby; where there is none for its name, one with the number alone. */
async function putChips(canvas: Canvas, boxes: readonly LabelledBox[], placed: readonly Frame[]): Promise<void> {
  const taken: Area[] = [];
  for (const [i, { left, top, kind }] of placed.entries()) {
    const chips: Chip[] = [await drawChip(`${i + 1} ${boxes[i]?.label ?? ''}`, kind), await drawChip(`${i + 1}`, kind)];
    for (const chip of chips) {
      const above = top - chip.height - 2;
      const place = findPlace(chip, { left, top: above > 0 ? above : top + 2 }, taken, canvas);
      if (!place) continue;
      taken.push(place);
      chip.block.paint(canvas, place.left, place.top);
      break;
    }
  }
}
