/** How near a mask the strongest pixel must be, as a share of the side: 15 pixels of 500 (Zhang et al. 2018). */
const TOLERANCE = 0.03;

/**
 * Whether the strongest pixel of a map lies in the mask or within the tolerance of it (the pointing game).
 * @param map `side * side`, row by row; one that is the same everywhere points nowhere
 */
export function pointsAt(map: Float32Array, mask: Uint8Array, side: number): boolean {
  const strongest = map.reduce((best, value, i) => (value > (map[best] ?? 0) ? i : best), 0);
  if (map.every((value) => value === map[0])) return false;
  return isNear(strongest, mask, side);
}

/** The share of all pixels that would count as a hit in the pointing game: what a pixel taken blindly reaches. */
export function nearArea(mask: Uint8Array, side: number): number {
  return mask.reduce((sum, bit, pixel) => sum + (bit === 1 || isNear(pixel, mask, side) ? 1 : 0), 0) / mask.length;
}

function isNear(pixel: number, mask: Uint8Array, side: number): boolean {
  const reach = Math.round(TOLERANCE * side);
  const [x, y] = [pixel % side, Math.floor(pixel / side)];
  for (let row = Math.max(0, y - reach); row <= Math.min(side - 1, y + reach); row++) {
    for (let column = Math.max(0, x - reach); column <= Math.min(side - 1, x + reach); column++) {
      const isInReach = (row - y) ** 2 + (column - x) ** 2 <= reach ** 2;
      if (isInReach && mask[row * side + column] === 1) return true;
    }
  }
  return false;
}

/** The share of a map's sum that lies in the mask: by chance that is the share of the area. */
export function energyIn(map: Float32Array, mask: Uint8Array): number {
  let [inside, all] = [0, 0];
  for (const [i, value] of map.entries()) {
    all += value;
    if (mask[i] === 1) inside += value;
  }
  return all === 0 ? areaOf(mask) : inside / all;
}

export function areaOf(mask: Uint8Array): number {
  return mask.reduce((sum, bit) => sum + bit, 0) / mask.length;
}

/** Intersection over union of the mask and what of the map is at least `threshold`. */
export function overlapAt(map: Float32Array, mask: Uint8Array, threshold: number): number {
  let [both, either] = [0, 0];
  for (const [i, value] of map.entries()) {
    const [isFound, isThere] = [value >= threshold, mask[i] === 1];
    if (isFound && isThere) both++;
    if (isFound || isThere) either++;
  }
  return either === 0 ? 0 : both / either;
}

/** Average precision of the map's values as scores of pixels, those alike taken at once, as scikit-learn has it. */
export function averagePrecision(map: ArrayLike<number>, mask: ArrayLike<number>): number {
  const order = Array.from({ length: map.length }, (_, i) => i).sort((a, b) => (map[b] ?? 0) - (map[a] ?? 0));
  const total = order.reduce((sum, i) => sum + (mask[i] ?? 0), 0);
  let [found, before, precisions] = [0, 0, 0];
  for (const [at, i] of order.entries()) {
    found += mask[i] ?? 0;
    const next = order[at + 1];
    if (next !== undefined && map[next] === map[i]) continue;
    precisions += ((found - before) * found) / (at + 1);
    before = found;
  }
  return total === 0 ? 0 : precisions / total;
}

/** Spearman's rank correlation; ties have the mean of their ranks. 0 where one side is the same everywhere. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [first, second] = [ranks(a), ranks(b)];
  const middle = (a.length + 1) / 2;
  let [product, own, other] = [0, 0, 0];
  for (const [i, rank] of first.entries()) {
    const [x, y] = [rank - middle, (second[i] ?? 0) - middle];
    product += x * y;
    own += x * x;
    other += y * y;
  }
  return own === 0 || other === 0 ? 0 : product / Math.sqrt(own * other);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const out = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (const i of order.slice(from, to)) out[i] = (from + to + 1) / 2;
  }
  return out;
}
