import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { predict, train } from '../../src/probe/probe.ts';
import { randomFrom } from '../../src/probe/random.ts';
import { USUAL_STRENGTH } from '../../src/probe/strength.ts';
import { Trainer } from '../../src/probe/trainer.ts';

const rowsSchema = z.array(z.array(z.number()));
const problemsSchema = z.record(
  z.string(),
  z.object({
    count: z.number(),
    strength: z.number(),
    classes: z.array(z.number()),
    vectors: rowsSchema,
    questions: rowsSchema,
    coefficients: rowsSchema,
    intercepts: z.array(z.number()),
    probabilities: rowsSchema,
  }),
);
const file = new URL('../fixtures/probe/logistic-regression.json', import.meta.url);
const problems = Object.entries(problemsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));

/** Unit vectors around one centre per class; `spread` 0 is the centre itself. */
function draw(count: number, each: number, size: number, spread: number) {
  const random = randomFrom(7);
  const cloud = () => random() + random() + random() - 1.5;
  const centres = Array.from({ length: count }, () => Array.from({ length: size }, () => 1 + cloud()));
  const classes = centres.flatMap((_, k) => Array.from({ length: each }, () => k));
  const vectors = classes.map((k) => {
    const raw = (centres[k] ?? []).map((value) => value + spread * cloud());
    const length = Math.hypot(...raw);
    return Float32Array.from(raw, (value) => value / length);
  });
  return { vectors, classes, count };
}

describe('a linear probe', () => {
  it.each(problems)('is scikit-learn’s logistic regression: %s', (_, problem) => {
    const { count, strength, classes } = problem;
    const vectors = problem.vectors.map((row) => Float32Array.from(row));
    const probe = train({ vectors, classes, count }, strength);
    // Of two classes only the difference is told.
    const told = (values: readonly number[]) => (count === 2 ? [(values[1] ?? 0) - (values[0] ?? 0)] : values);
    expect(told([...probe.intercepts])).toHaveLength(problem.intercepts.length);
    told([...probe.intercepts]).forEach((value, k) => {
      expect(Math.abs(value - (problem.intercepts[k] ?? 9))).toBeLessThan(1e-3);
    });
    for (const [k, row] of problem.coefficients.entries()) {
      for (const [i, expected] of row.entries()) {
        const [value = 9] = count === 2 ? told(probe.weights.map((w) => w[i] ?? 0)) : [probe.weights[k]?.[i]];
        expect(Math.abs(value - expected)).toBeLessThan(1e-3);
      }
    }
    for (const [i, question] of problem.questions.entries()) {
      for (const [k, probability] of predict(probe, Float32Array.from(question)).entries()) {
        expect(Math.abs(probability - (problem.probabilities[i]?.[k] ?? 9))).toBeLessThan(1e-4);
      }
    }
  });

  it('chooses a strength by cross-validation where there are examples to hold back', () => {
    const lesson = draw(4, 8, 64, 2);
    const { strength } = train(lesson);
    expect(strength).not.toBe(USUAL_STRENGTH);
    expect(train(lesson).strength).toBe(strength);
    expect(train(draw(4, 2, 64, 2)).strength).toBe(USUAL_STRENGTH);
  });

  it('trusts a clean lesson more than a noisy one', () => {
    expect(train(draw(3, 8, 32, 0.1)).strength).toBeGreaterThan(train(draw(3, 8, 32, 6)).strength);
  });

  it('takes the same vector many times, and under two classes', () => {
    const { vectors } = draw(2, 1, 16, 0);
    const [a = new Float32Array(), b = new Float32Array()] = vectors;
    const probe = train({ vectors: [a, a, a, a, b, b, b, a], classes: [0, 0, 0, 0, 1, 1, 1, 1], count: 2 });
    const [first = 0] = predict(probe, a);
    expect(first).toBeGreaterThan(0.5);
    expect(first).toBeLessThan(0.95);
    expect(predict(train({ vectors: [a, a], classes: [0, 1], count: 2 }), b)).toEqual([
      expect.closeTo(0.5, 6),
      expect.closeTo(0.5, 6),
    ]);
  });
});

describe('training off the main thread', () => {
  it('gives the same probe', async () => {
    const lesson = draw(3, 4, 16, 1);
    const trainer = new Trainer();
    const probes = await Promise.all([trainer.train(lesson), trainer.train(lesson)]);
    expect(probes).toEqual([train(lesson), train(lesson)]);
  });

  it('goes on after one that failed', async () => {
    const trainer = new Trainer();
    const lesson = draw(2, 1, 4, 0);
    await expect(trainer.train({ ...lesson, count: -1 })).rejects.toThrow();
    expect((await trainer.train(lesson)).strength).toBe(USUAL_STRENGTH);
  });
});
