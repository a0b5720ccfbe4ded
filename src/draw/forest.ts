import { type Block, lineEndingAt, overlay, paragraph, stack } from './block.ts';
import { PALETTE } from './palette.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import type { TextStyle } from './text.ts';

/** An effect with its interval. */
export interface ForestRow {
  label: string;
  /** The figures, in words. */
  figures: string;
  /** What else there is to say of it, below its label. */
  detail: string;
  value: number;
  low: number;
  high: number;
  /** Whether this is what the drawing is about; other rows are lighter. */
  isMain: boolean;
}

export interface ForestDrawing {
  heading: string;
  sections: readonly { title: string; rows: readonly ForestRow[]; notes: readonly string[] }[];
  /** What is compared with what. */
  compared: readonly string[];
  /** What lies to the left and to the right of no effect. */
  sides: readonly [left: string, right: string];
  footer: readonly string[];
}

const TITLE: TextStyle = { size: 26, bold: true, fill: PALETTE.ink };
const MAIN: TextStyle = { size: 22, bold: true, fill: PALETTE.ink };
const PLAIN: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const FIGURES_WIDTH = 220;
const LANE = 24;
const DOT = { main: 14, rest: 10 };
const LINE = { main: 5, rest: 3 };

/**
 * Effects with their intervals on one scale, sections below each other, with a line at no effect: a forest plot. A main row
 * is told by weight as well as by colour.
 */
export async function drawForest({ heading, compared, sections, sides, footer }: ForestDrawing): Promise<Drawing> {
  const rows = sections.flatMap((section) => section.rows);
  const reach = Math.max(0.01, ...rows.flatMap(({ value, low, high }) => [value, low, high].map(Math.abs)));
  const blocks = await Promise.all(
    sections.map(async ({ title, rows, notes }) =>
      stack(
        await Promise.all([
          paragraph(title, TITLE, SHEET_WIDTH, 2),
          ...rows.map((row) => drawRow(row, reach)),
          ...notes.map((note) => paragraph(note, SMALL, SHEET_WIDTH, 3)),
        ]),
        8,
      ),
    ),
  );
  const lines = await Promise.all(compared.map((line) => paragraph(line, SMALL, SHEET_WIDTH, 2)));
  return drawSheet(heading, [stack([...lines, await drawSides(sides)], 4), ...blocks], footer, false);
}

async function drawRow({ label, figures, detail, value, low, high, isMain }: ForestRow, reach: number): Promise<Block> {
  const style = isMain ? MAIN : PLAIN;
  const [name, numbers, more] = await Promise.all([
    paragraph(label, style, SHEET_WIDTH - FIGURES_WIDTH, 2),
    lineEndingAt(SHEET_WIDTH, figures, PLAIN, FIGURES_WIDTH),
    ...(detail === '' ? [] : [paragraph(detail, SMALL, SHEET_WIDTH, 3)]),
  ]);
  const at = (effect: number) => Math.round(SHEET_WIDTH / 2 + (effect / reach) * (SHEET_WIDTH / 2 - DOT.main));
  const colour = isMain ? PALETTE.best : PALETTE.rest;
  const [dot, line] = isMain ? [DOT.main, LINE.main] : [DOT.rest, LINE.rest];
  const lane: Block = {
    height: LANE,
    paint(canvas, left, top) {
      const middle = top + LANE / 2;
      canvas.fill(left, middle, SHEET_WIDTH, 1, PALETTE.track);
      canvas.fill(left + SHEET_WIDTH / 2 - 1, top, 2, LANE, PALETTE.ink);
      canvas.fill(left + at(low), middle - (line >> 1), Math.max(1, at(high) - at(low)), line, colour);
      for (const end of [low, high]) canvas.fill(left + at(end) - 1, middle - dot / 2, 2, dot, colour);
      canvas.fill(left + at(value) - dot / 2, middle - dot / 2, dot, dot, colour);
    },
  };
  return stack([overlay(name.height, name, numbers), ...(more ? [more] : []), lane], 2);
}

async function drawSides([left, right]: ForestDrawing['sides']): Promise<Block> {
  const half = SHEET_WIDTH / 2 - 8;
  const [one, other] = await Promise.all([
    paragraph(left, SMALL, half, 1),
    lineEndingAt(SHEET_WIDTH, right, SMALL, half),
  ]);
  return overlay(one.height, one, other);
}
