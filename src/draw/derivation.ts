import type { Score } from './bars.ts';
import { type Block, numberEndingAt, overlay, paragraph, stack } from './block.ts';
import type { Canvas } from './canvas.ts';
import { formatCosine, formatPercent } from './numbers.ts';
import { PALETTE } from './palette.ts';
import type { Drawing, Raster } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import { scaleUp } from './stage.ts';
import type { TextStyle } from './text.ts';

interface Step {
  title: string;
  text: string;
}

export interface DerivationDrawing {
  heading: string;
  steps: { image: Step; texts: Step; cosines: Step; probabilities: Step };
  /** The pixels that the encoder receives, and its patches. */
  input: Raster;
  patches: { rows: number; columns: number } | undefined;
  /** As they were written. */
  sentences: readonly string[];
  /** Best first; all are drawn. */
  scores: readonly Score[];
  /** What was left out, if anything: of the sentences, and of the scores. */
  moreSentences: string | undefined;
  more: string | undefined;
  footer: readonly string[];
  lossy: boolean;
}

const TITLE: TextStyle = { size: 26, bold: true, fill: PALETTE.best };
const TEXT: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const NAME: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };
const BEST: TextStyle = { size: 22, bold: true, fill: PALETTE.ink };
const NUMBER_WIDTH = 110;
const BAR = 10;
const INDENT = 16;
/** The longest side at which the input is shown. */
const SHOWN = 448;

/** Four steps below each other: pixels under the grid of their patches, sentences, cosines and probabilities as bars. */
export async function drawDerivation(drawing: DerivationDrawing): Promise<Drawing> {
  const { steps, sentences, moreSentences, scores, more } = drawing;
  const [restOfSentences, rest] = await Promise.all([drawMore(moreSentences), drawMore(more)]);
  const blocks = await Promise.all([
    drawStep(steps.image, [await drawInput(drawing)]),
    drawStep(steps.texts, [...(await Promise.all(sentences.map(drawSentence))), ...restOfSentences]),
    drawStep(steps.cosines, [...(await drawCosines(scores)), ...rest]),
    drawStep(steps.probabilities, [...(await drawProbabilities(scores)), ...rest]),
  ]);
  return drawSheet(drawing.heading, blocks, drawing.footer, drawing.lossy);
}

async function drawMore(more: string | undefined): Promise<Block[]> {
  return more === undefined ? [] : [await paragraph(more, SMALL, SHEET_WIDTH, 1)];
}

async function drawStep({ title, text }: Step, content: readonly Block[]): Promise<Block> {
  const [head, words] = await Promise.all([
    paragraph(title, TITLE, SHEET_WIDTH, 2),
    paragraph(text, TEXT, SHEET_WIDTH, 6),
  ]);
  return stack([head, words, ...content], 8);
}

/** Each pixel of the input as a square, so that nothing is smoothed over; between the patches a line. */
async function drawInput({ input, patches }: DerivationDrawing): Promise<Block> {
  const factor = Math.max(1, Math.floor(SHOWN / Math.max(input.width, input.height)));
  const image = await scaleUp(input, factor);
  return {
    height: image.height,
    paint(canvas, left, top) {
      canvas.paste(image, left, top);
      if (patches) grid(canvas, left, top, image, patches);
    },
  };
}

function grid(
  canvas: Canvas,
  left: number,
  top: number,
  { width, height }: Raster,
  { rows, columns }: { rows: number; columns: number },
): void {
  for (let k = 1; k < columns; k++) line(canvas, left + Math.round((k * width) / columns), top, 1, height);
  for (let i = 1; i < rows; i++) line(canvas, left, top + Math.round((i * height) / rows), width, 1);
}

/** Dark and light side by side, so that it is seen on any picture. */
function line(canvas: Canvas, left: number, top: number, width: number, height: number): void {
  canvas.fill(left, top, width, height, PALETTE.paper);
  canvas.fill(left - (width === 1 ? 1 : 0), top - (height === 1 ? 1 : 0), width, height, PALETTE.ink);
}

async function drawSentence(sentence: string): Promise<Block> {
  const block = await paragraph(`“${sentence}”`, NAME, SHEET_WIDTH - INDENT, 2);
  return {
    height: block.height,
    paint(canvas, left, top) {
      canvas.fill(left, top + 2, 4, block.height - 4, PALETTE.rest);
      block.paint(canvas, left + INDENT, top);
    },
  };
}

/** On a line from the least of -0.1 and all to the most of 0.5 and all, with zero marked: cosines of CLIP are small. */
function drawCosines(scores: readonly Score[]): Promise<Block[]> {
  const values = scores.map(({ similarity }) => similarity);
  const [least, most] = [Math.min(-0.1, ...values), Math.max(0.5, ...values)];
  const at = (value: number) => Math.round(((value - least) / (most - least)) * SHEET_WIDTH);
  return Promise.all(
    scores.map(({ label, similarity }, rank) =>
      drawBar(label, formatCosine(similarity), rank, (canvas, left, top, colour) => {
        const [from, to] = [at(Math.min(0, similarity)), at(Math.max(0, similarity))];
        canvas.fill(left + from, top, to - from, BAR, colour);
        canvas.fill(left + at(0) - 1, top - 3, 2, BAR + 6, PALETTE.ink);
      }),
    ),
  );
}

function drawProbabilities(scores: readonly Score[]): Promise<Block[]> {
  return Promise.all(
    scores.map(({ label, probability }, rank) =>
      drawBar(label, formatPercent(probability), rank, (canvas, left, top, colour) =>
        canvas.fill(left, top, Math.round(probability * SHEET_WIDTH), BAR, colour),
      ),
    ),
  );
}

async function drawBar(
  label: string,
  figure: string,
  rank: number,
  fill: (canvas: Canvas, left: number, top: number, colour: string) => void,
): Promise<Block> {
  const style = rank === 0 ? BEST : NAME;
  const [name, value] = await Promise.all([
    paragraph(label, style, SHEET_WIDTH - NUMBER_WIDTH, 1),
    numberEndingAt(SHEET_WIDTH, figure, style),
  ]);
  const bar: Block = {
    height: BAR,
    paint(canvas, left, top) {
      canvas.fill(left, top, SHEET_WIDTH, BAR, PALETTE.track);
      fill(canvas, left, top, rank === 0 ? PALETTE.best : PALETTE.rest);
    },
  };
  return stack([overlay(name.height, name, value), bar], 4);
}
