import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Download } from '../../src/clip/status.ts';
import { expectWhole, filesUnder, ID, type LoopbackHub, modelFiles, startHub, VISION } from './loopback-hub.ts';

/** The id of no process: beyond the last that a system gives. */
const DEAD = 2 ** 22 + 1;
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
    expect(hub.sentTwice).toBe(0);
  });
});

describe('two processes at once', () => {
  it('fetch it once, and the one that waits tells how far the other is', async () => {
    const { hub, cacheFolder, find } = await startHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 50_000 } });
    const other = startProcess(hub, cacheFolder);
    await hub.arrival(VISION, 50_000);
    const told: Download[] = [];
    const finding = find({ onProgress: (download) => told.push(download) });
    await expect.poll(() => told).not.toEqual([]);
    hub.release();
    expect(await once(other, 'exit')).toEqual([0, null]);
    const total = Object.values(modelFiles()).reduce((sum, file) => sum + file.length, 0);
    expect(told[0]).toMatchObject({ isAwaited: true, total });
    expect(told[0]?.bytes).toBeLessThan(total);
    await expectWhole(await finding, modelFiles());
    expect((await filesUnder(cacheFolder)).filter((path) => /lock|progress/.test(path))).toEqual([]);
    expect(hub.ranges).toEqual([]);
    expect(hub.sentTwice).toBe(0);
  });

  it.each([
    ['was left by a process that is dead', { pid: DEAD, host: hostname() }, new Date()],
    ['was not touched for minutes', { pid: process.pid, host: 'elsewhere' }, new Date(Date.now() - 180_000)],
  ])('are not kept waiting by a lock that %s', async (_, owner, touched) => {
    const { cacheFolder, find } = await startHub();
    const lock = join(cacheFolder, 'models/owner--tiny-clip/lock');
    await mkdir(dirname(lock), { recursive: true });
    await writeFile(lock, JSON.stringify({ id: 'left', ...owner }));
    await utimes(lock, touched, touched);
    await expectWhole(await find(), modelFiles());
  });

  it('can be told to wait no longer', async () => {
    const { hub, cacheFolder, find } = await startHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 50_000 } });
    const finding = find();
    await hub.arrival(VISION, 50_000);
    const stop = new AbortController();
    const asked = new Promise<void>((resolve) => {
      hub.onRequest = () => resolve();
    });
    const waiting = find({ signal: stop.signal });
    await asked;
    stop.abort(new Error('changed my mind'));
    await expect(waiting).rejects.toThrow();
    hub.release();
    await expectWhole(await finding, modelFiles());
    expect((await filesUnder(cacheFolder)).filter((path) => path.includes('lock'))).toEqual([]);
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
