import { type Estimate, Z } from './level.ts';

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

/**
 * The difference of two groups' shares, with Newcombe's hybrid of Wilson's intervals (Newcombe 1998, Statistics in Medicine
 * 17:873, method 10 there).
 */
export function shareDifference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}
