import type { Estimate } from '../src/audit/statistics/level.ts';
import { pair, pairedDifference } from '../src/audit/statistics/shares.ts';
import { toCsv } from '../src/evaluation/csv.ts';
import type { Answers, Run } from './classify.ts';
import { isRight, type Measures } from './measures.ts';

export interface Measured {
  run: Run;
  measures: Measures;
}

/** Two runs on the same images: what the first is ahead of the second, in top-1. */
export interface Comparison {
  first: string;
  second: string;
  difference: Estimate;
  onlyFirst: number;
  onlySecond: number;
}

/** What a run is called: `demo fp32, photo`. */
export function nameOf({ model, template }: Run): string {
  return `${model.id} ${model.dtype}, ${template}`;
}

/** Every pair of runs that differ in the model alone, or in the template alone. */
export function compare(runs: readonly Run[]): Comparison[] {
  return runs.flatMap((first, i) =>
    runs.slice(i + 1).flatMap((second) => {
      if (first.model.sha256 !== second.model.sha256 && first.template !== second.template) return [];
      const pairs = pair(first.predictions.map(isRight), second.predictions.map(isRight));
      const names = { first: nameOf(first), second: nameOf(second) };
      return [{ ...names, difference: pairedDifference(pairs), onlyFirst: pairs.first, onlySecond: pairs.second }];
    }),
  );
}

/** What is to be said of the images. */
type Remarks = Pick<Answers, 'unread' | 'twice'>;

/** The results as JSON has them. */
export function toJson(measured: readonly Measured[], comparisons: readonly Comparison[], remarks: Remarks) {
  return {
    runs: measured.map(({ run: { model, template }, measures }) => {
      const { id, family, dtype, sha256 } = model;
      return { model: { id, family, dtype, sha256 }, template, ...measures };
    }),
    comparisons,
    ...remarks,
  };
}

/** One line for each run and class. */
export function classesCsv(measured: readonly Measured[]): string {
  const head = [
    'model',
    'dtype',
    'template',
    'class',
    'images',
    'top1',
    'top1_low',
    'top1_high',
    'top5',
    'mistaken_for',
  ];
  const rows = measured.flatMap(({ run: { model, template }, measures }) =>
    measures.classes.map(({ label, images, top1, top5, mistakenFor = '' }) => {
      const figures = [top1.value, top1.low, top1.high, top5.value].map(fixed);
      return [model.id, model.dtype, template, label, images, ...figures, mistakenFor];
    }),
  );
  return toCsv([head, ...rows]);
}

/** One line for each run and image. */
export function predictionsCsv(runs: readonly Run[]): string {
  const rows = runs.flatMap(({ model, template, predictions }) =>
    predictions.map(({ image, label, ranked: [best] }) => {
      return [model.id, model.dtype, template, image, label, best?.label ?? '', fixed(best?.probability ?? 0)];
    }),
  );
  return toCsv([['model', 'dtype', 'template', 'image', 'class', 'answer', 'probability'], ...rows]);
}

/** What a terminal shows. Intervals hold 95 %. */
export function summary(
  measured: readonly Measured[],
  comparisons: readonly Comparison[],
  { unread, twice }: Remarks,
): string {
  const runs = measured.map(({ run, measures: { images, top1, top5, calibration } }) => {
    const { expectedError, meanProbability } = calibration;
    return `${nameOf(run)}: top-1 ${percent(top1)}, top-5 ${percent(top5)}, ${imagesOf(images)}. Mean probability of the answer ${fixed(meanProbability)}, calibration error ${fixed(expectedError)}.`;
  });
  const pairs = comparisons.map(
    ({ first, second, difference, onlyFirst, onlySecond }) =>
      `${first} minus ${second}: top-1 ${percent(difference, true)}; only the first right ${onlyFirst}, only the second ${onlySecond}.`,
  );
  const [{ measures } = { measures: undefined }] = measured;
  const weakest = [...(measures?.classes ?? [])].sort((a, b) => a.top1.value - b.top1.value).slice(0, 10);
  const table = weakest.map(({ label, images, top1, mistakenFor }) => {
    return `  ${label}: ${percent(top1)}, ${imagesOf(images)}${mistakenFor ? `, most often taken for ${mistakenFor}` : ''}`;
  });
  return [
    ...runs,
    ...pairs,
    'Weakest classes of the first:',
    ...table,
    ...(unread.length > 0 ? [`${imagesOf(unread.length)} could not be read; see results.json.`] : []),
    ...(twice.length > 0 ? [`There twice, byte for byte: ${imagesOf(twice.length)}; see results.json.`] : []),
    '',
  ].join('\n');
}

function imagesOf(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

function percent({ value, low, high }: Estimate, signed = false): string {
  const show = (share: number) => `${signed && share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`;
  return `${show(value)} % (${show(low)} to ${show(high)})`;
}

function fixed(value: number): string {
  return value.toFixed(4);
}
