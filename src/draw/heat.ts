import { HEAT_COLOURS } from './heat-colours.ts';
import type { Raster } from './raster.ts';

/** Values of a picture's cells, row by row. */
export interface HeatMap {
  rows: number;
  columns: number;
  values: readonly number[];
}

/** How thick the strongest colour is, and how the rest thins out: faint values leave the picture visible. */
const THICKEST = 0.8;
const THINNING = 1.3;
/** Of a picture's colour and light, what is kept where the map is empty. */
const KEPT = { colour: 0.25, light: 0.8 };
/** The share of the strongest value along which a line is drawn, for readers in grey. */
const CONTOUR = 0.5;

/**
 * Lays a map over a picture: the stronger a value, the thicker its colour; what is around loses its own.
 * @param strongest the value of the full colour; 0 and below is none
 */
export function overlayHeat(picture: Raster, map: HeatMap, strongest: number): Raster {
  const { width, height, pixels } = picture;
  const shares = sharesOf(map, strongest, width, height);
  const out = new Uint8Array(pixels.length);
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] ?? 0;
    const [red, green, blue] = [pixels[3 * i] ?? 0, pixels[3 * i + 1] ?? 0, pixels[3 * i + 2] ?? 0];
    const grey = KEPT.light * (0.2126 * red + 0.7152 * green + 0.0722 * blue);
    const kept = KEPT.colour + (1 - KEPT.colour) * share;
    const thick = THICKEST * share ** THINNING;
    const colour = 3 * Math.round(255 * share);
    for (const [channel, byte] of [red, green, blue].entries()) {
      const below = grey + kept * (KEPT.light * byte - grey);
      out[3 * i + channel] = below + thick * ((HEAT_COLOURS[colour + channel] ?? 0) - below);
    }
  }
  drawContour(out, shares, width);
  return { width, height, pixels: out };
}

/** For each pixel the value there as a share of the strongest, 0 to 1: bilinear between the middles of cells. */
export function sharesOf(
  { rows, columns, values }: HeatMap,
  strongest: number,
  width: number,
  height: number,
): Float32Array {
  const at = (row: number, column: number) => values[row * columns + column] ?? 0;
  const place = (pixel: number, length: number, cells: number) => {
    const position = Math.min(Math.max(((pixel + 0.5) * cells) / length - 0.5, 0), cells - 1);
    const before = Math.floor(position);
    return { before, after: Math.min(before + 1, cells - 1), share: position - before };
  };
  const across = Array.from({ length: width }, (_, x) => place(x, width, columns));
  const shares = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const down = place(y, height, rows);
    for (const [x, { before, after, share }] of across.entries()) {
      const upper = at(down.before, before) * (1 - share) + at(down.before, after) * share;
      const lower = at(down.after, before) * (1 - share) + at(down.after, after) * share;
      const value = upper * (1 - down.share) + lower * down.share;
      shares[y * width + x] = Math.min(1, Math.max(0, value / strongest));
    }
  }
  return shares;
}

/** A white line with a dark edge, which stands out on anything. */
function drawContour(pixels: Uint8Array, shares: Float32Array, width: number): void {
  const isInside = (i: number) => (shares[i] ?? 0) >= CONTOUR;
  const line: number[] = [];
  for (let i = 0; i < shares.length; i++) {
    const ends = (i + 1) % width === 0 ? false : isInside(i) !== isInside(i + 1);
    if (ends || (i + width < shares.length && isInside(i) !== isInside(i + width))) line.push(i);
  }
  for (const i of line) {
    const x = i % width;
    const beside = [x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i >= width ? i - width : i, i + width];
    for (const side of beside) pixels.fill(20, 3 * side, 3 * side + 3);
  }
  for (const i of line) pixels.fill(255, 3 * i, 3 * i + 3);
}
