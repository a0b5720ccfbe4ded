import type { Grid } from './explain/explanation.ts';
import { dot } from './vectors.ts';

/** Places of the square down and across, and its side in places. */
const PLACES = 7;
const SQUARE = 2;

export const OCCLUSION_GRID: Grid = { rows: PLACES, columns: PLACES };

/**
 * Covers one part of an image after the other with its mean colour, and asks what is lost (Zeiler and Fergus 2014, section
 * 4.2): slow, but it looks into no model, so it works on every one and checks what other methods claim.
 * @param pixels RGB, `height * width * 3`
 * @param embed gives the unit vector of such pixels
 * @returns for each direction its product with the image's vector, and what that loses at each place, row by row
 */
export async function occlude(
  pixels: Uint8Array,
  size: { width: number; height: number },
  directions: readonly Float32Array[],
  embed: (pixels: Uint8Array) => Promise<Float32Array>,
): Promise<{ whole: number; values: number[] }[]> {
  const colour = meanColour(pixels);
  const covered = Array.from({ length: PLACES ** 2 }, (_, i) => cover(pixels, size, i, colour));
  const [image, ...parts] = await Promise.all([pixels, ...covered].map(embed));
  return directions.map((direction) => {
    const whole = dot(image ?? new Float32Array(), direction);
    return { whole, values: parts.map((part) => whole - dot(part, direction)) };
  });
}

function meanColour(pixels: Uint8Array): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i += 3) {
    sums[0] += pixels[i] ?? 0;
    sums[1] += pixels[i + 1] ?? 0;
    sums[2] += pixels[i + 2] ?? 0;
  }
  const [red, green, blue] = sums.map((sum) => Math.round((3 * sum) / pixels.length));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** A copy with a square of `colour` around the middle of a place. */
function cover(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
  place: number,
  colour: number[],
) {
  const copy = Uint8Array.from(pixels);
  const span = (index: number, length: number): [from: number, to: number] => {
    const middle = ((index + 0.5) * length) / PLACES;
    const half = (SQUARE * length) / PLACES / 2;
    return [Math.max(0, Math.round(middle - half)), Math.min(length, Math.round(middle + half))];
  };
  const [left, right] = span(place % PLACES, width);
  const [top, bottom] = span(Math.floor(place / PLACES), height);
  const row = Uint8Array.from({ length: 3 * (right - left) }, (_, i) => colour[i % 3] ?? 0);
  for (let y = top; y < bottom; y++) copy.set(row, 3 * (y * width + left));
  return copy;
}
