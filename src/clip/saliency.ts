import type { Picture } from '../image/picture.ts';
import type { Encoder } from './encoder.ts';
import { type Grid, MAP_METHODS, type MapMethod } from './explain/explanation.ts';
import { NotUnderstood } from './explain/parts.ts';
import type { ModelFacts } from './facts.ts';
import { type Geometry, toInputPixels } from './geometry.ts';
import { OCCLUSION_GRID, occlude } from './occlusion.ts';
import type { Readiness } from './protocol.ts';
import { mean } from './vectors.ts';
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
 * What a map must reach to be clear, in logits: differences of cosines times the model's own scale. Of 60 scenes of two
 * Twemoji drawings, the demo model's dense map reached it for 92 of 100 nouns that are there and for 25 that are not; other
 * models were not measured. Gradient maps say how evidence is spread, not how much there is: so it is the dense map of the
 * same run that tells for them too.
 */
const CLEAR = { dense: 3.5, occlusion: 1 };

/** How far apart the ends of a dense map must be, in logits: one that is alike everywhere, as on plain paper, tells of no place. */
const SPREAD = 2;

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
  const isStrong = directions.map((_, k) => {
    const dense = joined('dense', k).map((value) => value * info.logitScale);
    const [most, least] = [Math.max(...dense), Math.min(...dense)];
    return most >= CLEAR.dense && most - least >= SPREAD;
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
  const maps = lost.map((values) => ({ values, isClear: info.logitScale * Math.max(...values) >= CLEAR.occlusion }));
  return { method: 'occlusion', missing: undefined, grid: OCCLUSION_GRID, maps };
}

/** The input pixels of a whole picture, without the crop that would leave its ends out. */
export function squeeze(picture: Picture, geometry: Geometry): Promise<Uint8Array> {
  const { width, height } = geometry.crop ?? geometry;
  return toInputPixels(picture, { ...geometry, resize: 'exact', width, height, crop: undefined });
}

/**
 * What sets each text apart from the others, from those it stands against, and from what any image might show: its vector
 * minus the mean of theirs. What texts have in common lights up everywhere (CLIP Surgery, Li et al. 2025).
 */
export function contrast(
  texts: readonly Float32Array[],
  against: readonly Float32Array[],
  background: readonly Float32Array[],
): Float32Array[] {
  const common = mean(background);
  return texts.map((text, i) => {
    const rest = mean([common, ...against, ...texts.filter((_, other) => other !== i)]);
    return text.map((value, at) => value - (rest[at] ?? 0));
  });
}
