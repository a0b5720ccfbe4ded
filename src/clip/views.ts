import type { Picture } from '../image/picture.ts';
import type { Grid } from './explain/explanation.ts';

/** A rectangle of a picture that is explained by itself: all as shares of the picture's width and height. */
export interface View {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Up to here a picture is squeezed into a square at once: nobody sees the difference, and neither does an encoder. */
const NEARLY_SQUARE = 1.15;

/** Windows along the long side: of a longer strip each then shows more, squeezed. */
const MOST_ALONG = 7;

/** Grids of fewer patches a side, such as the 7 of patch 32, are made finer by windows of two thirds of the short side. */
const COARSE = 10;
const CLOSE = 2 / 3;

/** Cells of a map along the long side at most. */
const MOST_CELLS = 64;

/** Whether each of its views is more than twice as long as wide, and what is in it hardly known when it is squeezed. */
export function isStrip({ columns, rows }: Picture): boolean {
  return Math.max(columns, rows) > (MOST_ALONG + 1) * Math.min(columns, rows);
}

/** Views that together cover the whole picture and overlap by half or more; and the grid of the map they make up. */
export function planViews(picture: Picture, patches: Grid): { views: View[]; grid: Grid } {
  const { columns, rows } = picture;
  const [long, short] = [Math.max(columns, rows), Math.min(columns, rows)];
  const aspect = long / short;
  const across = columns >= rows;
  const side = Math.min(patches.rows, patches.columns);
  const isCoarse = side < COARSE;
  const views = (isCoarse ? [1, CLOSE] : [1]).flatMap((size) =>
    along(aspect, size).flatMap((span) =>
      along(1, size).map((other) => {
        const [x, y] = across ? [span, other] : [other, span];
        return { left: x.from, top: y.from, width: x.size, height: y.size };
      }),
    ),
  );
  const fine = isCoarse ? Math.ceil(side / CLOSE) : side;
  const cells = Math.min(MOST_CELLS, Math.max(fine, Math.round(fine * aspect)));
  return { views, grid: across ? { rows: fine, columns: cells } : { rows: cells, columns: fine } };
}

/** Spans of one side, as shares of it, for windows of `size` on a side of `length`, both in short sides. */
function along(length: number, size: number): { from: number; size: number }[] {
  if (length <= size * NEARLY_SQUARE) return [{ from: 0, size: 1 }];
  const steps = Math.ceil((length - size) / (size / 2) - 1e-9); // without the rest of a division in thirds
  const count = Math.min(MOST_ALONG, steps + 1);
  const window = Math.max(size, (2 * length) / (count + 1)) / length;
  return Array.from({ length: count }, (_, i) => ({ from: (i * (1 - window)) / (count - 1), size: window }));
}

/** The pixels of a view, one at least. */
export function cut(picture: Picture, view: View): Picture {
  const { channels, pixels } = picture;
  const left = Math.min(picture.columns - 1, Math.round(view.left * picture.columns));
  const top = Math.min(picture.rows - 1, Math.round(view.top * picture.rows));
  const columns = Math.max(1, Math.round((view.left + view.width) * picture.columns) - left);
  const rows = Math.max(1, Math.round((view.top + view.height) * picture.rows) - top);
  const own = new Uint8Array(rows * columns * channels);
  for (let row = 0; row < rows; row++) {
    const from = ((top + row) * picture.columns + left) * channels;
    own.set(pixels.subarray(from, from + columns * channels), row * columns * channels);
  }
  return { ...picture, columns, rows, pixels: own };
}

/**
 * One map of the whole picture from those of its views, row by row: at each cell the mean of the views that show it.
 * @param maps one for each view, `patches.rows * patches.columns`
 */
export function joinMaps(views: readonly View[], maps: readonly Float32Array[], patches: Grid, grid: Grid): number[] {
  return Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
    const x = ((cell % grid.columns) + 0.5) / grid.columns;
    const y = (Math.floor(cell / grid.columns) + 0.5) / grid.rows;
    let [sum, count] = [0, 0];
    for (const [i, view] of views.entries()) {
      const [across, down] = [(x - view.left) / view.width, (y - view.top) / view.height];
      if (across < 0 || across > 1 || down < 0 || down > 1) continue;
      sum += sample(maps[i] ?? new Float32Array(), patches, across, down);
      count += 1;
    }
    return sum / count;
  });
}

/** The bilinear value of a map at a place given in shares of its width and height. */
export function sample(map: ArrayLike<number>, { rows, columns }: Grid, across: number, down: number): number {
  const x = Math.min(Math.max(across * columns - 0.5, 0), columns - 1);
  const y = Math.min(Math.max(down * rows - 0.5, 0), rows - 1);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(left + 1, columns - 1), Math.min(top + 1, rows - 1)];
  const at = (row: number, column: number) => map[row * columns + column] ?? 0;
  const upper = at(top, left) * (1 - x + left) + at(top, right) * (x - left);
  const lower = at(bottom, left) * (1 - x + left) + at(bottom, right) * (x - left);
  return upper * (1 - y + top) + lower * (y - top);
}
