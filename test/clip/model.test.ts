import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ModelLibrary } from '../../src/clip/library.ts';
import { ClipModel } from '../../src/clip/model.ts';
import { access } from './loopback-hub.ts';

async function open(fixture: string): Promise<ClipModel> {
  const cacheFolder = await mkdtemp(join(tmpdir(), 'cliplens-model-'));
  const library = new ModelLibrary({ hub: access('http://127.0.0.1:1'), cacheFolder });
  const name = fileURLToPath(new URL(`../fixtures/reference/${fixture}`, import.meta.url));
  return new ClipModel({
    name,
    find: (onProgress, signal) => library.find({ model: name, dtype: 'fp32', ask: 'may', onProgress, signal }),
    threads: 1,
    explanations: '',
    admit: async () => () => {},
  });
}

it('is loaded anew at the next request when its thread died and could not be started again', async () => {
  const threads: Worker[] = [];
  const remember = (worker: Worker) => threads.push(worker);
  process.on('worker', remember);
  const model = await open('clip-tiny');
  await model.embedLabels(['cat'], 'plain');
  await threads[0]?.terminate();
  await threads[1]?.terminate();
  expect(threads).toHaveLength(2);
  const [first, second] = await Promise.all([model.embedLabels(['dog'], 'plain'), model.embedLabels(['owl'], 'plain')]);
  expect([first[0]?.length, second[0]?.length]).toEqual([32, 32]);
  expect(threads).toHaveLength(3);
  expect(model.status).toEqual({ state: 'ready' });
  process.off('worker', remember);
  await model.close();
});

it.each([
  ['clip-tiny', 75],
  ['siglip-tiny', 63],
])('%s reads a text that just fits to its end, and cuts one that is a word longer', async (fixture, words) => {
  const model = await open(fixture);
  expect(await model.readsWhole('b '.repeat(words), 'plain')).toBe(true);
  expect(await model.readsWhole('b '.repeat(words + 1), 'plain')).toBe(false);
  expect(await model.readsWhole('b '.repeat(words), 'clip-7')).toBe(false);
  await model.close();
});
