import { describe, expect, it } from 'vitest';
import { pair, pairedDifference, share } from '../../src/audit/statistics/shares.ts';

/** Pseudo-random numbers from 0 to 1, the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a share', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i has the interval that Newcombe (1998) prints for Wilson', (successes, trials, low, high) => {
    const { value, ...interval } = share(successes, trials);
    expect(value).toBeCloseTo(successes / trials, 10);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('a paired difference', () => {
  it('turns its sign when the two change places', () => {
    const one = pairedDifference({ both: 30, first: 9, second: 3, neither: 8 });
    const other = pairedDifference({ both: 30, first: 3, second: 9, neither: 8 });
    expect([other.value, other.low, other.high]).toEqual(
      [-one.value, -one.high, -one.low].map((x) => expect.closeTo(x, 10)),
    );
  });

  it('is surer where the answers are alike', () => {
    const width = (pairs: Parameters<typeof pairedDifference>[0]) =>
      pairedDifference(pairs).high - pairedDifference(pairs).low;
    expect(width({ both: 60, first: 10, second: 10, neither: 20 })).toBeLessThan(
      width({ both: 45, first: 25, second: 25, neither: 5 }),
    );
  });

  it('stays between -1 and 1 where there is nothing in between', () => {
    for (const pairs of [
      { both: 0, first: 5, second: 0, neither: 0 },
      { both: 5, first: 0, second: 0, neither: 0 },
      { both: 0, first: 0, second: 0, neither: 5 },
    ]) {
      const { value, low, high } = pairedDifference(pairs);
      for (const edge of [low, high]) expect(Math.abs(edge)).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  it('holds the truth about as often as it says', () => {
    const next = random(11);
    const rounds = 2000;
    let held = 0;
    for (let round = 0; round < rounds; round += 1) {
      // The first is right in 70 %, the second in 60 %; they depend on each other by how hard the image is.
      const answers = Array.from({ length: 80 }, () => {
        const hard = next() < 0.5;
        return [next() < (hard ? 0.5 : 0.9), next() < (hard ? 0.3 : 0.9)] as const;
      });
      const { low, high } = pairedDifference(
        pair(
          answers.map(([a]) => a),
          answers.map(([, b]) => b),
        ),
      );
      if (low <= 0.1 && 0.1 <= high) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.93);
    expect(held / rounds).toBeLessThan(0.98);
  });
});
