import type { ModelInfo } from '../../src/clip/facts.ts';
import { toCsv } from '../../src/evaluation/csv.ts';
import { showEstimate } from '../statistics.ts';
import type { Comparisons, MethodRun, RunMeasures } from './report.ts';
import { THRESHOLDS } from './saliency.ts';

/** One line for each method and prompt. */
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
    'insertion',
    'deletion',
    'random_insertion',
    'random_deletion',
  ];
  const rows = runs.flatMap(({ method, trials, threshold, curves }) =>
    trials.map((trial) => {
      const overlap = trial.overlaps[THRESHOLDS.indexOf(threshold)] ?? 0;
      const figures = [trial.energy, trial.swap, overlap, trial.precision].map((figure) => figure.toFixed(4));
      const told = [Number(trial.isClear), Number(trial.points)];
      const { absent } = trial;
      const ofAbsent = absent ? [Number(absent.isClear), Number(absent.points)] : ['', ''];
      const curve = curves.find(({ scene, noun }) => scene === trial.scene && noun === trial.noun);
      const areas = [curve?.insertion, curve?.deletion, curve?.randomInsertion, curve?.randomDeletion];
      const ofCurves = areas.map((area) => area?.toFixed(4) ?? '');
      return [
        ...[method, trial.scene, trial.noun, trial.area.toFixed(4), ...told, ...figures],
        ...ofAbsent,
        ...ofCurves,
      ];
    }),
  );
  return toCsv([head, ...rows]);
}

/** What a terminal shows. */
export function table(
  { id, dtype }: Pick<ModelInfo, 'id' | 'dtype'>,
  runs: readonly RunMeasures[],
  comparisons: Comparisons,
): string {
  const lines = runs.flatMap((run) => [
    `${id} ${dtype}, ${run.method}: ${run.scenes} scenes, ${run.prompts} prompts`,
    `  pointing game ${showEstimate(run.pointing)}, blindly ${run.blindPointing.value.toFixed(3)}; clear and pointing ${showEstimate(run.clearPointing)}`,
    ...tellAbsent(run),
    `  energy in the mask ${showEstimate(run.energy)}, by chance ${run.area.value.toFixed(3)}; own minus other masks ${showEstimate(run.swap)}`,
    `  IoU ${showEstimate(run.overlap)} from ${run.threshold} of the strongest value, chosen on other scenes; best for each map ${showEstimate(run.bestOverlap)}`,
    `  pixel AP ${showEstimate(run.pixelPrecision)}`,
    `  Spearman's correlation with maps of shuffled weights, from the top: ${run.shuffled.map(({ share, correlation }) => `${100 * share} % ${correlation.value.toFixed(3)}`).join(', ')}`,
    ...tellCurves(run),
  ]);
  const pairs = comparisons.map(
    ({ first, second, pointing, pixelPrecision }) =>
      `${first} minus ${second}: pointing game ${showEstimate(pointing)}, pixel AP ${showEstimate(pixelPrecision)}`,
  );
  return [...lines, ...pairs, ''].join('\n');
}

function tellAbsent({ absentPointing, absentClear, absentClearPointing }: RunMeasures): string[] {
  if (Number.isNaN(absentPointing.value))
    return ['  a noun that is not there: none was asked for, every class is in every scene'];
  return [
    `  a noun that is not there: pointing ${showEstimate(absentPointing)}; clear ${showEstimate(absentClear)}; clear and pointing ${showEstimate(absentClearPointing)}`,
  ];
}

function tellCurves({ curves, ...run }: RunMeasures): string[] {
  if (curves === 0) return [];
  return [
    `  insertion ${showEstimate(run.insertion)}, random order ${run.randomInsertion.value.toFixed(3)}: ahead by ${showEstimate(run.insertionGain)}`,
    `  deletion ${showEstimate(run.deletion)}, random order ${run.randomDeletion.value.toFixed(3)}: ahead by ${showEstimate(run.deletionGain)}; ${curves} scenes`,
  ];
}
