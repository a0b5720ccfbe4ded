import { regress } from './logistic.ts';
import { spanOf } from './span.ts';
import { chooseStrength } from './strength.ts';

/** What a linear probe is made of: for each class a vector and an intercept. */
export interface Probe {
  weights: readonly Float64Array[];
  intercepts: Float64Array;
  /** scikit-learn's C. */
  strength: number;
}

/** Unit vectors with the class of each, as 0 to `count - 1`; every class has one at least. */
export interface Lesson {
  vectors: readonly Float32Array[];
  classes: readonly number[];
  count: number;
}

const TOLERANCE = 1e-8;

/**
 * A linear probe on frozen features (Radford et al. 2021, section 3.2): the minimum of scikit-learn's
 * `LogisticRegression(C=strength)`. The vectors are centred first, which changes nothing but intercepts and takes most
 * of the steps away, because CLIP's vectors share a large mean; and they are told by their coordinates in their span.
 * @param strength else cross-validation chooses it
 */
export function train({ vectors, classes, count }: Lesson, strength?: number): Probe {
  const centre = meanOf(vectors);
  const centred = vectors.map((vector) => centre.map((mean, i) => (vector[i] ?? 0) - mean));
  const { basis, coordinates } = spanOf(centred);
  const examples = { rows: coordinates, classes, count };
  const chosen = strength ?? chooseStrength(examples, basis.length);
  const found = regress(examples, basis.length, { strength: chosen, tolerance: TOLERANCE });
  const weights = Array.from({ length: count }, (_, k) => {
    const vector = new Float64Array(centre.length);
    for (const [j, axis] of basis.entries()) {
      const weight = found[j * count + k] ?? 0;
      for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) + weight * (axis[i] ?? 0);
    }
    return vector;
  });
  const intercepts = Float64Array.from(
    weights,
    (vector, k) => (found[basis.length * count + k] ?? 0) - product(vector, centre),
  );
  return { weights, intercepts, strength: chosen };
}

/** The probability of each class for a unit vector. */
export function predict({ weights, intercepts }: Probe, vector: Float32Array): number[] {
  const scores = weights.map((weight, k) => product(weight, vector) + (intercepts[k] ?? 0));
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - most));
  const sum = raised.reduce((total, one) => total + one, 0);
  return raised.map((one) => one / sum);
}

function meanOf(vectors: readonly Float32Array[]): Float64Array {
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  return sum.map((value) => value / vectors.length);
}

function product(a: Float64Array, b: Float64Array | Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
