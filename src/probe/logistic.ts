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
  const fours = inFours(rows);
  const errors = four(() => new Float64Array(count));
  return minimise(
    (weights, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (const [i, own] of fours.entries()) {
        for (const [n, error] of errors.entries()) loss += errorOf(own[n], classes[4 * i + n], weights, error);
        addProducts(own, errors, gradient);
      }
      let squares = 0;
      for (let i = 0; i < gradient.length; i++) {
        const weight = i < features * count ? (weights[i] ?? 0) : 0;
        squares += weight * weight;
        gradient[i] = share * (gradient[i] ?? 0) + penalty * weight;
      }
      return loss * share + (penalty / 2) * squares;
    },
    start,
    { tolerance, iterations: ITERATIONS },
  );
}

/** So many are taken at a time, because most of the time goes into reading and writing what they are added to. */
type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

function four(make: (n: number) => Float64Array): Four {
  return [make(0), make(1), make(2), make(3)];
}

/** Rows in fours, of one length each; the last are filled up with zeros. */
function inFours(rows: readonly Float64Array[]): Four[] {
  return Array.from({ length: Math.ceil(rows.length / 4) }, (_, i) => {
    const own = rows.slice(4 * i, 4 * i + 4);
    const longest = Math.max(...own.map(({ length }) => length));
    return four((n) => {
      const row = new Float64Array(longest);
      row.set(own[n] ?? []);
      return row;
    });
  });
}

/**
 * Writes into `error` by how much the probability of each class is too high for a row; zeros where there is none.
 * @returns the cross-entropy
 */
function errorOf(
  row: Float64Array | undefined,
  truth: number | undefined,
  weights: Weights,
  error: Float64Array,
): number {
  error.fill(0);
  if (!row || truth === undefined) return 0;
  scoresOf(row, weights, error);
  const loss = crossEntropy(error, truth);
  error[truth] = (error[truth] ?? 0) - 1;
  return loss;
}

/** Adds the products of four rows and their errors to the gradient, those of the intercepts included. */
function addProducts([a, b, c, d]: Four, [p, q, r, s]: Four, gradient: Float64Array): void {
  const count = p.length;
  for (let j = 0, at = 0; j < a.length; j++) {
    const [w, x, y, z] = [a[j] ?? 0, b[j] ?? 0, c[j] ?? 0, d[j] ?? 0];
    for (let k = 0; k < count; k++, at++) {
      const sum = w * (p[k] ?? 0) + x * (q[k] ?? 0) + y * (r[k] ?? 0) + z * (s[k] ?? 0);
      gradient[at] = (gradient[at] ?? 0) + sum;
    }
  }
  for (let k = 0, at = gradient.length - count; k < count; k++, at++) {
    gradient[at] = (gradient[at] ?? 0) + (p[k] ?? 0) + (q[k] ?? 0) + (r[k] ?? 0) + (s[k] ?? 0);
  }
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
  let j = 0;
  for (; j + 4 <= row.length; j += 4) {
    const [w, x, y, z] = [row[j] ?? 0, row[j + 1] ?? 0, row[j + 2] ?? 0, row[j + 3] ?? 0];
    for (let k = 0, at = j * count; k < count; k++, at++) {
      const first = w * (weights[at] ?? 0) + x * (weights[at + count] ?? 0);
      scores[k] = (scores[k] ?? 0) + first + y * (weights[at + 2 * count] ?? 0) + z * (weights[at + 3 * count] ?? 0);
    }
  }
  for (; j < row.length; j++) {
    const value = row[j] ?? 0;
    for (let k = 0; k < count; k++) scores[k] = (scores[k] ?? 0) + value * (weights[j * count + k] ?? 0);
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
