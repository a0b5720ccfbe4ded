/** Scales to length 1. A zero vector stays as it is. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The mean of unit vectors, made unit again: how CLIP ensembles its prompts (Radford et al. 2021, section 3.1.4). */
export function ensemble(vectors: readonly Float32Array[]): Float32Array {
  return unit(mean(vectors));
}

export function mean(vectors: readonly Float32Array[]): Float32Array {
  return weighted(
    vectors,
    vectors.map(() => 1 / vectors.length),
  );
}

/** The sum of vectors, each times its weight. */
export function weighted(vectors: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const [k, vector] of vectors.entries()) {
    const weight = weights[k] ?? 0;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (vector[i] ?? 0);
  }
  return Float32Array.from(sum);
}
