import { type ColumnTitles, drawBar, drawColumnTitles, type Score } from './bars.ts';
import { type Block, paragraph, stack } from './block.ts';
import { Canvas } from './canvas.ts';
import { PALETTE } from './palette.ts';
import type { TextStyle } from './text.ts';
import { ownTurn } from './turns.ts';

export interface PanelContent {
  /** Best first; all are drawn. */
  scores: readonly Score[];
  /** The answer in words, such as `dog` or `Unsure: dog or cat?`. */
  heading: string;
  /** Hatches the best bar. */
  unsure: boolean;
  /** Say above the two columns of numbers what they are. */
  columnTitles?: ColumnTitles;
  /** Stands below the bars, such as `+ 12 more labels`. */
  note?: string;
  /** Short lines: the model, the template, what the numbers are relative to. */
  footer: readonly string[];
}

const HEADING: TextStyle = { size: 31, bold: true, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const MARGIN = 24;
const GAP = 14;
const FOOTER_GAP = 22;

/** Draws heading, bars and footer from top to bottom, on paper of at least `minHeight`, the footer at its end. */
export async function drawPanel(content: PanelContent, width: number, minHeight: number): Promise<Canvas> {
  const { scores, heading, unsure, columnTitles, note, footer } = content;
  const inner = width - 2 * MARGIN;
  const body = await Promise.all([
    paragraph(heading, HEADING, inner, 3),
    ...(columnTitles ? [drawColumnTitles(columnTitles, inner)] : []),
    ...scores.map((score, rank) => drawBar(score, rank > 0 ? 'rest' : unsure ? 'unsure' : 'best', inner)),
    ...(note === undefined ? [] : [paragraph(note, SMALL, inner, 2)]),
  ]);
  const lines = await Promise.all(footer.map((line) => paragraph(line, SMALL, inner, 2)));
  const upper = stack(body, GAP);
  const lower = stack([rule(inner), ...lines], 4);
  const height = Math.max(minHeight, MARGIN + upper.height + FOOTER_GAP + lower.height + MARGIN);
  // What was kept comes without a wait: a batch of panels must not hold the main thread in one turn.
  await ownTurn();
  const canvas = new Canvas(width, height, PALETTE.paper);
  upper.paint(canvas, MARGIN, MARGIN);
  lower.paint(canvas, MARGIN, height - MARGIN - lower.height);
  return canvas;
}

function rule(width: number): Block {
  return { height: 10, paint: (canvas, left, top) => canvas.fill(left, top, width, 2, PALETTE.track) };
}
