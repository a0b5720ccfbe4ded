import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/audit/items.ts';
import { tableOf } from '../../src/audit/measure.ts';
import { packSchema } from '../../src/audit/pack.ts';
import { bootstrapMean, twoWayBootstrap } from '../../src/audit/statistics/bootstrap.ts';
import { compare, type Table } from '../../src/audit/statistics/compare.ts';
import { smallestMean } from '../../src/audit/statistics/detectable.ts';
import { fisherExact } from '../../src/audit/statistics/exact.ts';
import { holm } from '../../src/audit/statistics/holm.ts';
import { compareInThread } from '../../src/audit/statistics/in-thread.ts';
import type { Estimate } from '../../src/audit/statistics/level.ts';
import { meanOf } from '../../src/audit/statistics/moments.ts';
import { permutationTest } from '../../src/audit/statistics/permutation.ts';
import { seeded } from '../../src/audit/statistics/random.ts';
import { pair, pairedDifference, share, shareDifference } from '../../src/audit/statistics/shares.ts';
import { signFlipTest } from '../../src/audit/statistics/sign-flip.ts';
import { verdictOf } from '../../src/audit/verdict.ts';
import { sampleManifest } from './sample-pack.ts';

const SETS = 1000;
/** Of what takes no time. */
const MORE_SETS = 4000;
const EFFECTS = { minimum: 0.5, equivalence: 0.5 };
const SCALE = 100;

const random = seeded(3);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const normals = (count: number, mean = 0) => Array.from({ length: count }, () => mean + normal());
const answers = (count: number, rate: number) => Array.from({ length: count }, () => random() < rate);
const shareOf = (sets: number, holds: () => boolean) => {
  const outcomes = Array.from({ length: sets }, holds);
  return outcomes.filter(Boolean).length / sets;
};
const holds = ({ low, high }: Estimate, truth: number) => low <= truth + 1e-9 && high >= truth - 1e-9;

describe('an audit of an encoder in which a difference of known size was planted', () => {
  const manifest = packSchema.parse({
    ...sampleManifest(),
    images: Array.from({ length: 24 }, (_, i) => ({
      file: `images/${i}.png`,
      sha256: String(i).padStart(64, '0'),
      style: 'dots',
      group: i % 2 === 0 ? 'red' : 'blue',
      base: `base-${i >> 1}`,
    })),
  });
  const axes = Object.fromEntries(manifest.terms.map(({ id }, i) => [id, i]));
  const terms = new Map(
    manifest.terms.map(({ id }) => [id, manifest.templates.map(() => axis(axes[id] ?? 0, manifest.terms.length))]),
  );
  const { primary } = manifest;

  function axis(at: number, length: number): Float32Array {
    return Float32Array.from({ length }, (_, i) => (i === at ? 1 : 0));
  }

  /** Drawings of twelve bases, of which red ones lie nearer to both words for the first label: by so many log-odds. */
  function planted(size: number): Table {
    const items = manifest.images.map(({ base, group, style }): Item => {
      const vector = new Float32Array(manifest.terms.length);
      const own = (group === 'red' ? size : 0) + 0.2 * normal();
      for (const word of ['apple', 'fruit']) vector[axes[word] ?? 0] = own / SCALE;
      return { base, group, style, vectors: manifest.templates.map(() => vector) };
    });
    return tableOf(items, primary, manifest, terms, SCALE);
  }

  it.each([2, -1])('finds it each time, and its size: %d log-odds', (size) => {
    const found = Array.from({ length: 100 }, () => compare(planted(size), seeded(7)));
    for (const one of found) expect(verdictOf(one, one.p, undefined, EFFECTS)).toBe('difference');
    expect(meanOf(found.map(({ effect }) => effect.value))).toBeCloseTo(size, 1);
    expect(found.filter(({ effect }) => holds(effect, size)).length).toBeGreaterThanOrEqual(90);
  });

  it('says that nothing large is there where nothing was planted', () => {
    const found = compare(planted(0), seeded(7));
    expect(verdictOf(found, found.p, undefined, EFFECTS)).toBe('none-larger');
  });

  it('turns every sign when the groups change places, and nothing else', () => {
    const table = planted(1);
    const [one, other] = [compare(table, seeded(7)), compare({ ...table, a: table.b, b: table.a }, seeded(7))];
    const turned = ({ value, low, high }: Estimate) => ({
      value: expect.closeTo(-value, 9),
      low: expect.closeTo(-high, 9),
      high: expect.closeTo(-low, 9),
    });
    expect(other).toMatchObject({
      effect: turned(one.effect),
      standardised: expect.closeTo(-one.standardised, 9),
      weat: expect.closeTo(-one.weat, 9),
      auc: expect.closeTo(1 - one.auc, 9),
      p: one.p,
      prompts: { least: expect.closeTo(-one.prompts.most, 9), most: expect.closeTo(-one.prompts.least, 9) },
      wordings: one.wordings.map(({ effect }) => ({ effect: expect.closeTo(-effect, 9) })),
    });
  });

  it('gives every result as it was when something else is asked as well', async () => {
    const [one, other, irrelevant] = [planted(1), planted(0), planted(0)];
    const alone = await compareInThread({ seed: 7, tables: [one, other] });
    const [first, , second] = await compareInThread({ seed: 7, tables: [one, irrelevant, other] });
    expect([first, second]).toEqual(alone);
  });
});

