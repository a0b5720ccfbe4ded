import { type Block, lineEndingAt, numberEndingAt, overlay, paragraph } from './block.ts';
import type { Canvas } from './canvas.ts';
import { formatCosine, formatPercent } from './numbers.ts';
import { PALETTE } from './palette.ts';
import type { TextStyle } from './text.ts';

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

const PLAIN: TextStyle = { size: 24, bold: false, fill: PALETTE.ink };
const BOLD: TextStyle = { size: 24, bold: true, fill: PALETTE.ink };
const MUTED: TextStyle = { size: 24, bold: false, fill: PALETTE.mutedInk };
const TITLE: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };

const PROBABILITY_WIDTH = 98;
const SIMILARITY_WIDTH = 84;
const GAP = 16;
const BAR = { top: 4, height: 10 };
/** Slanted stripes of paper inside an edge of colour. */
const HATCH = { edge: 2, period: 12, stripe: 5 };

/** A label (two lines at most), its cosine and its percentage above a bar on a track of `width` pixels. */
export async function drawBar(score: Score, look: BarLook, width: number): Promise<Block> {
  const style = look === 'rest' ? PLAIN : BOLD;
  const [label, similarity, probability] = await Promise.all([
    paragraph(score.label, style, width - PROBABILITY_WIDTH - SIMILARITY_WIDTH - 2 * GAP, 2),
    numberEndingAt(width - PROBABILITY_WIDTH - GAP, formatCosine(score.similarity), MUTED),
    numberEndingAt(width, formatPercent(score.probability), style),
  ]);
  const bar: Block = {
    height: BAR.height,
    paint(canvas, left, top) {
      const y = top + label.height + BAR.top;
      canvas.fill(left, y, width, BAR.height, PALETTE.track);
      paintBar(canvas, left, y, Math.round(width * score.probability), look);
    },
  };
  return overlay(label.height + BAR.top + BAR.height, label, similarity, probability, bar);
}

/** The titles of the two columns of numbers, as a line above the bars. */
export async function drawColumnTitles({ probability, similarity }: ColumnTitles, width: number): Promise<Block> {
  const similarityEnd = width - PROBABILITY_WIDTH - GAP;
  const titles = await Promise.all([
    lineEndingAt(similarityEnd, similarity, TITLE, similarityEnd),
    lineEndingAt(width, probability, TITLE, PROBABILITY_WIDTH + GAP / 2),
  ]);
  return overlay(TITLE.size, ...titles);
}

function paintBar(canvas: Canvas, left: number, top: number, width: number, look: BarLook): void {
  canvas.fill(left, top, width, BAR.height, look === 'rest' ? PALETTE.rest : PALETTE.best);
  if (look !== 'unsure') return;
  for (let y = HATCH.edge; y < BAR.height - HATCH.edge; y++) {
    for (let x = HATCH.edge + ((BAR.height - y) % HATCH.period); x < width - HATCH.edge; x += HATCH.period) {
      canvas.fill(left + x, top + y, Math.min(HATCH.stripe, width - HATCH.edge - x), 1, PALETTE.paper);
    }
  }
}
