import sharp from 'sharp';
import type { Grid } from '../../src/clip/explain/explanation.ts';

/** From nothing to the whole picture, some patches at a time. */
const STEPS = 16;

/** Of the blur that insertion begins with, as a share of the side: nothing is to be recognised. */
const BLUR = 0.1;

/** Pixels as an encoder receives them, RGB, and the patches that it cuts them into. */
export interface Patched {
  width: number;
  height: number;
  pixels: Uint8Array;
  patches: Grid;
}

/** Under the curves of each text that is scored. */
export interface Areas {
  insertion: number[];
  deletion: number[];
}

/**
 * What an order of patches gives: its areas under insertion and deletion.
 * @param score the scores of each frame, one for each text
 */
export async function areasOf(
  view: Patched,
  score: (frames: readonly Uint8Array[]) => Promise<number[][]>,
): Promise<(order: readonly number[]) => Promise<Areas>> {
  const { width, height, pixels } = view;
  const image = sharp(pixels, { raw: { width, height, channels: 3 } });
  const blurred = await image
    .clone()
    .blur(BLUR * Math.max(width, height))
    .raw()
    .toBuffer();
  const { channels } = await image.stats();
  const plain = Uint8Array.from(pixels, (_, i) => Math.round(channels[i % 3]?.mean ?? 0));
  return async (order) => {
    const insertion = await score(reveal(view, blurred, pixels, order));
    const deletion = await score(reveal(view, pixels, plain, order));
    return { insertion: areasUnder(insertion), deletion: areasUnder(deletion) };
  };
}

/** Frames from all of `below` to all of `above`, which takes its place in patches, in their order. */
function reveal(
  { width, height, patches }: Patched,
  below: Uint8Array,
  above: Uint8Array,
  order: readonly number[],
): Uint8Array[] {
  const frame = Uint8Array.from(below);
  const frames = [frame.slice()];
  for (let step = 1; step <= STEPS; step++) {
    const [from, to] = [step - 1, step].map((steps) => Math.round((steps / STEPS) * order.length));
    for (const patch of order.slice(from, to)) {
      const span = (index: number, count: number, length: number) =>
        [index, index + 1].map((edge) => Math.round((edge * length) / count));
      const [left = 0, right = 0] = span(patch % patches.columns, patches.columns, width);
      const [top = 0, bottom = 0] = span(Math.floor(patch / patches.columns), patches.rows, height);
      for (let y = top; y < bottom; y++) {
        const [start, end] = [3 * (y * width + left), 3 * (y * width + right)];
        frame.set(above.subarray(start, end), start);
      }
    }
    frames.push(frame.slice());
  }
  return frames;
}

/** The area under each text's curve over the share of patches, by the trapezoidal rule. */
function areasUnder(curve: readonly (readonly number[])[]): number[] {
  const steps = curve.length - 1;
  return (curve[0] ?? []).map((_, text) => {
    const values = curve.map((scores) => scores[text] ?? 0);
    const ends = ((values[0] ?? 0) + (values[steps] ?? 0)) / 2;
    return (values.reduce((sum, value) => sum + value, 0) - ends) / steps;
  });
}
