import type { Estimate } from '../../src/audit/statistics/level.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import { bootstrap } from '../statistics.ts';
import type { Curves } from './curves.ts';
import { THRESHOLDS, type Trial } from './saliency.ts';

/** Shares of the weights that are shuffled, from the top of the network down. */
export const SHUFFLED = [0.25, 0.5, 0.75, 1];

export interface MethodRun {
  method: SaliencyMethod;
  trials: readonly Trial[];
  /** Chosen on other scenes. */
  threshold: number;
  /** For each of `SHUFFLED`: Spearman's correlation of each map with that of the model with so many shuffled weights. */
  shuffled: readonly (readonly number[])[];
  curves: readonly Curves[];
}

/** All intervals hold 95 %, over scenes. */
export function measureRun({ method, trials, threshold, shuffled, curves }: MethodRun) {
  const over = (value: (trial: Trial) => number) => estimate(trials, value);
  const absent = trials.flatMap(({ scene, absent }) => (absent ? [{ scene, ...absent }] : []));
  const along = (value: (curve: Curves) => number) => estimate(curves, value);
  const overlapAt = (chosen: number) => (trial: Trial) => trial.overlaps[THRESHOLDS.indexOf(chosen)] ?? 0;
  return {
    method,
    scenes: new Set(trials.map(({ scene }) => scene)).size,
    prompts: trials.length,
    pointing: over(({ points }) => Number(points)),
    /** Of pixels taken blindly: the chance level of pointing. */
    blindPointing: over((trial) => trial.nearArea),
    /** Only maps that people are shown. */
    clear: over(({ isClear }) => Number(isClear)),
    clearPointing: over(({ isClear, points }) => Number(isClear && points)),
    absentPointing: estimate(absent, ({ points }) => Number(points)),
    absentClear: estimate(absent, ({ isClear }) => Number(isClear)),
    absentClearPointing: estimate(absent, ({ isClear, points }) => Number(isClear && points)),
    energy: over(({ energy }) => energy),
    /** Of the masks: the chance level of energy and of pixel precision. */
    area: over(({ area }) => area),
    swap: over(({ swap }) => swap),
    threshold,
    overlap: over(overlapAt(threshold)),
    /** The best threshold for each map by itself: more than anyone can know beforehand. */
    bestOverlap: over(({ overlaps }) => Math.max(...overlaps)),
    pixelPrecision: over(({ precision }) => precision),
    shuffled: SHUFFLED.map((share, i) => ({ share, correlation: bootstrap(shuffled[i] ?? []) })),
    /** So many scenes have insertion and deletion. */
    curves: new Set(curves.map(({ scene }) => scene)).size,
    insertion: along(({ insertion }) => insertion),
    deletion: along(({ deletion }) => deletion),
    randomInsertion: along(({ randomInsertion }) => randomInsertion),
    randomDeletion: along(({ randomDeletion }) => randomDeletion),
    /** Better than random orders where they are above 0; paired. */
    insertionGain: along(({ insertion, randomInsertion }) => insertion - randomInsertion),
    deletionGain: along(({ deletion, randomDeletion }) => randomDeletion - deletion),
  };
}

export type RunMeasures = ReturnType<typeof measureRun>;

/** What each method is ahead of the next one in, on the scenes that both saw. */
export function compareRuns(runs: readonly MethodRun[]) {
  return runs.slice(1).flatMap((second) => {
    const [first] = runs;
    if (!first) return [];
    const mean = (value: (trial: Trial) => number) => {
      const [ahead, behind] = [byScene(first.trials, value), byScene(second.trials, value)];
      return bootstrap([...behind].map(([scene, other]) => (ahead.get(scene) ?? 0) - other));
    };
    const pointing = mean(({ points }) => Number(points));
    const pixelPrecision = mean(({ precision }) => precision);
    return [{ first: first.method, second: second.method, pointing, pixelPrecision }];
  });
}

export type Comparisons = ReturnType<typeof compareRuns>;

/** Over scenes, each the mean of its prompts. */
function estimate<T extends { scene: string }>(prompts: readonly T[], value: (prompt: T) => number): Estimate {
  return bootstrap([...byScene(prompts, value).values()]);
}

function byScene<T extends { scene: string }>(
  prompts: readonly T[],
  value: (prompt: T) => number,
): Map<string, number> {
  const groups = new Map<string, number[]>();
  for (const prompt of prompts) groups.set(prompt.scene, [...(groups.get(prompt.scene) ?? []), value(prompt)]);
  return new Map([...groups].map(([scene, own]) => [scene, own.reduce((sum, one) => sum + one, 0) / own.length]));
}
