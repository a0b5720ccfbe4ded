import type { Picture } from '../image/picture.ts';
import { classify } from './classify.ts';
import { type Detection, inPixels, suppress } from './detections.ts';
import type { Grid } from './explain/explanation.ts';
import type { ModelFacts } from './facts.ts';
import { type Box, enlarge, otsu, type Region, regions } from './regions.ts';
import { findByExplaining, type SaliencyAsked, SPREAD, squeeze } from './saliency.ts';
import { cut, type View } from './views.ts';

/** A label for every pixel of the upright original. */
export interface Segmentation {
  width: number;
  height: number;
  /** Row by row: the label's index + 1, or 0 for none. */
  values: Uint8Array;
}

/** Labels and words, each with its unit vector; `directions` are those of the labels, see `contrast`. */
export interface Wanted {
  labels: readonly string[];
  vectors: readonly Float32Array[];
  directions: readonly Float32Array[];
  background: readonly Float32Array[];
}

type Asked = SaliencyAsked & { info: Pick<ModelFacts, 'family' | 'logitScale' | 'logitBias'> };

/** How many times finer than the map's cells regions are told apart. */
const FINER = 4;

/**
 * What a map's peak must reach, in logits. Here the picture as a whole does not count, as it does for a map that is shown: each place is
 * looked at once more, alone, and labels that are merely like what is there would get boxes.
 */
const PEAK = 3.5;

/** What a cell must reach at least to be part of a label's place, in logits, wherever Otsu's threshold lies. */
const FLOOR = 1.5;

/** How far up from that threshold to a map's peak a region begins: what surrounds a thing still looks like it, by half. */
const HALFWAY = 0.5;

/** What is added around a region on each side for the crop that CLIP sees, as a share of its box. */
const CONTEXT = 0.1;

/** Crops that are scored, of all labels together: what an answer costs is bounded, and each of ten labels gets one. */
const LOOKS = 10;

/** A crop must be more like its label than like the other labels and an everyday word together. */
const LEAST_SCORE = 0.5;

/** A region of a label's map, and how well the model recognises the label there by itself. */
interface Place extends Region {
  label: number;
  score: number;
}

/**
 * Places of labels, each as the box around it. A score tells how much more the crop is like its label than like the other labels
 * and an everyday word.
 * @returns best first, at most `LOOKS`
 * @throws NotUnderstood where the graph of the model's file cannot explain
 */
export async function detect(picture: Picture, wanted: Wanted, asked: Asked): Promise<Detection[]> {
  const { grid, places } = await find(picture, wanted, asked);
  return suppress(
    places.map(({ label, score, box }) => {
      return { label: wanted.labels[label] ?? '', score, ...inPixels(inShares(box, grid), picture) };
    }),
  );
}

/**
 * The label of each pixel: of those that have a place there, the one whose map is strongest.
 * @throws NotUnderstood where the graph of the model's file cannot explain
 */
export async function segment(picture: Picture, wanted: Wanted, asked: Asked): Promise<Segmentation> {
  const { grid, maps, places } = await find(picture, wanted, asked);
  const best = new Uint8Array(grid.rows * grid.columns);
  const strength = (label: number, cell: number) => maps[label]?.[cell] ?? 0;
  for (const { label, cells } of places) {
    for (const cell of cells) {
      const other = best[cell] ?? 0;
      if (other === 0 || strength(label, cell) > strength(other - 1, cell)) best[cell] = label + 1;
    }
  }
  return { width: picture.width, height: picture.height, values: spread(best, grid, picture) };
}

/** The value of the cell in which each pixel lies. A row of cells is many rows of pixels: copying them is quick. */
function spread(cells: Uint8Array, grid: Grid, { width, height }: Pick<Picture, 'width' | 'height'>): Uint8Array {
  const values = new Uint8Array(width * height);
  const rowOf = (y: number) => Math.floor((y * grid.rows) / height);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    if (y > 0 && rowOf(y) === rowOf(y - 1)) {
      values.copyWithin(from, from - width, from);
      continue;
    }
    const row = rowOf(y) * grid.columns;
    for (let x = 0; x < width; x++) values[from + x] = cells[row + Math.floor((x * grid.columns) / width)] ?? 0;
  }
  return values;
}

