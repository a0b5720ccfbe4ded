import { createHash } from 'node:crypto';

const PIECE = 1 << 20;

/** `size` random numbers, evenly spread over `centre` plus or minus `spread`, the same for the same seed, in pieces. */
export function* uniform(seed: string, size: number, spread: number, centre = 0): Generator<Float32Array> {
  // xorshift32 (Marsaglia 2003), which must not start at zero.
  let state = createHash('sha256').update(seed).digest().readInt32LE() | 1;
  for (let start = 0; start < size; start += PIECE) {
    const piece = new Float32Array(Math.min(PIECE, size - start));
    for (let i = 0; i < piece.length; i += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      piece[i] = centre + (spread * state) / 2 ** 31;
    }
    yield piece;
  }
}

/** Draws one number after the other, from 0 up to 1, the same for the same seed. */
export function drawFrom(seed: string): () => number {
  const [numbers = new Float32Array()] = uniform(seed, 10_000, 0.5, 0.5);
  let drawn = 0;
  return () => numbers[drawn++ % numbers.length] ?? 0;
}
