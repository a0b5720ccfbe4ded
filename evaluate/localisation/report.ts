import type { Estimate } from '../../src/audit/statistics/level.ts';
import type { ModelInfo } from '../../src/clip/facts.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import { toCsv } from '../../src/evaluation/csv.ts';
import { bootstrap, showEstimate } from '../statistics.ts';
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
}

/** All intervals hold 95 %, over scenes. */
export function measureRun({ method, trials, threshold, shuffled }: MethodRun) {
  const over = (value: (trial: Trial) => number) => estimate(trials, value);
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
    absentPointing: over(({ absentPoints }) => Number(absentPoints)),
    absentClear: over(({ absentIsClear }) => Number(absentIsClear)),
    absentClearPointing: over(({ absentIsClear, absentPoints }) => Number(absentIsClear && absentPoints)),
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

type Comparisons = ReturnType<typeof compareRuns>;

function estimate(trials: readonly Trial[], value: (trial: Trial) => number): Estimate {
  return bootstrap([...byScene(trials, value).values()]);
}

/** The mean over each scene's prompts. */
function byScene(trials: readonly Trial[], value: (trial: Trial) => number): Map<string, number> {
  const groups = new Map<string, number[]>();
  for (const trial of trials) groups.set(trial.scene, [...(groups.get(trial.scene) ?? []), value(trial)]);
  return new Map([...groups].map(([scene, own]) => [scene, own.reduce((sum, one) => sum + one, 0) / own.length]));
}

export function trialsCsv(runs: readonly MethodRun[]): string {
  const head = [
    'method',
    'scene',
    'noun',
    'area',
    'is_clear',
    'points',
    'energy',
    'swap',
    'overlap',
    'pixel_precision',
    'absent_is_clear',
    'absent_points',
  ];
  const rows = runs.flatMap(({ method, trials, threshold }) =>
    trials.map((trial) => {
      const overlap = trial.overlaps[THRESHOLDS.indexOf(threshold)] ?? 0;
      const figures = [trial.energy, trial.swap, overlap, trial.precision].map((figure) => figure.toFixed(4));
      const told = [Number(trial.isClear), Number(trial.points)];
      const absent = [Number(trial.absentIsClear), Number(trial.absentPoints)];
      return [method, trial.scene, trial.noun, trial.area.toFixed(4), ...told, ...figures, ...absent];
    }),
  );
  return toCsv([head, ...rows]);
}

/** What a terminal shows. */
export function table({ id, dtype }: ModelInfo, runs: readonly RunMeasures[], comparisons: Comparisons): string {
  const lines = runs.flatMap((run) => [
    `${id} ${dtype}, ${run.method}: ${run.scenes} scenes, ${run.prompts} prompts`,
    `  pointing game ${showEstimate(run.pointing)}, blindly ${run.blindPointing.value.toFixed(3)}; clear and pointing ${showEstimate(run.clearPointing)}`,
    `  a noun that is not there: pointing ${showEstimate(run.absentPointing)}; clear ${showEstimate(run.absentClear)}; clear and pointing ${showEstimate(run.absentClearPointing)}`,
    `  energy in the mask ${showEstimate(run.energy)}, by chance ${run.area.value.toFixed(3)}; own minus other masks ${showEstimate(run.swap)}`,
    `  IoU ${showEstimate(run.overlap)} from ${run.threshold} of the strongest value, chosen on other scenes; best for each map ${showEstimate(run.bestOverlap)}`,
    `  pixel AP ${showEstimate(run.pixelPrecision)}`,
    `  Spearman's correlation with maps of shuffled weights, from the top: ${run.shuffled.map(({ share, correlation }) => `${100 * share} % ${correlation.value.toFixed(3)}`).join(', ')}`,
  ]);
  const pairs = comparisons.map(
    ({ first, second, pointing, pixelPrecision }) =>
      `${first} minus ${second}: pointing game ${showEstimate(pointing)}, pixel AP ${showEstimate(pixelPrecision)}`,
  );
  return [...lines, ...pairs, ''].join('\n');
}
