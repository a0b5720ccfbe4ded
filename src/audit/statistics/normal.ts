/** The share of the standard normal distribution below `x`, by the series of Marsaglia 2004 (Journal of Statistical Software 11:4). */
export function normalBelow(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= x ** 2 / i;
    sum += term;
  }
  return 0.5 + (sum / Math.sqrt(2 * Math.PI)) * Math.exp(-(x ** 2) / 2);
}

/** The point below which a share of the standard normal distribution lies: the inverse of `normalBelow`. */
export function normalPoint(share: number): number {
  return inverse(normalBelow, share);
}

/** Where a distribution's share below reaches `share`, by halving. */
export function inverse(below: (x: number) => number, share: number): number {
  let [low, high] = [-100, 100];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (below(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
