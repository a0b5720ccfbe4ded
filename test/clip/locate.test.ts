import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelLibrary } from '../../src/clip/library.ts';
import { ModelPool } from '../../src/clip/model-pool.ts';
import { type Box, otsu, regions } from '../../src/clip/regions.ts';
import { decode } from '../../src/image/decode.ts';
import { access } from './loopback-hub.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

it('parts two heaps of numbers between them', () => {
  const value = otsu([0, 0.1, 0.2, 0.1, 5, 5.1, 4.9]);
  expect(value).toBeGreaterThan(0.2);
  expect(value).toBeLessThanOrEqual(4.9);
});

it('joins cells that touch by a corner', () => {
  const cells = ['#..#', '.#..', '...#'].flatMap((row) => [...row].map((cell) => cell === '#'));
  const found = regions(cells, { rows: 3, columns: 4 });
  expect(found).toHaveLength(3);
  expect(found[0]).toEqual({ box: { x: 0, y: 0, width: 2, height: 2 }, cells: [0, 5] });
});

describe('with the demo model', () => {
  let folder: string;
  let pool: ModelPool;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cliplens-locate-'));
    const library = new ModelLibrary({ hub: access('http://127.0.0.1:9'), cacheFolder: folder });
    pool = new ModelPool({ library, model: path('models/demo'), dtype: 'fp32', threads: 1, memory: 1e9 });
  });
  afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true });
  });

  const LABELS = ['bicycle', 'cat', 'pizza', 'rocket', 'sunflower'];
  const [width, height] = [640, 480];

  it.each(
    ['bicycle', 'cat', 'pizza', 'sunflower'].flatMap((name) => [
      { name, x: 0, y: 0 },
      { name, x: 320, y: 240 },
    ]),
  )('finds the picture of a $name that lies at $x, $y', async ({ name, x, y }) => {
    const place = { x, y, width: 320, height: 240 };
    const input = await sharp(path(`adapters/web/samples/${name}.png`))
      .resize(320, 240)
      .png()
      .toBuffer();
    const ground = { create: { width, height, channels: 3 as const, background: '#e8e4da' } };
    const bytes = await sharp(ground)
      .composite([{ input, left: x, top: y }])
      .png()
      .toBuffer();
    const picture = await decode('scene.png', bytes);
    const question = { labels: LABELS, template: 'photo' };
    const [best] = await pool.default.detect(picture, question);
    expect(best?.label).toBe(name);
    // The thing fills the middle of its picture, and nothing is asked about what surrounds it there.
    expect(best && shareIn(best, place)).toBeGreaterThan(0.8);
    expect(best && best.width * best.height).toBeGreaterThan(0.08 * place.width * place.height);
    const mask = await pool.default.segment(picture, question);
    expect([mask.width, mask.height, mask.values.length]).toEqual([width, height, width * height]);
    expect(mask.values[(y + 120) * width + x + 160]).toBe(LABELS.indexOf(name) + 1);
  });

  it('tells places in the picture as it is shown: upright, and as large as it was', async () => {
    const place = { x: 1000, y: 300, width: 600, height: 600 };
    const input = await sharp(path('adapters/web/samples/cat.png')).resize(place.width, place.height).png().toBuffer();
    const ground = { create: { width: 1600, height: 900, channels: 3 as const, background: '#e8e4da' } };
    const scene = await sharp(ground)
      .composite([{ input, left: place.x, top: place.y }])
      .png()
      .toBuffer();
    // Stored lying on its side, with a mark that says so.
    const lying = await sharp(scene).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    expect(await sharp(lying).metadata()).toMatchObject({ width: 900, height: 1600 });
    const picture = await decode('lying.jpg', lying);
    const question = { labels: LABELS, template: 'photo' };
    const [best] = await pool.default.detect(picture, question);
    expect(best?.label).toBe('cat');
    expect(best && shareIn(best, place)).toBeGreaterThan(0.8);
    expect(best && best.width * best.height).toBeGreaterThan(0.08 * place.width * place.height);
    const mask = await pool.default.segment(picture, question);
    expect([mask.width, mask.height]).toEqual([1600, 900]);
    expect(mask.values[600 * mask.width + 1300]).toBe(LABELS.indexOf('cat') + 1);
  });

  it.each([
    [400, 300],
    [3000, 40],
  ])('finds nothing in a plain picture of %i x %i', async (width, height) => {
    const ground = { create: { width, height, channels: 3 as const, background: '#7799aa' } };
    const picture = await decode('plain.png', await sharp(ground).png().toBuffer());
    const question = { labels: ['bicycle', 'cat', 'bicycle wheel'], template: 'photo' };
    expect(await pool.default.detect(picture, question)).toEqual([]);
    expect(new Set((await pool.default.segment(picture, question)).values)).toEqual(new Set([0]));
  });
});

/** How much of a box lies in another. */
function shareIn(box: Box, other: Box): number {
  const width = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
  const height = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return (Math.max(0, width) * Math.max(0, height)) / (box.width * box.height);
}
