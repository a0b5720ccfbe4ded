import { type Block, lineEndingAt, numberEndingAt, overlay, paragraph, stack } from './block.ts';
import { number } from './cells.ts';
import { lineHeight } from './lettering.ts';
import { category, PALETTE } from './palette.ts';
import { disc, line, polygon, polyline, rasterise, whisker } from './plot.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import type { TextStyle } from './text.ts';

/** An effect with its interval, at one of the steps. */
interface TrendPoint {
  step: number;
  /** Which of the drawing's kinds it is of. */
  kind: number;
  value: number;
  low: number;
  high: number;
}

export interface TrendPanel {
  title: string;
  /** Flush right beside the title. */
  figures: string;
  /** By step. */
  points: readonly TrendPoint[];
}

export interface TrendDrawing {
  heading: string;
  /** What the upright axis has. */
  above: string;
  /** What can be compared: a line joins points of one kind only. At most `KINDS`. */
  kinds: readonly string[];
  panels: readonly TrendPanel[];
  /** What stands below the steps, from left to right: digits. */
  steps: readonly string[];
  /** What the lower axis has. */
  below: string;
  footer: readonly string[];
  /** How a height is written. */
  figure(value: number): string;
}

interface Mark {
  colour: string;
  draw(x: number, y: number, radius: number, colour: string): string;
}

/** Blue, vermilion, green and black of Okabe and Ito, which reach a contrast of 3 on paper, each with a shape of its own. */
const MARKS: readonly Mark[] = [
  { colour: category(4).colour, draw: disc },
  { colour: category(5).colour, draw: (x, y, radius, colour) => polygon(corners(x, y, radius, 4, 0.5), colour) },
  { colour: category(2).colour, draw: (x, y, radius, colour) => polygon(corners(x, y, radius, 3, 0), colour) },
  { colour: category(7).colour, draw: (x, y, radius, colour) => polygon(corners(x, y, radius, 4, 0), colour) },
];

/** How many kinds can be told apart. */
export const KINDS = MARKS.length;

const TITLE: TextStyle = { size: 24, bold: true, fill: PALETTE.ink };
const FIGURES: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const LEFT = 84;
/** So that what stands below the last step ends before the margin does. */
const RIGHT = 52;
const HEIGHT = 220;
const EDGE = 14;
const MARK = 10;
const MOST_TICKS = 4;
const MOST_LINES = 5;

/** Effects with their intervals over steps, a panel for each sort, all on one scale with a line at no effect. A PNG. */
export async function drawTrend(drawing: TrendDrawing): Promise<Drawing> {
  const { heading, above, kinds, panels, below, footer } = drawing;
  const scale = scaleOf(panels.flatMap(({ points }) => points));
  const [axis, legend, lower, ...plots] = await Promise.all([
    paragraph(above, SMALL, SHEET_WIDTH, 2),
    Promise.all(kinds.map(drawKind)),
    paragraph(below, SMALL, SHEET_WIDTH, 2),
    ...panels.map((panel) => drawPanel(panel, scale, drawing)),
  ]);
  return drawSheet(heading, [stack([...legend, axis], 6), ...plots, lower], footer, false);
}

async function drawKind(name: string, kind: number): Promise<Block> {
  const text = await paragraph(name, FIGURES, SHEET_WIDTH - 3 * MARK - 8, 2);
  const side = lineHeight(FIGURES);
  const mark = await rasterise([drawMark(kind, side / 2, side / 2, MARK)], side, side);
  return {
    height: text.height,
    paint(canvas, left, top) {
      canvas.paste(mark, left, top);
      text.paint(canvas, left + 3 * MARK + 8, top);
    },
  };
}

function drawMark(kind: number, x: number, y: number, radius: number): string {
  const mark = MARKS[kind];
  return mark ? mark.draw(x, y, radius, mark.colour) : '';
}

interface Scale {
  /** Values with a line, upwards. */
  lines: readonly number[];
  y(value: number): number;
}

/** From below the lowest interval to above the highest one and zero, with lines at values that are easily read. */
function scaleOf(points: readonly TrendPoint[]): Scale {
  const least = Math.min(0, ...points.map(({ low }) => low));
  const most = Math.max(0, ...points.map(({ high }) => high));
  const range = Math.max(0.1, most - least);
  const power = 10 ** Math.floor(Math.log10(range / MOST_LINES));
  const step = power * ([1, 2, 5].find((times) => range / (times * power) <= MOST_LINES - 1) ?? 10);
  const [from, to] = [Math.floor(least / step), Math.max(1, Math.ceil(most / step))];
  const lines = Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step);
  const y = (value: number) => Math.round(EDGE + ((to - value / step) / (to - from)) * (HEIGHT - 2 * EDGE));
  return { lines, y };
}

async function drawPanel({ title, figures, points }: TrendPanel, scale: Scale, all: TrendDrawing): Promise<Block> {
  const { steps, kinds, figure } = all;
  const { lines, y } = scale;
  const column = (SHEET_WIDTH - LEFT - RIGHT) / steps.length;
  const x = (step: number) => Math.round(LEFT + (step + 0.5) * column);
  const reach = Math.min(9, column / 3);
  const plot = await rasterise(
    [
      ...lines.map((value) => line(LEFT, y(value), SHEET_WIDTH, y(value), PALETTE.track, 2)),
      line(LEFT, y(0), SHEET_WIDTH, y(0), PALETTE.ink, 3),
      ...points.flatMap(({ step, low, high }) => whisker(x(step), y(low), y(high), reach)),
      ...kinds.map((_, kind) => {
        const own = points.filter((point) => point.kind === kind);
        const through = own.map(({ step, value }) => [x(step), y(value)] as const);
        return polyline(through, MARKS[kind]?.colour ?? PALETTE.ink, 4);
      }),
      ...points.map(({ step, kind, value }) => drawMark(kind, x(step), y(value), Math.min(MARK, column / 2))),
    ],
    SHEET_WIDTH,
    HEIGHT,
  );
  const every = Math.ceil(steps.length / MOST_TICKS);
  const shown = steps.map((_, step) => step).filter((step) => (steps.length - 1 - step) % every === 0);
  const room = 2 * (RIGHT + column);
  const [name, last, heights, ticks] = await Promise.all([
    paragraph(title, TITLE, SHEET_WIDTH / 2, 1),
    lineEndingAt(SHEET_WIDTH, figures, FIGURES, SHEET_WIDTH / 2 - 8),
    Promise.all(lines.map((value) => numberEndingAt(LEFT - 10, figure(value), SMALL))),
    Promise.all(shown.map((step) => number(steps[step] ?? '', SMALL, room))),
  ]);
  const below: Block = {
    height: HEIGHT + lineHeight(SMALL),
    paint(canvas, left, top) {
      canvas.paste(plot, left, top);
      for (const [i, label] of heights.entries())
        label.paint(canvas, left, Math.round(top + y(lines[i] ?? 0) - label.height / 2));
      for (const [i, tick] of ticks.entries())
        tick.paint(canvas, Math.round(left + x(shown[i] ?? 0) - room / 2), top + HEIGHT);
    },
  };
  return stack([overlay(name.height, name, last), below], 2);
}

/** The corners of a regular polygon, turned by a share of the angle between two of them. */
function corners(x: number, y: number, radius: number, count: number, turn: number): [x: number, y: number][] {
  // Larger than a disc, so that all marks look as heavy.
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i + turn)) / count - Math.PI / 2;
    return [x + 1.25 * radius * Math.cos(angle), y + 1.25 * radius * Math.sin(angle)];
  });
}
