import { uniform } from '../bench/random.ts';
import type { Estimate } from '../src/audit/statistics/level.ts';

const RESAMPLES = 2000;

/**
 * The mean, with the percentile interval of the bootstrap (Efron 1979) over values that do not depend on each other, such as
 * the scenes'. The same values give the same interval. Of differences it is the paired one.
 */
export function bootstrap(values: readonly number[]): Estimate {
  return bootstrapOf(values, (sample) => sample.reduce((sum, value) => sum + value, 0) / sample.length);
}

/** The same of what is not a mean: `measure` is taken of each sample anew. */
export function bootstrapOf<T>(values: readonly T[], measure: (sample: readonly T[]) => number): Estimate {
  if (values.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const measured: number[] = [];
  let sample: T[] = [];
  for (const piece of uniform('bootstrap', RESAMPLES * values.length, 0.5, 0.5)) {
    for (const share of piece) {
      const drawn = values[Math.min(values.length - 1, Math.floor(share * values.length))];
      if (drawn !== undefined) sample.push(drawn);
      if (sample.length < values.length) continue;
      measured.push(measure(sample));
      sample = [];
    }
  }
  measured.sort((a, b) => a - b);
  const value = measure(values);
  return { value, low: measured[RESAMPLES * 0.025] ?? value, high: measured[RESAMPLES * 0.975 - 1] ?? value };
}

/** What a terminal shows. */
export function showEstimate({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
