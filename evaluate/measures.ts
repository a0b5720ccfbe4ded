import type { Estimate } from '../src/audit/statistics/level.ts';
import { share } from '../src/audit/statistics/shares.ts';

/** What a model said of an image: the labels with their probabilities, best first. */
export interface Prediction {
  image: string;
  label: string;
  ranked: readonly { label: string; probability: number }[];
}

export interface Measures {
  images: number;
  top1: Estimate;
  top5: Estimate;
  classes: readonly ClassMeasures[];
  /** Row by true class, column by answer, in the order of `classes`. */
  confusion: readonly (readonly number[])[];
  calibration: Calibration;
}

interface ClassMeasures {
  label: string;
  images: number;
  top1: Estimate;
  top5: Estimate;
  /** The answer it is most often mistaken for, where it ever is. */
  mistakenFor: string | undefined;
}

/** How well the probability of the best label says how often it is right. */
interface Calibration {
  /** The mean over images of how far the two are apart in their bin (Naeini et al. 2015). */
  expectedError: number;
  meanProbability: number;
  bins: readonly { from: number; to: number; images: number; probability: number; right: number }[];
}

const BINS = 10;

export function isRight({ label, ranked }: Prediction): boolean {
  return ranked[0]?.label === label;
}

/** @param classes the labels that were compared */
export function measure(predictions: readonly Prediction[], classes: readonly string[]): Measures {
  const confusion = classes.map((label) => {
    const own = predictions.filter((prediction) => prediction.label === label);
    return classes.map((answer) => own.filter(({ ranked }) => ranked[0]?.label === answer).length);
  });
  const byClass = classes.map((label, i) => {
    const own = predictions.filter((prediction) => prediction.label === label);
    const wrong = (confusion[i] ?? []).map((count, k) => (k === i ? 0 : count));
    const most = Math.max(0, ...wrong);
    return {
      label,
      images: own.length,
      ...tops(own),
      mistakenFor: most > 0 ? classes[wrong.indexOf(most)] : undefined,
    };
  });
  return {
    images: predictions.length,
    ...tops(predictions),
    classes: byClass,
    confusion,
    calibration: calibrate(predictions),
  };
}

function tops(predictions: readonly Prediction[]): { top1: Estimate; top5: Estimate } {
  const within = (count: number) =>
    predictions.filter(({ label, ranked }) => ranked.slice(0, count).some((answer) => answer.label === label)).length;
  return { top1: share(within(1), predictions.length), top5: share(within(5), predictions.length) };
}

function calibrate(predictions: readonly Prediction[]): Calibration {
  const answers = predictions.map((prediction) => {
    return { probability: prediction.ranked[0]?.probability ?? 0, right: isRight(prediction) ? 1 : 0 };
  });
  const bins = Array.from({ length: BINS }, (_, i) => {
    const own = answers.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === i);
    return {
      from: i / BINS,
      to: (i + 1) / BINS,
      images: own.length,
      probability: mean(own.map(({ probability }) => probability)),
      right: mean(own.map(({ right }) => right)),
    };
  });
  const apart = bins.map(({ images, probability, right }) => images * Math.abs(probability - right));
  return {
    expectedError: apart.reduce((sum, value) => sum + value, 0) / Math.max(1, answers.length),
    meanProbability: mean(answers.map(({ probability }) => probability)),
    bins,
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
