/** Residuals shorter than this are rounding: the row lies in the span of those before it. */
const NOTHING = 1e-7;

/** A row that keeps less of its length than this is done again. */
const KEPT = 0.5;

export interface Span {
  /** Orthonormal, as long as the rows. */
  basis: readonly Float64Array[];
  /** For each row its coordinates; those that are not there are zero. */
  coordinates: readonly Float64Array[];
}

/**
 * Orthonormal coordinates for rows, by modified Gram-Schmidt, done twice where a row loses most of its length. Few rows
 * of many numbers become few rows of few numbers with the same inner products, which is all that a regression with an
 * L2 penalty sees.
 */
export function spanOf(rows: readonly Float64Array[]): Span {
  const basis: Float64Array[] = [];
  const coordinates = rows.map((row) => {
    const rest = row.slice();
    const own = new Float64Array(basis.length);
    let before: number;
    let length = Math.hypot(...row);
    do {
      before = length;
      for (const [k, axis] of basis.entries()) {
        let along = 0;
        for (let i = 0; i < rest.length; i++) along += (rest[i] ?? 0) * (axis[i] ?? 0);
        own[k] = (own[k] ?? 0) + along;
        for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) - along * (axis[i] ?? 0);
      }
      length = Math.hypot(...rest);
    } while (length >= NOTHING && length < before * KEPT);
    if (length < NOTHING) return own;
    basis.push(rest.map((value) => value / length));
    return Float64Array.of(...own, length);
  });
  return { basis, coordinates };
}
