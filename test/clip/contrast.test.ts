import { expect, it } from 'vitest';
import { contrast } from '../../src/clip/contrast.ts';
import { dot } from '../../src/clip/vectors.ts';

/** Everyday words and a text, each along an axis of its own. */
const [cat, dog, rocket] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(0, 0, 1)];

it('takes the mean of everyday words from a text that no word outdoes in the image', () => {
  for (const image of [rocket, Float32Array.of(0, 0.6, 0.8), Float32Array.of(0, 0, 0)]) {
    expect(contrast([rocket], [], [cat, dog], { image, logitScale: 10 })).toEqual([Float32Array.of(-0.5, -0.5, 1)]);
  }
});

it('lets what the image shows explain away a text that it does not', () => {
  // Ahead by 10 logits the cat has all the probability of everyday words, and half the mean, but for a share of exp(-5).
  const logitScale = 10;
  const [direction] = contrast([rocket], [], [cat, dog], { image: cat, logitScale });
  const share = 0.5 * (1 - Math.exp(-5));
  const likely = 1 / (1 + Math.exp(-10));
  expect(direction?.[0]).toBeCloseTo(-(1 - share) / 2 - share * likely, 6);
  expect(direction?.[1]).toBeCloseTo(-(1 - share) / 2 - share * (1 - likely), 6);
  expect(direction?.[2]).toBe(1);
});

it('counts each other text as much as the everyday words together', () => {
  const asked = { image: rocket, logitScale: 10 };
  const [direction] = contrast([rocket], [cat], [dog], asked);
  expect(direction).toEqual(Float32Array.of(-0.5, -0.5, 1));
  expect(contrast([rocket, cat], [], [dog], asked)[0]).toEqual(direction);
  expect(dot(direction ?? cat, rocket)).toBe(1);
});
