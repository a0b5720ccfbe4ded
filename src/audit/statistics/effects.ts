import { meanOf, varianceOf } from './moments.ts';

/** The standardised difference of two means, with the correction for few values (Hedges 1981). */
export function hedgesG(a: readonly number[], b: readonly number[]): number {
  const freedom = a.length + b.length - 2;
  const pooled = ((a.length - 1) * varianceOf(a) + (b.length - 1) * varianceOf(b)) / freedom;
  return (1 - 3 / (4 * freedom - 1)) * ratio(meanOf(a) - meanOf(b), Math.sqrt(pooled));
}

/** The mean of paired differences in their own standard deviations. */
export function pairedEffect(differences: readonly number[]): number {
  return ratio(meanOf(differences), Math.sqrt(varianceOf(differences)));
}

/** WEAT's effect size (Caliskan et al. 2017): the difference of means in standard deviations of all values, at most 2 for groups of one size. */
export function weatEffect(a: readonly number[], b: readonly number[]): number {
  return ratio(meanOf(a) - meanOf(b), Math.sqrt(varianceOf([...a, ...b])));
}

/** How often a value of `a` is above one of `b`, ties counting half: the area under the ROC curve. */
export function areaUnderCurve(a: readonly number[], b: readonly number[]): number {
  const wins = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
  return meanOf(wins);
}

/** No spread at all gives no standardised effect, rather than an endless one. */
function ratio(difference: number, deviation: number): number {
  return deviation > 0 ? difference / deviation : 0;
}
