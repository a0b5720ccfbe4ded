import type { ClipModel } from '../../src/clip/model.ts';
import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import { sharesOf } from '../../src/draw/heat.ts';
import { EvaluationError } from '../dataset.ts';
import { areaOf, averagePrecision, energyIn, overlapAt, pointsAt } from './measures.ts';
import { type Scene, SIDE } from './scene.ts';

/** Shares of a map's strongest value that a mask may begin at. */
export const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A map as it was computed, and stretched as people see it: from 0, also for what is below, to 1 at the strongest. */
export interface Found {
  cells: readonly number[];
  map: Float32Array;
}

/** What is measured of the map for one noun that is there. */
export interface Trial {
  scene: string;
  noun: string;
  area: number;
  points: boolean;
  energy: number;
  /** The mask's energy minus that of the other objects, the mean of theirs. */
  swap: number;
  precision: number;
  /** By threshold. */
  overlaps: readonly number[];
  /** Whether the map for the noun that is not there points at this object all the same. */
  absentPoints: boolean;
}

/** The map for a text that is asked for alone: nothing tells the model what else is there. */
export async function findMap(
  model: ClipModel,
  { picture }: Scene,
  text: string,
  method: SaliencyMethod,
): Promise<Found> {
  const {
    grid,
    maps,
    method: used,
  } = await model.saliency(picture, {
    texts: [text],
    against: [],
    template: DEFAULT_TEMPLATE,
    method,
  });
  if (used !== method)
    throw new EvaluationError(`This model's file cannot give ${method} maps. Name --methods occlusion.`);
  const cells = maps[0]?.values ?? [];
  const strongest = Math.max(...cells);
  if (strongest <= 0) return { cells, map: new Float32Array(SIDE * SIDE) };
  return { cells, map: sharesOf({ ...grid, values: cells }, strongest, SIDE, SIDE) };
}

export async function measureScene(model: ClipModel, scene: Scene, method: SaliencyMethod): Promise<Trial[]> {
  const absent = await findMap(model, scene, scene.absent, method);
  const trials: Trial[] = [];
  for (const { noun, mask } of scene.objects) {
    const { map } = await findMap(model, scene, noun, method);
    const energy = energyIn(map, mask);
    const others = scene.objects.filter((other) => other.noun !== noun).map((other) => energyIn(map, other.mask));
    trials.push({
      scene: scene.name,
      noun,
      area: areaOf(mask),
      points: pointsAt(map, mask, SIDE),
      energy,
      swap: energy - others.reduce((sum, value) => sum + value, 0) / Math.max(1, others.length),
      precision: averagePrecision(map, mask),
      overlaps: THRESHOLDS.map((threshold) => overlapAt(map, mask, threshold)),
      absentPoints: pointsAt(absent.map, mask, SIDE),
    });
  }
  return trials;
}

/** The threshold with the best mean overlap. */
export function chooseThreshold(trials: readonly Trial[]): number {
  const sums = THRESHOLDS.map((_, i) => trials.reduce((sum, { overlaps }) => sum + (overlaps[i] ?? 0), 0));
  return THRESHOLDS[sums.indexOf(Math.max(...sums))] ?? 0.5;
}
