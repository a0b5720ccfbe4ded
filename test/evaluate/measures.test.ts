import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsv, readDataset } from '../../evaluate/dataset.ts';
import { measure, type Prediction } from '../../evaluate/measures.ts';
import { toCsv } from '../../src/evaluation/csv.ts';

const CLASSES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The answers in this order, the first with this probability. */
function prediction(label: string, order: string, probability: number): Prediction {
  const rest = (1 - probability) / (order.length - 1);
  return {
    image: 'x',
    label,
    ranked: [...order].map((one, i) => ({ label: one, probability: i === 0 ? probability : rest })),
  };
}

describe('measures', () => {
  const predictions = [
    prediction('a', 'abcdef', 0.95),
    prediction('a', 'bacdef', 0.95),
    prediction('a', 'bcdefa', 0.55),
    prediction('b', 'bacdef', 1),
  ];
  const measured = measure(predictions, CLASSES);

  it('count who is first and who is among the first five', () => {
    expect([measured.top1.value, measured.top5.value]).toEqual([0.5, 0.75]);
    expect(measured.classes[0]).toMatchObject({
      label: 'a',
      images: 3,
      mistakenFor: 'b',
      top1: { value: expect.closeTo(1 / 3) },
    });
    expect(measured.classes[1]).toMatchObject({ label: 'b', images: 1, mistakenFor: undefined, top1: { value: 1 } });
    expect(measured.classes[2]).toMatchObject({ label: 'c', images: 0 });
  });

  it('say what was taken for what', () => {
    expect(measured.confusion[0]).toEqual([1, 2, 0, 0, 0, 0]);
    expect(measured.confusion[1]).toEqual([0, 1, 0, 0, 0, 0]);
    expect(measured.confusion.flat().reduce((sum, count) => sum + count)).toBe(4);
  });

  it('tell how far probabilities are from what comes true', () => {
    const { bins, expectedError, meanProbability } = measured.calibration;
    expect(bins).toHaveLength(10);
    expect(bins[9]).toMatchObject({ images: 3, probability: expect.closeTo(2.9 / 3), right: expect.closeTo(2 / 3) });
    expect(bins[5]).toMatchObject({ images: 1, probability: expect.closeTo(0.55), right: 0 });
    expect(expectedError).toBeCloseTo((3 * (2.9 / 3 - 2 / 3) + 0.55) / 4, 10);
    expect(meanProbability).toBeCloseTo(3.45 / 4, 10);
  });
});

describe('a dataset', () => {
  it('is a folder of classes, with underscores for spaces', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-'));
    for (const [name, file] of [
      ['red_panda', '1.png'],
      ['고양이', '2.png'],
      ['red_panda', '.hidden'],
      ['.git', 'x'],
    ] as const) {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, file), '');
    }
    const { classes, images } = await readDataset(folder);
    expect(classes).toEqual(['red panda', '고양이']);
    expect(images.map(({ name, label }) => [name, label])).toEqual([
      ['red_panda/1.png', 'red panda'],
      ['고양이/2.png', '고양이'],
    ]);
  });

  it('is a CSV file, whose paths start where it lies', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-'));
    const file = join(folder, 'list.csv');
    await writeFile(file, '\ufeffPath,label\r\n"a, b.png","say ""cat"""\r\nsub/c.png,dog\r\n');
    const { classes, images } = await readDataset(file);
    expect(classes).toEqual(['dog', 'say "cat"']);
    expect(images.map(({ path }) => path)).toEqual([join(folder, 'a, b.png'), join(folder, 'sub/c.png')]);
  });

  it.each([
    ['nowhere', /There is nothing at nowhere/],
    ['one.csv', /has only cat/],
    ['gap.csv', /Line 2 of .* has no path or no label/],
    ['empty', /has none/],
  ])('that is %s is refused in a sentence', async (name, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-'));
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'one.csv'), 'a.png,cat\n');
    await writeFile(join(folder, 'gap.csv'), 'a.png,cat\nb.png,\n');
    await expect(readDataset(name === 'nowhere' ? name : join(folder, name))).rejects.toThrow(message);
  });

  it('comes out of CSV as it went in', () => {
    const rows = [
      ['a', 'b, c', 'say "d"'],
      ['', 'e\nf', 'g'],
    ];
    expect(parseCsv(toCsv(rows))).toEqual(rows);
  });
});
