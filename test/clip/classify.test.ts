import { describe, expect, it } from 'vitest';
import { classify, doubtOf } from '../../src/clip/classify.ts';
import { ensemble, unit } from '../../src/clip/vectors.ts';
import { PromiseCache } from '../../src/promise-cache.ts';

const image = Float32Array.of(1, 0);
const labels = [
  { label: 'half', vector: Float32Array.of(0.6, 0.8) },
  { label: 'same', vector: Float32Array.of(1, 0) },
];

describe('classify', () => {
  it('is a softmax over scaled cosines for CLIP, best first', () => {
    const [first, second] = classify(image, labels, { family: 'clip', logitScale: 10, logitBias: 0 });
    expect(first).toMatchObject({ label: 'same', similarity: 1 });
    expect(first?.probability).toBeCloseTo(1 / (1 + Math.exp(-4)), 6);
    expect((first?.probability ?? 0) + (second?.probability ?? 0)).toBeCloseTo(1, 10);
  });

  it('is a sigmoid of each label by itself for SigLIP', () => {
    const [first, second] = classify(image, labels, { family: 'siglip', logitScale: 10, logitBias: -8 });
    expect(first?.probability).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    expect(second?.probability).toBeCloseTo(1 / (1 + Math.exp(2)), 6);
  });

  it('does not overflow at any scale', () => {
    const scores = classify(image, labels, { family: 'clip', logitScale: 1e5, logitBias: 0 });
    expect(scores.map(({ probability }) => probability)).toEqual([1, 0]);
  });
});

describe('doubtOf', () => {
  const thresholds = { probability: 0.4, margin: 0.1, similarity: 0.2 };
  const score = (probability: number, similarity = 0.3) => ({ label: 'x', probability, similarity });

  it.each([
    ['clear', [score(0.8), score(0.2)], undefined],
    ['low', [score(0.39), score(0.1)], 'too-close'],
    ['close', [score(0.5), score(0.45)], 'too-close'],
    ['nothing fits', [score(0.9, 0.1), score(0.1, 0.05)], 'nothing-fits'],
    ['nothing there', [], 'nothing-fits'],
  ])('%s', (_, scores, doubt) => {
    expect(doubtOf(scores, thresholds)).toBe(doubt);
  });
});

describe('vectors', () => {
  it('ensemble to a unit vector between theirs', () => {
    expect([...ensemble([Float32Array.of(1, 0), Float32Array.of(0, 1)])]).toEqual([
      Math.fround(Math.SQRT1_2),
      Math.fround(Math.SQRT1_2),
    ]);
  });

  it('leave zero alone', () => {
    expect([...unit(Float32Array.of(0, 0))]).toEqual([0, 0]);
  });
});

describe('PromiseCache', () => {
  it('makes a value once, also while it is being made', async () => {
    const cache = new PromiseCache<number>(2);
    let made = 0;
    const make = async () => ++made;
    expect(await Promise.all([cache.get('a', make), cache.get('a', make)])).toEqual([1, 1]);
  });

  it('forgets the least recently used', async () => {
    const cache = new PromiseCache<string>(2);
    const made: string[] = [];
    const get = (key: string) => cache.get(key, async () => String(made.push(key)));
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('forgets what failed', async () => {
    const cache = new PromiseCache<number>(2);
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('a', async () => 1)).toBe(1);
  });
});
