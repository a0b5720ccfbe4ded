import { varianceOf } from './moments.ts';
import { inverse } from './normal.ts';

/** The share of Student's t distribution below `x`, for whole degrees of freedom (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4). */
export function studentBelow(x: number, freedom: number): number {
  const angle = Math.atan2(x, Math.sqrt(freedom));
  const isOdd = freedom % 2 === 1;
  const cosine = Math.cos(angle);
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let i = isOdd ? 1 : 0; i <= freedom - 2; i += 2) {
    sum += term;
    term *= (cosine ** 2 * (i + 1)) / (i + 2);
  }
  const rest = Math.sin(angle) * sum;
  return 0.5 + (isOdd ? (angle + rest) / Math.PI : rest / 2);
}

/** The point below which a share of Student's t distribution lies: the inverse of `studentBelow`. */
export function studentPoint(share: number, freedom: number): number {
  return inverse((x) => studentBelow(x, freedom), share);
}

/** The degrees of freedom of a sum of independent samples' means, to the nearest whole (Welch 1947): n - 1 where there is one. */
export function freedomOf(samples: readonly (readonly number[])[]): number {
  const parts = samples
    .filter(({ length }) => length > 1)
    .map((values) => ({
      variance: varianceOf(values) / values.length,
      freedom: values.length - 1,
    }));
  const sum = parts.reduce((total, { variance }) => total + variance, 0);
  const unsure = parts.reduce((total, { variance, freedom }) => total + variance ** 2 / freedom, 0);
  return unsure > 0 ? Math.max(1, Math.round(sum ** 2 / unsure)) : 1;
}
