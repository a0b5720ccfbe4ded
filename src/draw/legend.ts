import { type Block, numberEndingAt, paragraph, stack } from './block.ts';
import { number } from './cells.ts';
import { lineHeight } from './lettering.ts';
import { category, PALETTE } from './palette.ts';
import { SHEET_WIDTH } from './sheet.ts';
import type { TextStyle } from './text.ts';

/** What a number and its colour in a picture stand for. */
export interface LegendRow {
  /** Picks the colour. */
  kind: number;
  number: number;
  text: string;
  /** Flush right. */
  figure: string;
}

const SWATCH = 36;
const GAP = 12;
const FIGURE = 110;
const TEXT: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };

/** Numbers on their colours, each with its text and figure, below each other. */
export async function drawLegend(rows: readonly LegendRow[]): Promise<Block> {
  return stack(await Promise.all(rows.map(drawRow)), 6);
}

async function drawRow({ kind, number: n, text, figure }: LegendRow): Promise<Block> {
  const { colour, ink } = category(kind);
  const [mark, name, end] = await Promise.all([
    number(String(n), { ...TEXT, bold: true, fill: ink }, SWATCH),
    paragraph(text, TEXT, SHEET_WIDTH - SWATCH - GAP - FIGURE, 2),
    numberEndingAt(SHEET_WIDTH, figure, TEXT),
  ]);
  return {
    height: name.height,
    paint(canvas, left, top) {
      canvas.fill(left, top, SWATCH, lineHeight(TEXT), colour);
      mark.paint(canvas, left, top);
      name.paint(canvas, left + SWATCH + GAP, top);
      end.paint(canvas, left, top);
    },
  };
}
