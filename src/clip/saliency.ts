import type { Picture } from '../image/picture.ts';
import type { Encoder } from './encoder.ts';
import { type Grid, MAP_METHODS, type MapMethod } from './explain/explanation.ts';
import { NotUnderstood } from './explain/parts.ts';
import type { ModelFacts } from './facts.ts';
import { type Geometry, toInputPixels } from './geometry.ts';
import { OCCLUSION_GRID, occlude } from './occlusion.ts';
import type { Readiness } from './protocol.ts';
import { dot } from './vectors.ts';
import { cut, joinMaps, planViews } from './views.ts';

export const SALIENCY_METHODS = [...MAP_METHODS, 'occlusion'] as const;
export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];

/** Where an image agrees with each of some directions among embeddings. */
export interface SaliencyMaps {
  /** The one that was used: occlusion where the model's file cannot explain. */
  method: SaliencyMethod;
  /** What the graph of the model's file has not, where that is why. */
  missing: string | undefined;
  /** Cells of the whole picture. */
  grid: Grid;
  /** In the order of the directions. */
  maps: SaliencyMap[];
}

export interface SaliencyMap {
  /** Row by row, before any stretching. */
  values: number[];
  /** Whether it says something: where it does not, stretching it would show noise. */
  isClear: boolean;
}

/**
 * What a map must reach to be clear, in logits: differences of cosines times the model's own scale. Its strongest value counts, and
 * `WHOLE` of how the picture fits the text as a whole, or its best view does. Chosen on 150 scenes each of two EmojiOne and two
 * Twemoji drawings with the demo model: dense maps were clear for 88 and 92 of 100 nouns that are there, and for 24 and 19 that are
 * not; occlusion's, on 80 each, for 81 and 91, and for 22 and 22. Other models were not measured. Gradient maps say how evidence is
 * spread, not how much there is: so it is the dense map of the same run that tells for them too.
 */
const CLEAR = { dense: 3.75, occlusion: 1.75 };
const WHOLE = 0.5;

/** How far apart the ends of a map must be, in logits: one that is alike everywhere, as on plain paper, tells of no place. */
export const SPREAD = 2;

export interface SaliencyAsked {
  encoder: Encoder;
  readiness: Readiness;
  info: Pick<ModelFacts, 'logitScale'>;
}

/** One encoding of the picture's views gives all maps; occlusion takes as many as it has places. */
export async function findSaliency(
  picture: Picture,
  directions: readonly Float32Array[],
  method: SaliencyMethod,
  asked: SaliencyAsked,
): Promise<SaliencyMaps> {
  if (method === 'occlusion') return findByOcclusion(picture, directions, asked);
  try {
    return await findByExplaining(picture, directions, method, asked);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { ...(await findByOcclusion(picture, directions, asked)), missing: error.missing };
  }
}

/** @throws NotUnderstood where the graph of the model's file cannot explain */
export async function findByExplaining(
  picture: Picture,
  directions: readonly Float32Array[],
  method: MapMethod,
  asked: SaliencyAsked,
): Promise<SaliencyMaps> {
  return (await explain(picture, directions, asked))[method];
}

/** Maps of several methods, in their order: those that one encoding of the picture's views gives come from one. */
export async function findEachSaliency(
  picture: Picture,
  directions: readonly Float32Array[],
  methods: readonly SaliencyMethod[],
  asked: SaliencyAsked,
): Promise<SaliencyMaps[]> {
  const isExplained = methods.some((method) => method !== 'occlusion');
  const explained = isExplained ? await explain(picture, directions, asked) : undefined;
  return Promise.all(
    methods.map((method) => {
      const found = method === 'occlusion' ? undefined : explained?.[method];
      return found ?? findByOcclusion(picture, directions, asked);
    }),
  );
}

async function explain(
  picture: Picture,
  directions: readonly Float32Array[],
  { encoder, readiness, info }: SaliencyAsked,
): Promise<Record<MapMethod, SaliencyMaps>> {
  const { geometry, patches } = readiness;
  if ('missing' in patches) throw new NotUnderstood(patches.missing);
  const { views, grid } = planViews(picture, patches);
  const pixels = await Promise.all(views.map((view) => squeeze(cut(picture, view), geometry)));
  const explanations = await encoder.explain({ pixels, directions });
  const joined = (name: MapMethod, k: number) => {
    const all = explanations.map((explanation) => explanation.maps[name][k] ?? new Float32Array());
    return joinMaps(views, all, patches, grid);
  };
  const isStrong = directions.map((direction, k) => {
    const whole = Math.max(...explanations.map(({ embedding }) => dot(embedding, direction)));
    return isClear('dense', joined('dense', k), whole, info.logitScale);
  });
  const mapsOf = (method: MapMethod): SaliencyMaps => {
    const maps = isStrong.map((isDenseClear, k) => {
      const values = joined(method, k);
      return { values, isClear: isDenseClear && Math.max(...values) > 0 };
    });
    return { method, missing: undefined, grid, maps };
  };
  return {
    dense: mapsOf('dense'),
    gradcam: mapsOf('gradcam'),
    hirescam: mapsOf('hirescam'),
    attention: mapsOf('attention'),
  };
}

async function findByOcclusion(
  picture: Picture,
  directions: readonly Float32Array[],
  { encoder, readiness: { geometry }, info }: SaliencyAsked,
): Promise<SaliencyMaps> {
  const pixels = await squeeze(picture, geometry);
  const lost = await occlude(pixels, geometry.crop ?? geometry, directions, (covered) => encoder.image(covered));
  const maps = lost.map(({ whole, values }) => ({
    values,
    isClear: isClear('occlusion', values, whole, info.logitScale),
  }));
  return { method: 'occlusion', missing: undefined, grid: OCCLUSION_GRID, maps };
}

/** @param whole the product of the direction with what sees the picture as a whole */
function isClear(method: keyof typeof CLEAR, values: readonly number[], whole: number, logitScale: number): boolean {
  const [most, least] = [Math.max(...values), Math.min(...values)];
  return logitScale * (most + WHOLE * whole) >= CLEAR[method] && logitScale * (most - least) >= SPREAD;
}

/** The input pixels of a whole picture, without the crop that would leave its ends out. */
export function squeeze(picture: Picture, geometry: Geometry): Promise<Uint8Array> {
  const { width, height } = geometry.crop ?? geometry;
  return toInputPixels(picture, { ...geometry, resize: 'exact', width, height, crop: undefined });
}
