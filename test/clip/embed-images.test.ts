import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decode } from '../../src/image/decode.ts';
import { startApp } from '../commands/app.ts';
import { countEncodings } from './encodings.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const picture = async (name: string) =>
  decode(name, await readFile(new URL(`../fixtures/images/${name}`, import.meta.url)));

it('embeds images together as each alone, and the same pixels once', async () => {
  const [upright, tall, grey] = await Promise.all(['upright.jpg', 'tall.jpg', 'grey.png'].map(picture));
  if (!upright || !tall || !grey) throw new Error('fixtures are missing');
  const alone = await Promise.all([upright, tall, grey].map((one) => app.model.embedImage(one)));
  const encodings = countEncodings();
  const together = await app.model.embedImages([upright, tall, upright, { ...grey, name: 'other' }, grey]);
  expect(encodings()).toEqual([3]);
  for (const [i, k] of [0, 1, 0, 2, 2].entries()) {
    for (const [at, value] of (together[i] ?? []).entries()) expect(value).toBeCloseTo(alone[k]?.[at] ?? 9, 5);
  }
});

it('needs as few batches as there can be', async () => {
  const one = await picture('tiny.png');
  const many = Array.from({ length: 13 }, (_, i) => ({
    ...one,
    pixels: one.pixels.map((value) => (value + 19 * i) % 256),
  }));
  const encodings = countEncodings();
  expect(await app.model.embedImages(many)).toHaveLength(13);
  expect(encodings()).toEqual([8, 5]);
  expect(await app.model.embedImages([])).toEqual([]);
});
