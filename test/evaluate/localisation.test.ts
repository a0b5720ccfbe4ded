import { copyFile, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  averagePrecision,
  energyIn,
  nearArea,
  overlapAt,
  pointsAt,
  spearman,
} from '../../evaluate/localisation/measures.ts';
import { randomise } from '../../evaluate/localisation/randomise.ts';
import { composeScene, readArt, SIDE } from '../../evaluate/localisation/scene.ts';
import { bootstrap } from '../../evaluate/statistics.ts';
import { readGraph } from '../../src/clip/onnx/graph.ts';
import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import { loadConfig } from '../../src/config.ts';
import { ROOT } from '../../src/root.ts';
import { createModels } from '../../src/services.ts';

const DEMO = fileURLToPath(new URL('models/demo/onnx/vision_model.onnx', ROOT));

const RANKING = new URL('test/fixtures/reference/ranking.json', ROOT);
const referenceSchema = z.array(
  z.object({
    name: z.string(),
    scores: z.array(z.number()),
    mask: z.array(z.number()),
    averagePrecision: z.number(),
    others: z.array(z.number()),
    spearman: z.number(),
  }),
);

describe('measures of a map', () => {
  const map = new Float32Array([0, 0.25, 0.5, 1]);
  const mask = new Uint8Array([0, 0, 1, 1]);

  it('point, weigh and overlap as computed by hand', () => {
    expect(pointsAt(map, mask, 2)).toBe(true);
    expect(pointsAt(map, new Uint8Array([1, 1, 1, 0]), 2)).toBe(false);
    expect(pointsAt(new Float32Array(4), mask, 2)).toBe(false);
    expect(energyIn(map, mask)).toBeCloseTo(1.5 / 1.75, 6);
    expect(energyIn(new Float32Array(4), mask)).toBe(0.5);
    expect([0.2, 0.5, 0.9].map((threshold) => overlapAt(map, mask, threshold))).toEqual([2 / 3, 1, 0.5]);
  });

  it('take what is near a mask for a hit, in proportion to the size', () => {
    const wide = new Float32Array(10_000);
    wide[50 * 100 + 50] = 1;
    const beside = (distance: number) => Uint8Array.from(wide, (_, i) => (i === 50 * 100 + 50 + distance ? 1 : 0));
    expect([3, 4].map((distance) => pointsAt(wide, beside(distance), 100))).toEqual([true, false]);
  });

  it('know what a pixel taken blindly would reach', () => {
    const dot = new Uint8Array(10_000);
    dot[50 * 100 + 50] = 1;
    expect(nearArea(dot, 100)).toBeCloseTo(29 / 10_000, 10); // a disc of radius 3
    expect(nearArea(new Uint8Array(100), 10)).toBe(0);
  });

  it("have scikit-learn's average precision and scipy's Spearman correlation", async () => {
    const cases = referenceSchema.parse(JSON.parse(await readFile(RANKING, 'utf8')));
    for (const { name, scores, mask, others, ...expected } of cases) {
      expect(averagePrecision(scores, mask), name).toBeCloseTo(expected.averagePrecision, 12);
      expect(spearman(scores, others), name).toBeCloseTo(expected.spearman, 12);
    }
    expect(averagePrecision([1, 2], [0, 0])).toBe(0);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0);
  });
});

it('asks for each noun alone, though all share one encoding', async () => {
  const { models } = createModels({ ...loadConfig(), DATA_DIR: await mkdtemp(join(tmpdir(), 'each-')) });
  const model = await models.choose('demo');
  const { picture, objects } = await composeScene(await readArt(), 'test', 0, 2);
  const texts = [...objects.map(({ noun }) => noun), 'cat'];
  const methods = ['gradcam', 'dense'] as const;
  const each = await model.saliencyEach(picture, { texts, template: DEFAULT_TEMPLATE, methods });
  for (const [m, method] of methods.entries()) {
    for (const [i, text] of texts.entries()) {
      const asked = { texts: [text], against: [], template: DEFAULT_TEMPLATE, method };
      const [alone] = (await model.saliency(picture, asked)).maps;
      const shared = each[m]?.maps[i];
      expect(shared?.isClear).toBe(alone?.isClear);
      const off = shared?.values.map((value, at) => Math.abs(value - (alone?.values[at] ?? 0))) ?? [1];
      expect(Math.max(...off)).toBeLessThan(1e-5);
    }
  }
  await models.close();
});

