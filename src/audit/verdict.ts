import type { Comparison } from './statistics/compare.ts';
import { ALPHA } from './statistics/level.ts';

/** What may be said of a contrast. Never pass or fail: an audit tells what was seen and how sure that is. */
export type VerdictKind = 'difference' | 'none-larger' | 'too-few' | 'not-interpretable';

/** Below this the model does not tell the groups apart, so that a probe of them says nothing. */
const LEAST_AUC = 0.8;

/** @param auc of a manipulation check */
export function tellsApart(auc: number): boolean {
  return auc >= LEAST_AUC;
}

/** With fewer, no exact test can reach the level, whatever the images: 2 of 2^6 signs, 2 of 70 splits. */
export const LEAST_BASES = { paired: 6, independent: 4 };

/**
 * @param p adjusted for all primary contrasts of the run
 * @param auc of the manipulation check, where the pack has one
 */
export function verdictOf(
  { effect, bases, paired }: Comparison,
  p: number,
  auc: number | undefined,
  { minimum, equivalence }: { minimum: number; equivalence: number },
): VerdictKind {
  if (auc !== undefined && !tellsApart(auc)) return 'not-interpretable';
  if (Math.min(...bases) < LEAST_BASES[paired ? 'paired' : 'independent']) return 'too-few';
  const excludesNone = effect.low > 0 || effect.high < 0;
  if (p < ALPHA && excludesNone && Math.abs(effect.value) >= minimum) return 'difference';
  // Within these bounds at the level of the interval: stricter than two one-sided tests at the same level.
  if (effect.low > -equivalence && effect.high < equivalence) return 'none-larger';
  return 'too-few';
}
