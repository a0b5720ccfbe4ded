/** The logarithms of 0!, 1!, 2! and so on, as far as they were asked for. */
const logFactorials = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i += 1) logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  return logFactorials[n] ?? 0;
}

export function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Two tables whose chances differ by less than this share are equally likely: rounding, not rarity. */
const SAME = 1 + 1e-7;

/** Fisher's exact test, two-sided: how likely tables as rare as `a` of `n` against `b` of `m` are, if both shares are one. */
export function fisherExact(a: number, n: number, b: number, m: number): number {
  const hits = a + b;
  const chance = (k: number) => Math.exp(logChoose(n, k) + logChoose(m, hits - k) - logChoose(n + m, hits));
  const least = Math.max(0, hits - m);
  const chances = Array.from({ length: Math.min(n, hits) - least + 1 }, (_, i) => chance(least + i));
  const limit = chance(a) * SAME;
  return Math.min(
    1,
    chances.filter((one) => one <= limit).reduce((sum, one) => sum + one, 0),
  );
}

/** McNemar's exact test, two-sided, from the pairs that differ: `b` one way, `c` the other. */
export function mcnemarExact(b: number, c: number): number {
  const n = b + c;
  const tail = Array.from({ length: Math.min(b, c) + 1 }, (_, k) => Math.exp(logChoose(n, k) - n * Math.LN2));
  return Math.min(1, 2 * tail.reduce((sum, one) => sum + one, 0));
}