it('bootstraps a mean: the same each time, as wide as the normal interval', () => {
  const values = Array.from({ length: 400 }, (_, i) => i % 2);
  const { value, low, high } = bootstrap(values);
  expect(bootstrap(values)).toEqual({ value, low, high });
  expect(value).toBe(0.5);
  expect(Math.abs(low - 0.451)).toBeLessThan(0.008);
  expect(Math.abs(high - 0.549)).toBeLessThan(0.008);
});

describe('a scene', () => {
  it('is the same for the same seed, with masks that agree with its pixels', async () => {
    const art = await readArt();
    const scene = await composeScene(art, 'test', 0, 3);
    expect(await composeScene(art, 'test', 0, 3)).toEqual(scene);
    expect((await composeScene(art, 'other', 0, 3)).picture.pixels).not.toEqual(scene.picture.pixels);
    expect(scene.absent).toHaveLength(3);
    expect(new Set([...scene.objects.map(({ noun }) => noun), ...scene.absent]).size).toBe(6);
    const sums = Array.from({ length: SIDE * SIDE }, (_, i) =>
      scene.objects.reduce((sum, { mask }) => sum + (mask[i] ?? 0), 0),
    );
    expect(Math.max(...sums)).toBe(1);
    for (const { mask } of scene.objects) expect(mask.filter((bit) => bit === 1).length).toBeGreaterThan(200);

    // A black drawing: its mask is where the picture is black.
    const disc = '<circle cx="18" cy="18" r="17" fill="#000"/>';
    const black = await composeScene({ one: [disc], two: [disc], three: [disc] }, 'test', 1, 2);
    const isThere = black.objects.map(({ mask }) => mask);
    const wrong = Array.from({ length: SIDE * SIDE }, (_, i) => {
      const isBlack = [0, 1, 2].every((channel) => (black.picture.pixels[3 * i + channel] ?? 0) < 10);
      return isBlack && !isThere.some((mask) => mask[i] === 1);
    });
    expect(wrong.filter(Boolean)).toHaveLength(0);
  });
});

it('shuffles the weights of a file and nothing else', async () => {
  const copy = join(await mkdtemp(join(tmpdir(), 'shuffled-')), 'vision.onnx');
  await copyFile(DEMO, copy);
  const all = await randomise(copy, 'test', 1);
  expect(all).toBeGreaterThan(50);
  const [before, after] = await Promise.all([DEMO, copy].map((path) => readFile(path)));
  expect(after?.length).toBe(before?.length);
  expect(before && after?.equals(before)).toBe(false);
  const { nodes, outputs } = readGraph(DEMO);
  expect(readGraph(copy)).toMatchObject({ nodes, outputs });
  // The same numbers, at other places.
  expect(countBytes(after)).toEqual(countBytes(before));

  // From the top down: a quarter of the weights, and no more bytes than are in them.
  await copyFile(DEMO, copy);
  expect(await randomise(copy, 'test', 0.25)).toBe(Math.ceil(all / 4));
  const top = await readFile(copy);
  expect(before && top.equals(before)).toBe(false);
  const changed = [top, after].map(
    (bytes) => bytes?.reduce((sum, byte, at) => sum + Number(byte !== before?.[at]), 0) ?? 0,
  );
  expect(changed[0]).toBeLessThan(0.6 * (changed[1] ?? 0));
});

/** How often each byte is in a file. */
function countBytes(file = Buffer.alloc(0)): number[] {
  const counts = new Array<number>(256).fill(0);
  for (const byte of file) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts;
}
