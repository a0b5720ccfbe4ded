import { type Block, numberEndingAt, paragraph, stack } from './block.ts';
import { number } from './cells.ts';
import { lineHeight } from './lettering.ts';
import { PALETTE } from './palette.ts';
import { disc, line, polygon, polyline, rasterise, whisker } from './plot.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import type { TextStyle } from './text.ts';

interface Point {
  /** Stands below it: digits. */
  tick: string;
  /** Between 0 and 1, with its interval. */
  value: number;
  low: number;
  high: number;
}

export interface LineChart {
  heading: string;
  /** What the upright axis has. */
  above: string;
  /** Drawn as a star at the left, with a dashed line at its height. */
  star: Point;
  /** From left to right, at even distances: a logarithmic axis where ticks double. */
  points: readonly Point[];
  /** What the lower axis has. */
  below: string;
  footer: readonly string[];
}

const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
const VALUE: TextStyle = { size: 20, bold: true, fill: PALETTE.ink };
const LEFT = 76;
const HEIGHT = 380;
/** Room above and below the lines of the grid, for figures at the edge. */
const EDGE = 34;
const STEP = 0.1;

/** Draws shares over a few steps, with intervals, a line through them, and a star for what there is without any. A PNG. */
export async function drawLineChart({ heading, above, star, points, below, footer }: LineChart): Promise<Drawing> {
  const [title, axis] = await Promise.all([
    paragraph(above, SMALL, SHEET_WIDTH, 2),
    paragraph(below, SMALL, SHEET_WIDTH, 2),
  ]);
  const plot = await drawPlot(star, points);
  return drawSheet(heading, [stack([title, plot, axis], 4)], footer, false);
}

async function drawPlot(star: Point, points: readonly Point[]): Promise<Block> {
  const all = [star, ...points];
  // Down to a tenth below the lowest, so that differences can be seen; and the axis says where it begins.
  const floor = Math.max(0, Math.floor((Math.min(...all.map(({ low }) => low)) - 0.02) / STEP) * STEP);
  const column = (SHEET_WIDTH - LEFT) / all.length;
  const x = (i: number) => Math.round(LEFT + (i + 0.5) * column);
  const y = (value: number) => Math.round(HEIGHT - EDGE - ((value - floor) / (1 - floor)) * (HEIGHT - 2 * EDGE));
  const every = 1 - floor > 0.55 ? 2 : 1;
  const lines = Array.from({ length: Math.round((1 - floor) / STEP) + 1 }, (_, i) => 1 - i * STEP).filter(
    (_, i) => i % every === 0,
  );
  const shapes = [
    ...lines.map((value) => line(LEFT, y(value), SHEET_WIDTH, y(value), PALETTE.track, 2)),
    line(LEFT, y(star.value), SHEET_WIDTH, y(star.value), PALETTE.rest, 3, '10 8'),
    ...all.flatMap(({ low, high }, i) => whisker(x(i), y(low), y(high), 9)),
    polyline(
      points.map(({ value }, i) => [x(i + 1), y(value)]),
      PALETTE.best,
      5,
    ),
    ...points.map(({ value }, i) => disc(x(i + 1), y(value), 9, PALETTE.best)),
    polygon(starAt(x(0), y(star.value), 19), PALETTE.ink),
  ];
  const plot = await rasterise(shapes, SHEET_WIDTH, HEIGHT);
  const heights = await Promise.all(
    lines.map((value) => numberEndingAt(LEFT - 10, `${Math.round(100 * value)} %`, SMALL)),
  );
  const ticks = await Promise.all(all.map(({ tick }) => number(tick, SMALL, column)));
  const values = await Promise.all(all.map(({ value }) => number((100 * value).toFixed(1), VALUE, column)));
  const tickHeight = lineHeight(SMALL);
  return {
    height: HEIGHT + tickHeight,
    paint(canvas, left, top) {
      canvas.paste(plot, left, top);
      for (const [i, label] of heights.entries())
        label.paint(canvas, left, Math.round(top + y(lines[i] ?? 0) - tickHeight / 2));
      for (const [i, { value, low, high }] of all.entries()) {
        const at = left + Math.round(LEFT + i * column);
        const room = Math.min(y(high) - 4, y(value) - 12) - lineHeight(VALUE);
        values[i]?.paint(canvas, at, top + (room > 0 ? room : y(low) + 8));
        ticks[i]?.paint(canvas, at, top + HEIGHT);
      }
    },
  };
}

/** The corners of a star with five points. */
function starAt(x: number, y: number, radius: number): [x: number, y: number][] {
  return Array.from({ length: 10 }, (_, i) => {
    const reach = i % 2 === 0 ? radius : radius * 0.42;
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
}
