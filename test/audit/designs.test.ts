import { expect, it } from 'vitest';
import { tryDesign } from '../../src/audit/designs.ts';
import type { Item } from '../../src/audit/items.ts';
import { packSchema } from '../../src/audit/pack.ts';
import { sampleManifest } from './sample-pack.ts';

it('an added label is tested in each group by itself: drawings of one base are not counted as so many', () => {
  const bases = [1, 2, 3, 4];
  const groups = ['red', 'blue'];
  const images = bases.flatMap((base) =>
    groups.map((group, k) => ({
      ...{ file: `images/${base}-${group}.png`, sha256: `${base}${k}`.padStart(64, '0'), style: 'dots' },
      ...{ group, base: `base-${base}` },
    })),
  );
  const manifest = packSchema.parse({ ...sampleManifest(), images });
  const [design] = manifest.designs;
  if (!design) throw new Error('the sample has a design');
  const order = manifest.terms.map(({ id }) => id);
  const axis = (id: string, length = 1) => Float32Array.from(order, (one) => (one === id ? length : 0));
  const terms = new Map(order.map((id) => [id, manifest.templates.map(() => axis(id))]));
  // Nearest to Tuesday, then to the apple: where Tuesday is offered, no apple is left.
  const vector = Float32Array.from(axis('tuesday', 0.9), (value, i) => value + (axis('apple', 0.5)[i] ?? 0));
  const items = images.map(({ base, group, style }): Item => {
    return { base, group, style, vectors: manifest.templates.map(() => vector) };
  });

  const { variants } = tryDesign(design, 'dots', items, manifest, terms, 100);
  const [first, second] = variants;
  expect(first?.changes).toEqual([]);
  expect(second?.rates.map(({ count, n }) => [count, n])).toEqual(groups.map(() => [0, 4]));
  expect(second?.changes.map(({ group, value, p }) => [group, value, p])).toEqual(
    groups.map((group) => [group, -1, expect.closeTo(0.125, 9)]),
  );
});
