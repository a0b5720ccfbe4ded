import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { readDataset } from '../../evaluate/dataset.ts';
import { composeMosaics } from '../../evaluate/localisation/mosaic.ts';
import { SIDE } from '../../evaluate/localisation/scene.ts';

const COLOURS: Readonly<Record<string, readonly number[]>> = {
  'black cat': [0, 0, 0],
  blue: [0, 0, 255],
  green: [0, 255, 0],
  red: [255, 0, 0],
  white: [255, 255, 255],
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic-'));
  for (const [name, [r = 0, g = 0, b = 0]] of Object.entries(COLOURS)) {
    const place = join(folder, name.replace(' ', '_'));
    await mkdir(place);
    // Three pictures of the red, one of the others; one that is narrow, one with transparency.
    const sizes = name === 'red' ? [300, 40, 900] : [300];
    for (const width of sizes) {
      const create = { width, height: 300, channels: 4 as const, background: { r, g, b, alpha: 1 } };
      await writeFile(join(place, `${width}.png`), await sharp({ create }).png().toBuffer());
    }
  }
  await writeFile(join(folder, 'white/broken.png'), 'no image');
});

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

it('join the middles of four photos of different classes, each with its quadrant for a mask', async () => {
  const dataset = await readDataset(folder, 4);
  const { scenes, unread } = await composeMosaics(dataset, 'test', 6);
  expect(unread).toEqual([{ image: 'white/broken.png', reason: expect.stringContaining('image-format') }]);
  expect(scenes).toHaveLength(6);
  for (const { picture, objects, absent } of scenes) {
    const labels = objects.map(({ noun }) => noun);
    expect(new Set([...labels, ...absent])).toEqual(new Set(dataset.classes));
    expect(absent).toHaveLength(1);
    for (const [i, { noun, mask }] of objects.entries()) {
      const [x, y] = [(i % 2) + 0.5, Math.floor(i / 2) + 0.5].map((quarters) => quarters / 2);
      const middle = Math.floor((y ?? 0) * picture.rows) * picture.columns + Math.floor((x ?? 0) * picture.columns);
      expect([...picture.pixels.subarray(3 * middle, 3 * middle + 3)]).toEqual(COLOURS[noun]);
      expect(mask[Math.floor((y ?? 0) * SIDE) * SIDE + Math.floor((x ?? 0) * SIDE)]).toBe(1);
      expect(mask.reduce((sum, bit) => sum + bit, 0)).toBe(SIDE ** 2 / 4);
    }
  }
  const shown = async (seed: string) => {
    const { scenes } = await composeMosaics(dataset, seed, 6);
    return scenes.map(({ objects, picture }) => [...objects.map(({ noun }) => noun), hash(picture.pixels)]);
  };
  expect(await shown('test')).toEqual(await shown('test'));
  expect(await shown('other')).not.toEqual(await shown('test'));
});

it('ask for nothing that is not there where all of four classes are', async () => {
  const { classes, images } = await readDataset(folder, 4);
  const four = { classes: classes.slice(0, 4), images: images.filter(({ label }) => label !== 'white') };
  const { scenes } = await composeMosaics(four, 'test', 2);
  expect(scenes.map(({ absent }) => absent)).toEqual([[], []]);
});

it('say which classes are left where too few can be read', async () => {
  const { classes, images } = await readDataset(folder, 4);
  const broken = images.filter(({ label, name }) => !['red', 'blue'].includes(label) && name !== 'white/300.png');
  await expect(composeMosaics({ classes, images: broken }, 'test', 2)).rejects.toThrow(
    'only black cat, green. Not read: white/broken.png.',
  );
});
