import { formatCosine, formatPercent } from './numbers.ts';
import { PALETTE } from './palette.ts';
import { type Block, paragraph, textEndingAt, translate } from './svg.ts';
import { fitText, type TextStyle } from './text.ts';

export interface Score {
  label: string;
  /** 0 to 1; the length of the bar. */
  probability: number;
  /** The cosine of image and text. */
  similarity: number;
}

export interface ColumnTitles {
  probability: string;
  similarity: string;
}

/** How a bar is told from the others: by weight of its texts and by fill, never by colour alone. */
type BarLook = 'best' | 'unsure' | 'rest';

const PLAIN: TextStyle = { size: 34, bold: false, fill: PALETTE.ink };
const BOLD: TextStyle = { size: 34, bold: true, fill: PALETTE.ink };
const MUTED: TextStyle = { size: 34, bold: false, fill: PALETTE.mutedInk };
const TITLE: TextStyle = { size: 30, bold: false, fill: PALETTE.mutedInk };

const PROBABILITY_WIDTH = 136;
const SIMILARITY_WIDTH = 116;
const GAP = 24;
const BAR = { top: 6, height: 14 };

/** A label (two lines at most), its cosine and its percentage above a bar on a track of `width` pixels. */
export async function drawBar(score: Score, look: BarLook, width: number): Promise<Block> {
  const style = look === 'rest' ? PLAIN : BOLD;
  const labelWidth = width - PROBABILITY_WIDTH - SIMILARITY_WIDTH - 2 * GAP;
  const label = await paragraph(score.label, style, labelWidth, 2);
  const track = rectangle(width, BAR.height, PALETTE.track);
  const svg = [
    label.svg,
    textEndingAt(width - PROBABILITY_WIDTH - GAP, formatCosine(score.similarity), MUTED),
    textEndingAt(width, formatPercent(score.probability), style),
    translate(track + bar(width * score.probability, look), 0, label.height + BAR.top),
  ];
  return { svg: svg.join(''), height: label.height + BAR.top + BAR.height };
}

/** The titles of the two columns of numbers, as a line above the bars. */
export async function drawColumnTitles({ probability, similarity }: ColumnTitles, width: number): Promise<Block> {
  const [first, second] = await Promise.all([
    fitText(similarity, TITLE, width - PROBABILITY_WIDTH - GAP, 1),
    fitText(probability, TITLE, PROBABILITY_WIDTH + GAP / 2, 1),
  ]);
  const svg = textEndingAt(width - PROBABILITY_WIDTH - GAP, first.lines.join(), TITLE);
  return { svg: svg + textEndingAt(width, second.lines.join(), TITLE), height: TITLE.size };
}

function bar(width: number, look: BarLook): string {
  const hatching = look === 'unsure' ? rectangle(Math.max(0, width - 4), BAR.height - 4, 'url(#hatching)') : '';
  return rectangle(width, BAR.height, look === 'rest' ? PALETTE.rest : PALETTE.best) + translate(hatching, 2, 2);
}

function rectangle(width: number, height: number, fill: string): string {
  return `<rect width="${width}" height="${height}" rx="4" fill="${fill}"/>`;
}

/** The hatching of a bar that is unsure, for the head of the SVG file. */
export const HATCHING =
  '<pattern id="hatching" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  `<rect width="5" height="10" fill="${PALETTE.paper}"/></pattern>`;
