import type { Picture } from '../image/picture.ts';
import { classify } from './classify.ts';
import type { Grid } from './explain/explanation.ts';
import type { ModelFacts } from './facts.ts';
import { type Box, enlarge, otsu, overlap, regions } from './regions.ts';
import { findByExplaining, type SaliencyAsked, squeeze } from './saliency.ts';
import { cut } from './views.ts';

/** A place of a label, in pixels of the upright original. */
export interface Detection extends Box {
  label: string;
  /** How much more the crop is like its label than like the other labels and an everyday word: from 0 to 1. */
  score: number;
}

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

const SAME_PLACE = 0.5;

/**
 * Places of labels: connected regions of their dense maps, of which each crop is scored by the model once more.
 * @returns best first, at most `LOOKS`
 * @throws NotUnderstood where the graph of the model's file cannot explain
 */
export async function detect(picture: Picture, wanted: Wanted, asked: Asked): Promise<Detection[]> {
  const { labels } = wanted;
  const { grid, maps } = await strong(picture, wanted, asked);
  const places = looks(maps, grid);
  const { encoder, readiness, info } = asked;
  const crops = places.map(({ box }) => cut(picture, inView(grow(box, CONTEXT))));
  const images = await encoder.images(await Promise.all(crops.map((crop) => squeeze(crop, readiness.geometry))));
  const scored = places.map(({ label, box }, i) => {
    const score = scoreOf(label, images[i] ?? new Float32Array(), wanted, info);
    return { label: labels[label] ?? '', score, ...inPixels(box, picture) };
  });
  const kept: Detection[] = [];
  for (const box of scored.filter(({ score }) => score >= LEAST_SCORE).sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => other.label !== box.label || overlap(other, box) < SAME_PLACE)) kept.push(box);
  }
  return kept;
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
function looks(maps: readonly number[][], grid: Grid): { label: number; box: Box }[] {
  return maps
    .flatMap((map, label) =>
      regions(
        map.map((value) => value > 0),
        grid,
      )
        .filter(({ cells }) => cells >= FINER * FINER)
        .sort((a, b) => b.cells - a.cells)
        .map(({ box }, rank) => ({ label, box: inShares(box, grid), rank })),
    )
    .sort((a, b) => a.rank - b.rank)
    .slice(0, LOOKS);
}

/**
 * The label of each pixel: of those whose dense map is strong there, the strongest.
 * @throws NotUnderstood where the graph of the model's file cannot explain
 */
export async function segment(picture: Picture, wanted: Wanted, asked: Asked): Promise<Segmentation> {
  const { grid, maps } = await strong(picture, wanted, asked);
  const best = Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
    const values = maps.map((map) => map[cell] ?? 0);
    const most = Math.max(...values);
    return most > 0 ? values.indexOf(most) + 1 : 0;
  });
  const { width, height } = picture;
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * grid.rows) / height);
    // A row of cells is many rows of pixels: copying spares the main thread a large original.
    if (y > 0 && row === Math.floor(((y - 1) * grid.rows) / height))
      values.copyWithin(y * width, (y - 1) * width, y * width);
    else
      for (let x = 0; x < width; x++)
        values[y * width + x] = best[row * grid.columns + Math.floor((x * grid.columns) / width)] ?? 0;
  }
  return { width, height, values };
}

/** Dense maps in logits, made finer; 0 where a label is not to be seen clearly. */
async function strong(
  picture: Picture,
  { directions }: Wanted,
  asked: Asked,
): Promise<{ grid: Grid; maps: number[][] }> {
  const found = await findByExplaining(picture, directions, 'dense', asked);
  const grid = { rows: found.grid.rows * FINER, columns: found.grid.columns * FINER };
  const maps = found.maps.map(({ values, isClear }) => {
    const map = enlarge(values, found.grid, grid).map((value) => value * asked.info.logitScale);
    if (!isClear) return map.map(() => 0);
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
function grow({ x, y, width, height }: Box, share: number): Box {
  const [left, top] = [Math.max(0, x - share * width), Math.max(0, y - share * height)];
  const [right, bottom] = [Math.min(1, x + (1 + share) * width), Math.min(1, y + (1 + share) * height)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function inView({ x, y, width, height }: Box) {
  return { left: x, top: y, width, height };
}

function inPixels({ x, y, width, height }: Box, picture: Picture): Box {
  const [left, top] = [Math.round(x * picture.width), Math.round(y * picture.height)];
  const right = Math.max(left + 1, Math.round((x + width) * picture.width));
  const bottom = Math.max(top + 1, Math.round((y + height) * picture.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
