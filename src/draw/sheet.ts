import { type Block, paragraph, stack } from './block.ts';
import { Canvas } from './canvas.ts';
import { PALETTE } from './palette.ts';
import { type Drawing, encode } from './raster.ts';
import type { TextStyle } from './text.ts';
import { ownTurn } from './turns.ts';

/** As wide as every drawing, so that a phone shows its texts large enough. */
const WIDTH = 640;
const MARGIN = 24;
const GAP = 16;
const HEADING: TextStyle = { size: 31, bold: true, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };

/** What the blocks of a sheet have between its margins. */
export const SHEET_WIDTH = WIDTH - 2 * MARGIN;

/** A sheet of paper: a heading, what it says in blocks of `SHEET_WIDTH`, and small lines at its foot. */
export async function drawSheet(
  heading: string,
  blocks: readonly Block[],
  footer: readonly string[],
  lossy: boolean,
): Promise<Drawing> {
  const title = await paragraph(heading, HEADING, SHEET_WIDTH, 3);
  const lines = await Promise.all(footer.map((line) => paragraph(line, SMALL, SHEET_WIDTH, 4)));
  const content = stack([title, ...blocks, stack(lines, 4)], GAP);
  await ownTurn();
  const canvas = new Canvas(WIDTH, content.height + 2 * MARGIN, PALETTE.paper);
  content.paint(canvas, MARGIN, MARGIN);
  return encode(canvas, lossy);
}
