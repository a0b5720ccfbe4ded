import type { Grid } from '../../src/clip/explain/explanation.ts';
import type { ClipModel } from '../../src/clip/model.ts';
import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import { sharesOf } from '../../src/draw/heat.ts';
import { areaOf, averagePrecision, energyIn, nearArea, overlapAt, pointsAt } from './measures.ts';
import { type Scene, SIDE } from './scene.ts';

/** Shares of a map's strongest value that a mask may begin at. */
export const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A map as it was computed, and stretched as people see it: from 0, also for what is below, to 1 at the strongest. */
export interface Found {
  grid: Grid;
  cells: readonly number[];
  map: Float32Array;
  /** Where not, people are told that there is no clear region, and are shown no map. */
  isClear: boolean;
}

/** What is measured of the map for one noun that is there. */
export interface Trial {
  method: SaliencyMethod;
  scene: string;
  noun: string;
  area: number;
  /** The share of pixels that count as a hit. */
  nearArea: number;
  isClear: boolean;
  points: boolean;
  energy: number;
  /** The mask's energy minus that of the other objects, the mean of theirs. */
  swap: number;
  precision: number;
  /** By threshold. */
  overlaps: readonly number[];
  /** The map for a noun that is not there, where there is such a noun: whether it points at this object all the same. */
  absent: { points: boolean; isClear: boolean } | undefined;
}

/**
 * For each method the maps for texts that are each asked for alone: nothing tells the model what else is there.
 * @throws UserError `not-explainable` where the graph of the model's file gives no such maps
 */
export async function findMaps(
  model: ClipModel,
  { picture }: Pick<Scene, 'picture'>,
  texts: readonly string[],
  methods: readonly SaliencyMethod[],
): Promise<Found[][]> {
  const asked = { texts, methods, template: DEFAULT_TEMPLATE };
  const found = await model.saliencyEach(picture, asked);
  return found.map(({ grid, maps }) =>
    maps.map(({ values, isClear }) => {
      const strongest = Math.max(...values);
      const isFlat = strongest <= 0;
      const map = isFlat ? new Float32Array(SIDE * SIDE) : sharesOf({ ...grid, values }, strongest, SIDE, SIDE);
      return { grid, cells: values, map, isClear };
    }),
  );
}

/** A trial for each method and noun that is there. */
export async function measureScene(
  model: ClipModel,
  scene: Scene,
  methods: readonly SaliencyMethod[],
): Promise<Trial[]> {
  const { objects } = scene;
  const found = await findMaps(
    model,
    scene,
    [...objects.map(({ noun }) => noun), ...scene.absent.slice(0, 1)],
    methods,
  );
  const areas = objects.map(({ mask }) => ({ area: areaOf(mask), nearArea: nearArea(mask, SIDE) }));
  return methods.flatMap((method, m) => {
    const maps = found[m] ?? [];
    const absent = maps[objects.length];
    return objects.flatMap(({ noun, mask }, i) => {
      const [own, sizes] = [maps[i], areas[i]];
      if (!own || !sizes) return [];
      const energy = energyIn(own.map, mask);
      const others = objects.filter((other) => other.noun !== noun).map((other) => energyIn(own.map, other.mask));
      return {
        method,
        scene: scene.name,
        noun,
        ...sizes,
        isClear: own.isClear,
        points: pointsAt(own.map, mask, SIDE),
        energy,
        swap: energy - others.reduce((sum, value) => sum + value, 0) / Math.max(1, others.length),
        precision: averagePrecision(own.map, mask),
        overlaps: THRESHOLDS.map((threshold) => overlapAt(own.map, mask, threshold)),
        absent: absent && { points: pointsAt(absent.map, mask, SIDE), isClear: absent.isClear },
      };
    });
  });
}

/** The threshold with the best mean overlap. */
export function chooseThreshold(trials: readonly Trial[]): number {
  const sums = THRESHOLDS.map((_, i) => trials.reduce((sum, { overlaps }) => sum + (overlaps[i] ?? 0), 0));
  return THRESHOLDS[sums.indexOf(Math.max(...sums))] ?? 0.5;
}
