import { type Block, paragraph } from './block.ts';
import { Canvas } from './canvas.ts';
import { number, shade } from './cells.ts';
import { lineHeight } from './lettering.ts';
import { PALETTE } from './palette.ts';
import { type Drawing, encode } from './raster.ts';
import type { TextStyle } from './text.ts';

export interface MatrixDrawing {
  title: string;
  /** What rows and columns are. */
  axes: string;
  labels: readonly string[];
  /** `labels.length` rows of as many; the darkness of a cell is its share of the row. */
  counts: readonly (readonly number[])[];
}

const TITLE: TextStyle = { size: 26, bold: true, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 16, bold: false, fill: PALETTE.mutedInk };
const DARK: TextStyle = { size: 16, bold: false, fill: PALETTE.ink };
const LIGHT: TextStyle = { size: 16, bold: false, fill: PALETTE.paper };
const MARGIN = 24;
const LABEL_WIDTH = 220;
const LARGEST_CELL = 48;
const SMALLEST_CELL = 3;
const LONGEST_SIDE = 1600;
/** Rows lower than a line have no room for their names, cells narrower than this none for a number. */
const NAMED = lineHeight(SMALL);
const NUMBERED = 34;

/** Draws counts as a square of cells, rows named and numbered, columns by the same numbers. A PNG. */
export async function drawMatrix({ title, axes, labels, counts }: MatrixDrawing): Promise<Drawing> {
  const size = labels.length;
  const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(LONGEST_SIDE / size)));
  const named = cell >= NAMED;
  const left = MARGIN + (named ? LABEL_WIDTH : 0);
  const width = Math.max(left + size * cell + MARGIN, 640);
  const inner = width - 2 * MARGIN;
  const heads = await Promise.all([paragraph(title, TITLE, inner, 2), paragraph(axes, SMALL, inner, 3)]);
  const top = MARGIN + heads.reduce((sum, { height }) => sum + height, 0) + (named ? NAMED + 8 : 16);
  const canvas = new Canvas(width, top + size * cell + MARGIN, PALETTE.paper);
  paintDown(canvas, heads);
  for (const [i, row] of counts.entries()) {
    const total = row.reduce((sum, count) => sum + count, 0);
    for (const [k, count] of row.entries()) {
      const colour = shade(total === 0 ? 0 : count / total);
      canvas.fill(left + k * cell, top + i * cell, cell - (cell > 6 ? 1 : 0), cell - (cell > 6 ? 1 : 0), colour);
      if (cell >= NUMBERED && count > 0) {
        const style = count / total > 0.6 ? LIGHT : DARK;
        const figure = await number(String(count), style, cell);
        figure.paint(canvas, left + k * cell, top + i * cell + (cell - figure.height) / 2);
      }
    }
  }
  if (named) {
    for (const [i, label] of labels.entries()) {
      const name = await paragraph(`${i + 1} ${label}`, SMALL, LABEL_WIDTH - 16, 1);
      name.paint(canvas, MARGIN, Math.round(top + i * cell + (cell - name.height) / 2));
      (await number(String(i + 1), SMALL, cell)).paint(canvas, left + i * cell, top - NAMED - 4);
    }
  }
  return encode(canvas, false);
}

function paintDown(canvas: Canvas, blocks: readonly Block[]): void {
  let top = MARGIN;
  for (const block of blocks) {
    block.paint(canvas, MARGIN, top);
    top += block.height;
  }
}
