import { type Block, lineEndingAt, overlay, paragraph, stack } from './block.ts';
import type { Mask } from './canvas.ts';
import { number } from './cells.ts';
import { PALETTE } from './palette.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import type { TextStyle } from './text.ts';

/** A row of values between 0 and 1, one for each variant. */
interface DotRow {
  label: string;
  /** Its least and its most, in words. */
  range: string;
  dots: readonly { value: number; isBest: boolean }[];
}

export interface DotsDrawing {
  heading: string;
  /** By the numbers on the dots. */
  variants: readonly string[];
  rows: readonly DotRow[];
  /** Says what a filled dot and the grey band are. */
  key: string;
  footer: readonly string[];
  lossy: boolean;
}

const NAME: TextStyle = { size: 24, bold: true, fill: PALETTE.ink };
const RANGE: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const ON_PAPER: TextStyle = { size: 18, bold: true, fill: PALETTE.ink };
const ON_INK: TextStyle = { size: 18, bold: true, fill: PALETTE.paper };
const RANGE_WIDTH = 220;
const DISC = 28;
const LANE = 30;

/**
 * A dot for each variant of each row, in a lane of its own on a line from 0 to 1, over a band from the least to the most.
 * Dots carry the number of their variant; filled ones are the best of theirs. No colour is needed to read it.
 */
export async function drawDots({ heading, variants, rows, key, footer, lossy }: DotsDrawing): Promise<Drawing> {
  const names = await Promise.all(variants.map((name, i) => paragraph(`${i + 1} ${name}`, SMALL, SHEET_WIDTH, 2)));
  const blocks = await Promise.all(rows.map(drawRow));
  const meaning = await paragraph(key, SMALL, SHEET_WIDTH, 4);
  return drawSheet(heading, [...blocks, await drawAxis(), stack(names, 4), meaning], footer, lossy);
}

async function drawRow({ label, range, dots }: DotRow): Promise<Block> {
  const [name, figures] = await Promise.all([
    paragraph(label, NAME, SHEET_WIDTH - RANGE_WIDTH, 2),
    lineEndingAt(SHEET_WIDTH, range, RANGE, RANGE_WIDTH),
  ]);
  const numbers = await Promise.all(
    dots.map(({ isBest }, i) => number(String(i + 1), isBest ? ON_INK : ON_PAPER, DISC)),
  );
  const at = (value: number) => Math.round(value * (SHEET_WIDTH - DISC));
  const values = dots.map(({ value }) => value);
  const [from, to] = [at(Math.min(...values)), at(Math.max(...values)) + DISC];
  const lanes: Block = {
    height: dots.length * LANE,
    paint(canvas, left, top) {
      canvas.fill(left + from, top, to - from, dots.length * LANE, PALETTE.stage);
      dots.forEach(({ value, isBest }, i) => {
        const middle = top + i * LANE + LANE / 2;
        canvas.fill(left, middle, SHEET_WIDTH, 1, PALETTE.track);
        const x = left + at(value);
        const y = middle - DISC / 2;
        canvas.stamp(OUTER, x, y, PALETTE.ink);
        if (!isBest) canvas.stamp(INNER, x + RIM, y + RIM, PALETTE.paper);
        const figure = numbers[i];
        figure?.paint(canvas, x, Math.round(middle - figure.height / 2));
      });
    },
  };
  return stack([overlay(name.height, name, figures), lanes], 4);
}

async function drawAxis(): Promise<Block> {
  const [none, all] = await Promise.all([
    paragraph('0 %', SMALL, SHEET_WIDTH / 2, 1),
    lineEndingAt(SHEET_WIDTH, '100 %', SMALL, SHEET_WIDTH / 2),
  ]);
  return overlay(none.height, none, all);
}

/** A disc with soft edges. */
function disc(diameter: number): Mask {
  const coverage = new Uint8Array(diameter * diameter);
  const centre = (diameter - 1) / 2;
  for (let y = 0; y < diameter; y++) {
    for (let x = 0; x < diameter; x++) {
      const inside = diameter / 2 - Math.hypot(x - centre, y - centre);
      coverage[y * diameter + x] = Math.round(255 * Math.max(0, Math.min(1, inside + 0.5)));
    }
  }
  return { width: diameter, height: diameter, coverage };
}

const RIM = 2;
const OUTER = disc(DISC);
const INNER = disc(DISC - 2 * RIM);
