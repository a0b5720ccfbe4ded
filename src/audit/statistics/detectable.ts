import { fisherExact, logChoose } from './exact.ts';
import { ALPHA, POWER, Z } from './level.ts';
import { normalPoint } from './normal.ts';

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

/** The smallest mean of `n` differences with this standard deviation that is found in four of five such probes. */
export function smallestMean(deviation: number, n: number): number {
  return ((Z + normalPoint(POWER)) * deviation) / Math.sqrt(n);
}
