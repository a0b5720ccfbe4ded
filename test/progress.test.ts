import { describe, expect, it } from 'vitest';
import { RemainingTime } from '../src/progress.ts';

describe('remaining time', () => {
  it('is unknown until there is a pace, then follows it', () => {
    let now = 5000;
    const remaining = new RemainingTime(() => now);
    expect(remaining.of(8, 48)).toBeUndefined();
    now += 2000;
    expect(remaining.of(16, 48)).toBeCloseTo(8);
    now += 10_000;
    expect(remaining.of(24, 48)).toBeCloseTo(18);
    expect(remaining.of(48, 48)).toBe(0);
  });

  it('begins anew with another piece of work', () => {
    let now = 0;
    const remaining = new RemainingTime(() => now);
    remaining.of(1, 3);
    now += 9000;
    remaining.of(3, 3);
    expect(remaining.of(1, 3)).toBeUndefined();
    now += 1000;
    expect(remaining.of(2, 3)).toBeCloseTo(1);
  });
});
