import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bootstrapMean, twoWayBootstrap } from '../../src/audit/statistics/bootstrap.ts';
import { smallestMean, smallestShareGap } from '../../src/audit/statistics/detectable.ts';
import { areaUnderCurve, hedgesG, pairedEffect, weatEffect } from '../../src/audit/statistics/effects.ts';
import { fisherExact, mcnemarExact } from '../../src/audit/statistics/exact.ts';
import { holm } from '../../src/audit/statistics/holm.ts';
import { Z } from '../../src/audit/statistics/level.ts';
import { normalBelow, normalPoint } from '../../src/audit/statistics/normal.ts';
import { permutationTest } from '../../src/audit/statistics/permutation.ts';
import { seeded } from '../../src/audit/statistics/random.ts';
import { share, shareDifference } from '../../src/audit/statistics/shares.ts';
import { signFlipTest } from '../../src/audit/statistics/sign-flip.ts';
import { studentBelow, studentPoint } from '../../src/audit/statistics/student.ts';

const numbers = z.array(z.number());
const count = z.tuple([z.number(), z.number()]);
const interval = { low: z.number(), high: z.number() };

/** By scipy: `tools/reference/audit_statistics.py`. */
const scipy = z
  .object({
    fisher: z.array(z.object({ table: z.tuple([z.number(), z.number(), z.number(), z.number()]), p: z.number() })),
    mcnemar: z.array(z.object({ b: z.number(), c: z.number(), p: z.number() })),
    wilson: z.array(z.object({ k: z.number(), n: z.number(), ...interval })),
    newcombe: z.array(z.object({ a: count, b: count, ...interval })),
    signFlip: z.array(z.object({ values: numbers, p: z.number() })),
    permutation: z.array(
      z.object({
        a: numbers,
        b: numbers,
        twoSided: z.number(),
        oneSided: z.number(),
        auc: z.number(),
        weat: z.number(),
        hedges: z.number(),
      }),
    ),
    bootstrap: z.array(z.object({ a: numbers, b: numbers, ...interval })),
    gaps: z.array(z.object({ n: z.number(), gap: z.number() })),
    normal: z.array(z.object({ x: z.number(), below: z.number() })),
    student: z.array(z.object({ x: z.number(), freedom: z.number(), below: z.number() })),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/audit/statistics.json', import.meta.url), 'utf8')));

describe('the statistics of an audit, against scipy', () => {
  it.each(scipy.normal)('know the normal distribution at $x', ({ x, below }) => {
    expect(normalBelow(x)).toBeCloseTo(below, 12);
    expect(normalPoint(below)).toBeCloseTo(x, 6);
  });

  it.each(scipy.student)('know Student’s distribution with $freedom degrees of freedom at $x', (row) => {
    const { x, freedom, below } = row;
    expect(studentBelow(x, freedom)).toBeCloseTo(below, 9);
    expect(studentPoint(below, freedom)).toBeCloseTo(x, 6);
  });

  it.each(scipy.fisher)('test the table $table as Fisher does', ({ table, p }) => {
    expect(fisherExact(...table)).toBeCloseTo(p, 9);
  });

  it.each(scipy.mcnemar)('test $b against $c changed answers as McNemar does', ({ b, c, p }) => {
    expect(mcnemarExact(b, c)).toBeCloseTo(p, 9);
  });

  it.each(scipy.wilson)('give $k of $n the interval of Wilson', ({ k, n, low, high }) => {
    expect(share(k, n)).toMatchObject({ low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) });
  });

  it.each(scipy.newcombe)('give $a against $b the interval of Newcombe', ({ a, b, low, high }) => {
    const difference = shareDifference(share(...a), share(...b));
    expect(difference).toMatchObject({ low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) });
  });

  it.each(scipy.signFlip)('flip every sign of $values', ({ values, p }) => {
    expect(signFlipTest(values, seeded(1))).toBeCloseTo(p, 12);
  });

  it.each(scipy.permutation)('split $a and $b in every way', ({ a, b, twoSided, oneSided, auc, weat, hedges }) => {
    expect(permutationTest(a, b, seeded(1)).twoSided).toBeCloseTo(twoSided, 12);
    expect(permutationTest(a, b, seeded(1)).oneSided).toBeCloseTo(oneSided, 12);
    expect(areaUnderCurve(a, b)).toBeCloseTo(auc, 9);
    expect(weatEffect(a, b)).toBeCloseTo(weat, 9);
    expect(hedgesG(a, b)).toBeCloseTo(hedges, 9);
  });

  it.each(scipy.bootstrap)(
    'bootstrap a mean of $a.length and $b.length as BCa does, with what few values lack',
    ({ a, b, low, high }) => {
      const estimate = bootstrapMean(a, b.length > 0 ? b : undefined, seeded(1));
      const tolerance = 0.03 * (high - low);
      expect(Math.abs(estimate.low - low)).toBeLessThan(tolerance);
      expect(Math.abs(estimate.high - high)).toBeLessThan(tolerance);
    },
  );

  it.each(scipy.gaps)('know that $n a group can show a gap of $gap', ({ n, gap }) => {
    expect(smallestShareGap(n)).toBeCloseTo(gap, 9);
  });
});

describe('the statistics of an audit', () => {
  it('never call six pairs or fewer certain: the least p of five pairs is .0625', () => {
    expect(signFlipTest([1, 2, 3, 4, 5], seeded(1))).toBe(0.0625);
    expect(signFlipTest([0, 0, 0, 0, 0, 0], seeded(1))).toBe(1);
  });

  it('draw where there are too many ways to try, near to the exact value and never zero', () => {
    const far = Array.from({ length: 40 }, () => 1);
    expect(signFlipTest(far, seeded(1))).toBe(1 / 10_001);
    const b = far.map((x) => x - 5);
    expect(permutationTest(far, b, seeded(1)).twoSided).toBe(1 / 10_001);
  });

  it('draw the same for the same seed', () => {
    const values = Array.from({ length: 20 }, (_, i) => Math.sin(i) + 0.2);
    expect(bootstrapMean(values, undefined, seeded(7))).toEqual(bootstrapMean(values, undefined, seeded(7)));
    expect(bootstrapMean(values, undefined, seeded(7))).not.toEqual(bootstrapMean(values, undefined, seeded(8)));
  });

  it('keep values that do not differ where they are', () => {
    expect(bootstrapMean([2, 2, 2], undefined, seeded(1))).toEqual({ value: 2, low: 2, high: 2 });
    expect(pairedEffect([2, 2, 2])).toBe(0);
  });

  it('are less sure of a mean when the wordings might have been others too', () => {
    const table = Array.from({ length: 12 }, (_, i) => Array.from({ length: 5 }, (_, k) => Math.sin(i) + 2 * k));
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const rows = table.map((row) => row.reduce((sum, x) => sum + x, 0) / row.length);
    expect(width(twoWayBootstrap([table], seeded(1)))).toBeGreaterThan(
      2 * width(bootstrapMean(rows, undefined, seeded(1))),
    );
  });

  it('adjust as Holm did', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
  });

  it('tell the smallest mean that twelve pairs show: 0.89 standard deviations, and more beside other tests or a minimum', () => {
    expect(Z).toBeCloseTo(1.959964, 6);
    const error = 1 / Math.sqrt(12);
    expect(smallestMean(error, 11, 1, 0.1)).toBeCloseTo(0.888, 3);
    expect(smallestMean(error, 11, 3, 0.1)).toBeCloseTo(1.067, 3);
    expect(smallestMean(error, 11, 1, 2)).toBeCloseTo(2.253, 3);
    expect(smallestShareGap(3)).toBeUndefined();
  });
});
