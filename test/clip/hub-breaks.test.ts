import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { expectWhole, filesUnder, ID, modelFiles, noise, startHub, VISION } from './loopback-hub.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SIZE = 8_000_000;
const MEGABYTE = 1_000_000;

/** Where to break: random, the same each time. Bytes of the file, in order. */
const PLACES = [...noise(20, 5)].map((byte, i) => Math.floor((SIZE * (i + byte / 256)) / 20));

function largeFiles() {
  return { ...modelFiles(), [VISION]: noise(SIZE, 3) };
}

it('a pull broken off 20 times at random places ends whole, with at most 1 MB fetched twice for each break', async () => {
  const { hub, find, cacheFolder } = await startHub(largeFiles(), { cdn: true });
  const steps = PLACES.map((place, i) => place - (PLACES[i - 1] ?? 0));
  hub.fail(`GET ${VISION}`, ...steps.map((after) => ({ breakOff: { after } })));
  await expectWhole(await find(), largeFiles());
  expect(hub.ranges).toHaveLength(20);
  expect(hub.sentTwice).toBeLessThanOrEqual(20 * MEGABYTE);
  expect((await filesUnder(cacheFolder)).filter((path) => /partial|lock/.test(path))).toEqual([]);
});

it('so does one whose process is killed each time', async () => {
  const { hub, find, cacheFolder } = await startHub(largeFiles(), { cdn: true });
  const places = PLACES.filter((_, i) => i % 5 === 4);
  hub.fail(`GET ${VISION}`, ...places.map((place, i) => ({ hold: { after: place - (places[i - 1] ?? 0) } })));
  for (const place of places) {
    const child: ChildProcess = spawn(
      process.execPath,
      ['launch/run.mjs', 'test/clip/fetcher.ts', ID, hub.url, cacheFolder],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await hub.arrival(VISION, place);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await expectWhole(await find(), largeFiles());
  expect(hub.sentTwice).toBeLessThanOrEqual(places.length * MEGABYTE);
});
