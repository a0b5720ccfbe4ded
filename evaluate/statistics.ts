import { uniform } from '../bench/random.ts';

/** The 97.5 % point of the normal distribution: all intervals here hold 95 %. */
const Z = 1.959964;

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** A share with Wilson's interval (Wilson 1927), which stays within 0 and 1 and means something for few trials too. */
export function share(successes: number, trials: number): Estimate {
  if (trials === 0) return { value: Number.NaN, low: 0, high: 1 };
  const value = successes / trials;
  const centre = (successes + Z ** 2 / 2) / (trials + Z ** 2);
  const half = (Z / (trials + Z ** 2)) * Math.sqrt(trials * value * (1 - value) + Z ** 2 / 4);
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** How two answered the same questions: both right, only the first, only the second, neither. */
export interface Pairs {
  both: number;
  first: number;
  second: number;
  neither: number;
}

export function pair(first: readonly boolean[], second: readonly boolean[]): Pairs {
  const count = (a: boolean, b: boolean) => first.filter((right, i) => right === a && second[i] === b).length;
  return {
    both: count(true, true),
    first: count(true, false),
    second: count(false, true),
    neither: count(false, false),
  };
}

/**
 * The difference of two shares of the same trials, first minus second, with Newcombe's interval for paired data
 * (Newcombe 1998, Statistics in Medicine 17:2635, method 10): Wilson's two intervals, joined by how alike the answers are.
 */
export function pairedDifference({ both, first, second, neither }: Pairs): Estimate {
  const trials = both + first + second + neither;
  const a = share(both + first, trials);
  const b = share(both + second, trials);
  const phi = correlation({ both, first, second, neither });
  const reach = (up: number, down: number) => Math.sqrt(Math.max(0, up ** 2 - 2 * phi * up * down + down ** 2));
  const value = a.value - b.value;
  return {
    value,
    low: value - reach(a.value - a.low, b.high - b.value),
    high: value + reach(a.high - a.value, b.value - b.low),
  };
}

/** Phi, with Newcombe's correction where it is positive. */
function correlation({ both, first, second, neither }: Pairs): number {
  const product = (both + first) * (second + neither) * (both + second) * (first + neither);
  if (product === 0) return 0;
  const excess = both * neither - first * second;
  const corrected = excess > 0 ? Math.max(0, excess - (both + first + second + neither) / 2) : excess;
  return corrected / Math.sqrt(product);
}

const RESAMPLES = 2000;

/**
 * The mean, with the percentile interval of the bootstrap (Efron 1979) over values that do not depend on each other, such as
 * the scenes'. The same values give the same interval. Of differences it is the paired one.
 */
export function bootstrap(values: readonly number[]): Estimate {
  const count = values.length;
  if (count === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const means: number[] = [];
  let [sum, drawn] = [0, 0];
  for (const piece of uniform('bootstrap', RESAMPLES * count, 0.5, 0.5)) {
    for (const share of piece) {
      sum += values[Math.min(count - 1, Math.floor(share * count))] ?? 0;
      drawn += 1;
      if (drawn % count > 0) continue;
      means.push(sum / count);
      sum = 0;
    }
  }
  means.sort((a, b) => a - b);
  const value = values.reduce((total, one) => total + one, 0) / count;
  return { value, low: means[RESAMPLES * 0.025] ?? value, high: means[RESAMPLES * 0.975 - 1] ?? value };
}
