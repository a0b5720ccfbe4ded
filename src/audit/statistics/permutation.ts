import { logChoose } from './exact.ts';
import { RESAMPLES, SLACK } from './resampling.ts';

/** Up to so many ways to split the values in two, every one is tried: 10 and 10 have 184,756. */
const EXACT_UP_TO = 200_000;

interface Likelihood {
  /** Of a difference of means as far from zero. */
  twoSided: number;
  /** Of one as high: the p of WEAT (Caliskan et al. 2017), the observed split counted in. */
  oneSided: number;
}

/** How likely the difference of two groups' means is, if the groups were drawn by lot. */
export function permutationTest(a: readonly number[], b: readonly number[], random: () => number): Likelihood {
  const values = Float64Array.from([...a, ...b]);
  const total = values.reduce((sum, value) => sum + value, 0);
  // With the sizes fixed, the difference of means grows with the first group's sum alone.
  const centre = (total * a.length) / values.length;
  const slack = SLACK * values.reduce((sum, value) => sum + Math.abs(value), 0);
  const observed = a.reduce((sum, value) => sum + value, 0) - centre;
  const tally = new Tally(observed, slack);
  if (Math.exp(logChoose(values.length, a.length)) <= EXACT_UP_TO) {
    everySplit(values, a.length, (sum) => tally.take(sum - centre));
    return tally.likelihood(0);
  }
  for (let draw = 0; draw < RESAMPLES; draw += 1) tally.take(drawnSum(values, a.length, random) - centre);
  return tally.likelihood(1);
}

class Tally {
  #asFar = 0;
  #asHigh = 0;
  #taken = 0;
  readonly #observed: number;
  readonly #slack: number;

  constructor(observed: number, slack: number) {
    this.#observed = observed;
    this.#slack = slack;
  }

  take(difference: number): void {
    this.#taken += 1;
    if (Math.abs(difference) >= Math.abs(this.#observed) - this.#slack) this.#asFar += 1;
    if (difference >= this.#observed - this.#slack) this.#asHigh += 1;
  }

  /** @param extra 1 where the observed split is not among those taken (Phipson and Smyth 2010) */
  likelihood(extra: 0 | 1): Likelihood {
    const all = this.#taken + extra;
    return { twoSided: (this.#asFar + extra) / all, oneSided: (this.#asHigh + extra) / all };
  }
}

/** Calls `take` with the sum of every choice of `count` values. */
function everySplit(values: Float64Array, count: number, take: (sum: number) => void, from = 0, sum = 0): void {
  if (count === 0) take(sum);
  else
    for (let i = from; i <= values.length - count; i += 1)
      everySplit(values, count - 1, take, i + 1, sum + (values[i] ?? 0));
}

/** The sum of `count` values drawn without putting back; `values` is shuffled by it. */
function drawnSum(values: Float64Array, count: number, random: () => number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const at = i + Math.floor(random() * (values.length - i));
    const value = values[at] ?? 0;
    values[at] = values[i] ?? 0;
    values[i] = value;
    sum += value;
  }
  return sum;
}
