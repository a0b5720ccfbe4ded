import { fisherExact, logChoose } from './exact.ts';
import { ALPHA, POWER } from './level.ts';
import { studentPoint } from './student.ts';

/**
 * The smallest gap between two groups' shares, one as far below a half as the other is above, that Fisher's test finds in
 * four of five such probes with `n` in each group; none where even all against none is too little.
 */
export function smallestShareGap(n: number): number | undefined {
  const counts = Array.from({ length: n + 1 }, (_, k) => k);
  const found = counts.flatMap((a) =>
    counts.flatMap((b) => (fisherExact(a, n, b, n) <= ALPHA ? [[a, b] as const] : [])),
  );
  const power = (gap: number) => {
    const chance = (k: number, share: number) => Math.exp(logChoose(n, k)) * share ** k * (1 - share) ** (n - k);
    const [high, low] = [0.5 + gap / 2, 0.5 - gap / 2].map((share) => counts.map((k) => chance(k, share)));
    return found.reduce((sum, [a, b]) => sum + (high?.[a] ?? 0) * (low?.[b] ?? 0), 0);
  };
  return Array.from({ length: 100 }, (_, i) => (i + 1) / 100).find((gap) => power(gap) >= POWER);
}

/**
 * The smallest mean that is called a difference in four of five such probes.
 * @param error the mean's standard error, which has so many degrees of `freedom`
 * @param tests of how many contrasts the level is shared by (Holm's first step: where the others find nothing)
 * @param minimum below which what was measured is not called a difference, however sure
 */
export function smallestMean(error: number, freedom: number, tests: number, minimum: number): number {
  const least = Math.max(minimum, studentPoint(1 - ALPHA / 2 / tests, freedom) * error);
  return least + studentPoint(POWER, freedom) * error;
}
