import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureCurves } from '../../evaluate/localisation/curves.ts';
import { areasOf } from '../../evaluate/localisation/reveal.ts';
import { composeScene, readArt } from '../../evaluate/localisation/scene.ts';
import { loadConfig } from '../../src/config.ts';
import { createModels } from '../../src/services.ts';

/** Sixteen patches, each with a square of white in the black: neither the blurred picture nor the mean colour is like it. */
const SIDE = 32;
const PATCH = 8;
const pixels = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => {
  const [x, y] = [Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE)];
  return x % PATCH < 2 && y % PATCH < 2 ? 255 : 0;
});
const view = { width: SIDE, height: SIDE, pixels, patches: { rows: 4, columns: 4 } };
const PATCHES = Array.from({ length: 16 }, (_, i) => i);

/** Whether all of a patch is as in the picture. */
function isThere(frame: Uint8Array, patch: number): boolean {
  return PATCHES.every((row) => {
    if (row >= PATCH) return true;
    const start = 3 * ((Math.floor(patch / 4) * PATCH + row) * SIDE + (patch % 4) * PATCH);
    return Buffer.compare(frame.subarray(start, start + 3 * PATCH), pixels.subarray(start, start + 3 * PATCH)) === 0;
  });
}

/** A model that knows one thing by patch 5 alone, another by how many patches there are, and is sure of a third. */
const areas = areasOf(view, async (frames) =>
  frames.map((frame) => {
    const there = PATCHES.filter((patch) => isThere(frame, patch));
    return [Number(there.includes(5)), there.length / 16, 1];
  }),
);

it('reward an order that begins with what is looked at', async () => {
  // 15 steps of 1 and half of one, of 16: from the first patch on it is there, or gone.
  const first = await (await areas)([5, ...PATCHES.filter((patch) => patch !== 5)]);
  expect(first).toEqual({ insertion: [15.5 / 16, 0.5, 1], deletion: [0.5 / 16, 0.5, 1] });
  const last = await (await areas)([...PATCHES.filter((patch) => patch !== 5), 5]);
  expect(last).toEqual({ insertion: [0.5 / 16, 0.5, 1], deletion: [15.5 / 16, 0.5, 1] });
});

it("hold a map's order against random ones, of the same picture and for each noun", async () => {
  const { models } = createModels({ ...loadConfig(), DATA_DIR: await mkdtemp(join(tmpdir(), 'curves-')) });
  const model = await models.choose('demo');
  const scene = await composeScene(await readArt(), 'curves', 0, 2);
  const curves = await measureCurves(model, scene, ['dense', 'gradcam']);
  const nouns = scene.objects.map(({ noun }) => noun);
  expect(curves.map(({ method, noun }) => [method, noun])).toEqual(
    ['dense', 'gradcam'].flatMap((method) => nouns.map((noun) => [method, noun])),
  );
  for (const { insertion, deletion, randomInsertion, randomDeletion } of curves) {
    for (const area of [insertion, deletion, randomInsertion, randomDeletion]) {
      expect(area).toBeGreaterThan(0);
      expect(area).toBeLessThan(1);
    }
  }
  expect(curves[0]?.randomInsertion).toBe(curves[2]?.randomInsertion);
  expect(await measureCurves(model, scene, ['dense'])).toEqual(curves.slice(0, 2));
  await models.close();
});
