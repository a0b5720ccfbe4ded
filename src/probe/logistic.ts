import { minimise } from './lbfgs.ts';

/** Rows of numbers with the class of each, as 0 to `classes - 1`. A row may leave out the zeros at its end. */
export interface Examples {
  rows: readonly Float64Array[];
  classes: readonly number[];
  count: number;
}

/** `weights[feature * count + class]`; the last `count` of them are the intercepts. */
export type Weights = Float64Array;

interface Settings {
  /** scikit-learn's C: how much the examples count against the penalty. */
  strength: number;
  /** Where to begin, as the weights for another strength. */
  start?: Weights | undefined;
  tolerance: number;
}

const ITERATIONS = 2000;

/**
 * Multinomial logistic regression: minimises the mean cross-entropy plus |weights|² / (2 C n), the intercepts free.
 * Two classes are scikit-learn's binary form, with one vector for both: in the softmax that is half of C, because the
 * penalty is shared by two vectors of half its length.
 * @param features how many numbers the longest row has
 */
export function regress({ rows, classes, count }: Examples, features: number, settings: Settings): Weights {
  const { strength, start = new Float64Array((features + 1) * count), tolerance } = settings;
  const penalty = 1 / ((count === 2 ? strength / 2 : strength) * rows.length);
  const share = 1 / rows.length;
  const scores = new Float64Array(count);
  return minimise(
    (weights, gradient) => {
      const penalised = features * count;
      let squares = 0;
      for (let i = 0; i < penalised; i++) {
        const weight = weights[i] ?? 0;
        squares += weight * weight;
        gradient[i] = penalty * weight;
      }
      gradient.fill(0, penalised);
      let loss = 0;
      for (let row = 0; row < rows.length; row++) {
        const x = rows[row] ?? new Float64Array();
        const truth = classes[row] ?? 0;
        scoresOf(x, weights, scores);
        loss += crossEntropy(scores, truth);
        scores[truth] = (scores[truth] ?? 0) - 1;
        for (let k = 0; k < count; k++) scores[k] = (scores[k] ?? 0) * share;
        for (let j = 0, at = 0; j < x.length; j++) {
          const value = x[j] ?? 0;
          for (let k = 0; k < count; k++, at++) gradient[at] = (gradient[at] ?? 0) + value * (scores[k] ?? 0);
        }
        for (let k = 0; k < count; k++) gradient[penalised + k] = (gradient[penalised + k] ?? 0) + (scores[k] ?? 0);
      }
      return loss * share + (penalty / 2) * squares;
    },
    start,
    { tolerance, iterations: ITERATIONS },
  );
}

/** The mean cross-entropy of examples under weights that were fitted to others. */
export function meanLoss({ rows, classes, count }: Examples, weights: Weights): number {
  const scores = new Float64Array(count);
  let sum = 0;
  for (const [i, row] of rows.entries()) {
    scoresOf(row, weights, scores);
    sum += crossEntropy(scores, classes[i] ?? 0);
  }
  return sum / rows.length;
}

/** Writes the linear scores of a row into `scores`. */
function scoresOf(row: Float64Array, weights: Weights, scores: Float64Array): void {
  const count = scores.length;
  const intercepts = weights.length - count;
  for (let k = 0; k < count; k++) scores[k] = weights[intercepts + k] ?? 0;
  for (let j = 0, at = 0; j < row.length; j++) {
    const value = row[j] ?? 0;
    for (let k = 0; k < count; k++, at++) scores[k] = (scores[k] ?? 0) + value * (weights[at] ?? 0);
  }
}

/** Turns scores into probabilities, in place. @returns minus the logarithm of the true class's */
function crossEntropy(scores: Float64Array, truth: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  const own = (scores[truth] ?? 0) - most;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const raised = Math.exp((scores[k] ?? 0) - most);
    scores[k] = raised;
    sum += raised;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] ?? 0) / sum;
  return Math.log(sum) - own;
}
