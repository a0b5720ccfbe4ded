import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ClipModel } from '../../src/clip/model.ts';

it('is loaded anew at the next request when its thread died and could not be started again', async () => {
  const threads: Worker[] = [];
  const remember = (worker: Worker) => threads.push(worker);
  process.on('worker', remember);
  const model = new ClipModel({
    model: fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url)),
    dtype: 'fp32',
    endpoint: 'http://127.0.0.1:1',
    cacheFolder: await mkdtemp(join(tmpdir(), 'cliplens-model-')),
    threads: 1,
  });
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
