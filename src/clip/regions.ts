import type { Grid } from './explain/explanation.ts';
import { sample } from './views.ts';

/** A rectangle in pixels; the right and lower ends are not part of it. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A map made finer by bilinear interpolation, row by row. */
export function enlarge(map: readonly number[], grid: Grid, finer: Grid): number[] {
  return Array.from({ length: finer.rows * finer.columns }, (_, cell) => {
    const across = ((cell % finer.columns) + 0.5) / finer.columns;
    return sample(map, grid, across, (Math.floor(cell / finer.columns) + 0.5) / finer.rows);
  });
}

const BINS = 256;

/** The value that parts numbers into two classes whose means lie furthest apart (Otsu 1979). */
export function otsu(values: readonly number[]): number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const step = (most - least) / BINS;
  if (step === 0) return least;
  const bins = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - least) / step));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const total = bins.reduce((sum, count, bin) => sum + count * bin, 0);
  let [below, sumBelow, best, at] = [0, 0, -1, 0];
  for (const [bin, count] of bins.entries()) {
    below += count;
    sumBelow += count * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (between > best) [best, at] = [between, bin];
  }
  return least + (at + 1) * step;
}

/** Cells that touch by a side or a corner, and the box around them. */
export interface Region {
  box: Box;
  /** Their indices in the grid. */
  cells: number[];
}

/** The regions of the cells that are in. */
export function regions(isIn: readonly boolean[], { rows, columns }: Grid): Region[] {
  const seen = new Uint8Array(isIn.length);
  const found: Region[] = [];
  for (const [start, isInside] of isIn.entries()) {
    if (!isInside || seen[start]) continue;
    seen[start] = 1;
    const stack = [start];
    const cells: number[] = [];
    let [left, right, top, bottom] = [columns, 0, rows, 0];
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      const [x, y] = [cell % columns, Math.floor(cell / columns)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      cells.push(cell);
      for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column++) {
          const next = row * columns + column;
          if (!isIn[next] || seen[next]) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    found.push({ box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, cells });
  }
  return found;
}

/** Intersection over union. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}
