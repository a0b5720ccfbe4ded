import { uniform } from '../bench/random.ts';
import type { Estimate } from '../src/audit/statistics/level.ts';

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
