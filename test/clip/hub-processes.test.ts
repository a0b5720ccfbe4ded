import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectWhole, filesUnder, ID, type LoopbackHub, modelFiles, startHub, VISION } from './loopback-hub.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A process of its own that fetches the model. */
function startProcess(hub: LoopbackHub, cacheFolder: string): ChildProcess {
  const script = ['launch/run.mjs', 'test/clip/fetcher.ts', ID, hub.url, cacheFolder];
  return spawn(process.execPath, script, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

describe('a process killed in mid-download', () => {
  it('leaves nothing that passes for whole, and the next continues where it was', async () => {
    const { hub, cacheFolder, find } = await startHub();
    hub.fail(`GET ${VISION}`, ...[50_000, 1, 70_000].map((after) => ({ hold: { after } })));
    for (const reached of [50_000, 50_001, 120_001]) {
      const child = startProcess(hub, cacheFolder);
      await hub.arrival(VISION, reached);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const left = await filesUnder(cacheFolder);
      expect(left.filter((path) => path.endsWith('.onnx') || path.endsWith('fp32.json'))).toEqual([]);
      expect(left.filter((path) => path.endsWith('.partial'))).toHaveLength(1);
    }
    await expectWhole(await find(), modelFiles());
    expect(hub.ranges).toEqual(['bytes=50000-', 'bytes=50001-', 'bytes=120001-']);
    expect(hub.sent).toBe(Object.values(modelFiles()).reduce((sum, file) => sum + file.length, 0));
  });
});

describe('two processes at once', () => {
  it('each end with the right files', async () => {
    const { hub, cacheFolder, find } = await startHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 50_000 } });
    const other = startProcess(hub, cacheFolder);
    await hub.arrival(VISION, 50_000);
    const found = await find();
    hub.release();
    expect(await once(other, 'exit')).toEqual([0, null]);
    await expectWhole(found, modelFiles());
    expect(hub.ranges).toEqual([]);
  });

  it('end well even where one takes the other for dead', async () => {
    const { hub, cacheFolder, find } = await startHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 50_000 } });
    const finding = find();
    await hub.arrival(VISION, 50_000);
    const partial = (await filesUnder(cacheFolder)).find((path) => path.endsWith('.partial')) ?? '';
    await rename(join(cacheFolder, partial), join(cacheFolder, 'taken'));
    hub.release();
    await expectWhole(await finding, modelFiles());
  });
});