describe('a thousand data sets', () => {
  it('hold no more false findings than the level says, with pairs, without, and in any of three styles', () => {
    const inPairs = () => signFlipTest(normals(12), random);
    const tests = {
      inPairs,
      withoutPairs: () => permutationTest(normals(6), normals(6), random).twoSided,
      inThreeStyles: () => Math.min(...holm([inPairs(), inPairs(), inPairs()])),
    };
    for (const [name, p] of Object.entries(tests)) {
      expect(
        shareOf(MORE_SETS, () => p() < 0.05),
        name,
      ).toBeLessThanOrEqual(0.055);
    }
  });

  it('find four of five differences of the smallest size that is told', () => {
    const size = smallestMean(1 / Math.sqrt(12), 11, 3, 0.5);
    const found = shareOf(SETS, () => (holm([signFlipTest(normals(12, size), random), 0.5, 0.5])[0] ?? 1) < 0.05);
    expect(found).toBeGreaterThan(0.77);
    expect(found).toBeLessThan(0.84);
  });

  it.each([
    ['none', (): number => 0, 1],
    ['all', (): number => 1, 1],
    ['any share', random, 0.94],
  ] as const)('where %s get a label, have that in the intervals of shares', (_, draw, least) => {
    const n = 12;
    const count = (rate: number) => answers(n, rate).filter(Boolean).length;
    const intervals = {
      wilson: (rate: number) => holds(share(count(rate), n), rate),
      newcombe: (rate: number) => holds(shareDifference(share(count(rate), n), share(count(rate), n)), 0),
      inPairs(rate: number) {
        const first = answers(n, rate);
        const second = first.map((answer) => (random() < 0.5 ? answer : random() < rate));
        return holds(pairedDifference(pair(first, second)), 0);
      },
    };
    for (const [name, has] of Object.entries(intervals)) {
      expect(
        shareOf(MORE_SETS, () => has(draw())),
        name,
      ).toBeGreaterThanOrEqual(least);
    }
  });

  it.each([
    [12, false],
    [4, true],
  ])('have the truth in their bootstrap of %i values (two groups: %s) as often as the guide says', (n, isOfTwo) => {
    const held = shareOf(SETS, () => holds(bootstrapMean(normals(n), isOfTwo ? normals(n) : undefined, random), 0));
    expect(held).toBeGreaterThanOrEqual(0.93);
    expect(held).toBeLessThan(0.97);
  });

  it.each([
    [12, 5],
    [6, 5],
  ])('have the truth in their bootstrap of %i pairs and %i prompts, which both were drawn', (pairs, prompts) => {
    const held = shareOf(SETS / 2, () => {
      const shifts = normals(prompts).map((shift) => shift / 2);
      const rows = normals(pairs).map((mean) => shifts.map((shift) => mean + shift + normal() / 2));
      return holds(twoWayBootstrap([rows], random), 0);
    });
    expect(held).toBeGreaterThanOrEqual(0.94);
  });
});

describe('the figures of bias audits that were printed before', () => {
  it.each([
    [5, 4, undefined],
    [10, 5, 10],
    [20, 5, 17],
    [30, 6, 24],
    [60, 6, 42],
  ])('of %i a group, %i against none and %s against half are the fewest that Fisher calls certain', (n, none, half) => {
    const fewest = (other: number) =>
      Array.from({ length: n + 1 }, (_, k) => k).find((k) => k > other && fisherExact(k, n, other, n) < 0.05);
    expect(fewest(0)).toBe(none);
    if (half !== undefined) expect(fewest(n / 2)).toBe(half);
  });

  it.each([
    [5, 0.43],
    [10, 0.28],
    [20, 0.16],
    [30, 0.11],
    [60, 0.06],
  ])('none of %i leaves room for %d', (n, upper) => {
    expect(share(0, n).high).toBeCloseTo(upper, 2);
  });
});
