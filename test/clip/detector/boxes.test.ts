import { describe, expect, it } from 'vitest';
import { candidates, toDetections } from '../../../src/clip/detector/boxes.ts';
import { reference } from './reference.ts';

const LABELS = ['cat', 'dog'];
const box = (score: number, label = 0, x = 0.1) => ({ label, score, x, y: 0.2, width: 0.3, height: 0.4 });
const PICTURE = { width: 200, height: 100 };

describe('the boxes of an OWL-ViT', () => {
  it.each(Object.keys(reference.images))('of %s are those of the reference, before any is left out', (name) => {
    const { width, height, logits, boxes, detections } = reference.images[name] ?? expect.fail();
    const found = candidates({ logits, boxes }, reference.labels.length);
    expect(found.map(({ label }) => label)).toEqual(detections.map(({ label }) => label));
    for (const [i, { score, box: corners }] of detections.entries()) {
      const own = found[i] ?? expect.fail();
      expect(Math.abs(own.score - score)).toBeLessThan(1e-4);
      const ends = [own.x * width, own.y * height, (own.x + own.width) * width, (own.y + own.height) * height];
      for (const [at, end] of ends.entries()) expect(Math.abs(end - (corners[at] ?? 0))).toBeLessThan(1e-3);
    }
  });

  it('of several templates are judged by the mean of their logits', () => {
    const boxes = [Float32Array.of(0.5, 0.5, 0.2, 0.2)];
    const [found] = candidates({ logits: [Float32Array.of(3, -1, 0, 0.5)], boxes }, 2);
    expect(found).toMatchObject({ label: 0, score: 1 / (1 + Math.exp(-1)) });
  });

  it('name a thing once, and another label at the same place as well', () => {
    const found = toDetections([box(0.3), box(0.6, 0, 0.12), box(0.2, 1), box(0.4, 0, 0.6)], LABELS, PICTURE);
    expect(found.map(({ label, score, x }) => [label, score, x])).toEqual([
      ['cat', 0.6, 24],
      ['cat', 0.4, 120],
      ['dog', 0.2, 20],
    ]);
  });

  it('are cut off at the ends of the picture, and never empty', () => {
    const beyond = { label: 0, score: 0.5, x: -0.5, y: -0.1, width: 9, height: 9 };
    const outside = { label: 1, score: 0.5, x: 1.2, y: 1.2, width: 0.1, height: 0.1 };
    const flat = { label: 1, score: 0.4, x: 0.5, y: 0.5, width: 0, height: 1e-9 };
    expect(toDetections([beyond, outside, flat], LABELS, PICTURE)).toEqual([
      { label: 'cat', score: 0.5, x: 0, y: 0, width: 200, height: 100 },
      { label: 'dog', score: 0.5, x: 199, y: 99, width: 1, height: 1 },
      { label: 'dog', score: 0.4, x: 100, y: 50, width: 1, height: 1 },
    ]);
  });

  it('have the surest of each label among them, which would else be said not to be found', () => {
    const cats = Array.from({ length: 30 }, (_, i) => ({ ...box(0.9 - i / 100, 0, i / 30), width: 0.03 }));
    const found = toDetections([...cats, box(0.2, 1), box(0.15, 1, 0.7)], LABELS, { width: 9000, height: 10 });
    expect(found).toHaveLength(20);
    expect(found.at(-1)).toMatchObject({ label: 'dog', score: 0.2 });
    expect(found.filter(({ label }) => label === 'cat')).toHaveLength(19);
  });

  it('are the twenty surest of any number', () => {
    const many = Array.from({ length: 90 }, (_, i) => ({ ...box(0.1 + i / 100, 0, i / 90), width: 0.011 }));
    const found = toDetections(many, LABELS, { width: 9000, height: 10 });
    expect(found.map(({ score }) => score)).toEqual(Array.from({ length: 20 }, (_, i) => 0.1 + (89 - i) / 100));
  });
});