/** Connected regions of the labels' dense maps in whose crops, each seen alone, the model recognises the label again. */
async function find(
  picture: Picture,
  wanted: Wanted,
  asked: Asked,
): Promise<{ grid: Grid; maps: number[][]; places: Place[] }> {
  const { encoder, readiness, info } = asked;
  const { grid, maps } = await strong(picture, wanted, asked);
  const looked = looks(maps, grid);
  const crops = looked.map(({ box }) => cut(picture, grow(inShares(box, grid), CONTEXT)));
  const images = await encoder.images(await Promise.all(crops.map((crop) => squeeze(crop, readiness.geometry))));
  const places = looked
    .map((look, i) => ({ ...look, score: scoreOf(look.label, images[i] ?? new Float32Array(), wanted, info) }))
    .filter(({ score }) => score >= LEAST_SCORE);
  return { grid, maps, places };
}

/**
 * Softmax over the labels and the everyday words, which count together as one: else "fruit" among them would take from "apple"
 * what is its own. Sigmoid of the label by itself where a model was trained so.
 */
function scoreOf(label: number, image: Float32Array, { vectors, background }: Wanted, info: Asked['info']): number {
  const words = [...vectors, ...background].map((vector, i) => ({ label: String(i), vector }));
  const probabilities = new Float64Array(words.length);
  for (const { label, probability } of classify(image, words, info)) probabilities[Number(label)] = probability;
  const own = probabilities[label] ?? 0;
  if (info.family === 'siglip') return own;
  const sum = (from: number, to: number) => probabilities.subarray(from, to).reduce((total, value) => total + value, 0);
  return own / (sum(0, vectors.length) + sum(vectors.length, words.length) / Math.max(1, background.length));
}

/** Where to look closely: the largest region of each label, then the second of each, and so on. */
function looks(maps: readonly number[][], grid: Grid): Omit<Place, 'score'>[] {
  return maps
    .flatMap((map, label) =>
      regions(
        map.map((value) => value > 0),
        grid,
      )
        .filter(({ cells }) => cells.length >= FINER * FINER)
        .sort((a, b) => b.cells.length - a.cells.length)
        .map((region, rank) => ({ ...region, label, rank })),
    )
    .sort((a, b) => a.rank - b.rank)
    .slice(0, LOOKS);
}

/** Dense maps in logits, made finer; 0 where a label is not to be seen clearly. */
async function strong(
  picture: Picture,
  { directions }: Wanted,
  asked: Asked,
): Promise<{ grid: Grid; maps: number[][] }> {
  const found = await findByExplaining(picture, directions, 'dense', asked);
  const grid = { rows: found.grid.rows * FINER, columns: found.grid.columns * FINER };
  const maps = found.maps.map(({ values }) => {
    const logits = values.map((value) => value * asked.info.logitScale);
    const map = enlarge(logits, found.grid, grid);
    const peak = Math.max(...logits);
    if (peak < PEAK || peak - Math.min(...logits) < SPREAD) return map.map(() => 0);
    const between = Math.max(otsu(map), FLOOR);
    const least = between + HALFWAY * (Math.max(...map) - between);
    return map.map((value) => (value >= least ? value : 0));
  });
  return { grid, maps };
}

function inShares({ x, y, width, height }: Box, { rows, columns }: Grid): Box {
  return { x: x / columns, y: y / rows, width: width / columns, height: height / rows };
}

/** A box in shares, larger by a share of itself on each side, and still inside the picture. */
function grow({ x, y, width, height }: Box, share: number): View {
  const [left, top] = [Math.max(0, x - share * width), Math.max(0, y - share * height)];
  const [right, bottom] = [Math.min(1, x + (1 + share) * width), Math.min(1, y + (1 + share) * height)];
  return { left, top, width: right - left, height: bottom - top };
}
