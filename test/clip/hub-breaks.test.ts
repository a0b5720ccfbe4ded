import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { expectWhole, type Files, filesUnder, ID, modelFiles, noise, startHub, VISION } from './loopback-hub.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A model with a large file, and where to break it: random places in order, the same each time. */
function breakable(size: number, breaks: number): { files: Files; places: number[]; steps: number[] } {
  const places = [...noise(breaks, 5)].map((byte, i) => Math.floor((size * (i + byte / 256)) / breaks));
  const steps = places.map((place, i) => place - (places[i - 1] ?? 0));
  return { files: { ...modelFiles(), [VISION]: noise(size, 3) }, places, steps };
}

it('a pull broken off 20 times at random places ends whole, and nothing that arrived is fetched again', async () => {
  const { files, steps } = breakable(8_000_000, 20);
  const { hub, find, cacheFolder } = await startHub(files, { cdn: true });
  hub.fail(`GET ${VISION}`, ...steps.map((after) => ({ breakOff: { after } })));
  await expectWhole(await find(), files);
  expect(hub.ranges).toHaveLength(20);
  expect(hub.sentTwice).toBe(0);
  expect((await filesUnder(cacheFolder)).filter((path) => /partial|lock/.test(path))).toEqual([]);
});

it('one broken off with bytes still on their way ends whole as well, each time further than before', async () => {
  const { files, steps } = breakable(20_000_000, 20);
  const { hub, find } = await startHub(files, { cdn: true });
  hub.arrival = () => nextTurn();
  hub.fail(`GET ${VISION}`, ...steps.map((after) => ({ breakOff: { after } })));
  await expectWhole(await find(), files);
  const starts = hub.ranges.map((range) => Number(/\d+/.exec(range)?.[0]));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
});

it('a pull whose process is killed goes on where it was, each time', async () => {
  const { files, places, steps } = breakable(8_000_000, 4);
  const { hub, find, cacheFolder } = await startHub(files, { cdn: true });
  hub.fail(`GET ${VISION}`, ...steps.map((after) => ({ hold: { after } })));
  for (const place of places) {
    const script = ['launch/run.mjs', 'test/clip/fetcher.ts', ID, hub.url, cacheFolder];
    const child = spawn(process.execPath, script, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    await hub.arrival(VISION, place);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await expectWhole(await find(), files);
  expect(hub.sentTwice).toBe(0);
});
