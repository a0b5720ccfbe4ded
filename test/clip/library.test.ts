import { access as exists, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelLibrary } from '../../src/clip/library.ts';
import {
  access,
  COMMIT,
  expectWhole,
  filesUnder,
  ID,
  modelFiles,
  PATIENT,
  refusal,
  startHub,
  VISION,
} from './loopback-hub.ts';

const { signal } = new AbortController();

async function startLibrary() {
  const { hub, cacheFolder } = await startHub();
  const library = new ModelLibrary({ hub: access(hub.url), cacheFolder }, PATIENT);
  return { hub, cacheFolder, library };
}

describe('a library', () => {
  it('lists what was pulled, and nothing else', async () => {
    const { library, cacheFolder } = await startLibrary();
    expect(await library.list()).toEqual([]);
    await library.pull(ID, 'fp32', signal);
    const bytes = Object.values(modelFiles()).reduce((sum, file) => sum + file.length, 0);
    expect(await library.list()).toEqual([{ id: ID, kind: 'clip', dtype: 'fp32', revision: COMMIT, bytes }]);
    await truncate(join(cacheFolder, 'models/owner--tiny-clip', COMMIT, VISION), 1);
    expect(await library.list()).toEqual([]);
    expect(await library.ids()).toEqual([ID]);
  });

  it.each([
    ['of another size', (path: string) => truncate(path, 10)],
    ['of the same size', async (path: string) => writeFile(path, (await readFile(path)).reverse())],
  ])('finds damage %s in any file, large or small, and a pull mends it', async (_, damage) => {
    const { library } = await startLibrary();
    const files = await library.pull(ID, 'fp32', signal);
    const count = Object.keys(modelFiles()).length;
    expect(await library.verify(ID)).toEqual([{ id: ID, dtype: 'fp32', files: count, damaged: [] }]);
    const damaged = ['tokenizer.json', VISION].map((path) => join(files.folder, path));
    for (const path of damaged) await damage(path);
    expect(await library.verify(ID)).toMatchObject([{ damaged }]);
    await expectWhole(await library.pull(ID, 'fp32', signal), modelFiles());
  });

  it('counts what two revisions share once where it removes them', async () => {
    const { hub, library } = await startLibrary();
    await library.pull(ID, 'fp32', signal);
    hub.main = 'b'.repeat(40);
    hub.revisions.set(hub.main, modelFiles());
    await library.pull(ID, 'fp32', signal);
    const bytes = Object.values(modelFiles()).reduce((sum, file) => sum + file.length, 0);
    expect(Math.abs((await library.remove(ID)) - bytes)).toBeLessThan(5_000); // and what it writes down of them
  });

  it('pulls nothing anew of what is here and right', async () => {
    const { hub, library } = await startLibrary();
    await library.pull(ID, 'fp32', signal);
    const sent = hub.sent;
    await library.pull(ID, 'fp32', signal);
    expect(hub.sent).toBe(sent);
  });

  it('does not take the last revision for a pull while the hub cannot be reached', async () => {
    const { hub, library } = await startLibrary();
    await library.pull(ID, 'fp32', signal);
    await hub.close();
    await expect(library.pull(ID, 'fp32', signal)).rejects.toMatchObject(refusal({ kind: 'unreachable' }));
    expect(await library.list()).toHaveLength(1);
  });

  it('removes all of a model, what was left of a broken pull included', async () => {
    const { hub, cacheFolder, library } = await startLibrary();
    const stuck = { breakOff: { after: 0 } };
    hub.fail(`GET ${VISION}`, { breakOff: { after: 1_000 } }, stuck, stuck, stuck);
    await expect(library.pull(ID, 'fp32', signal)).rejects.toMatchObject(refusal({ kind: 'unreachable' }));
    expect(await library.ids()).toEqual([ID]);
    const left = await Promise.all((await filesUnder(cacheFolder)).map((path) => stat(join(cacheFolder, path))));
    const bytes = left.reduce((sum, { size }) => sum + size, 0);
    expect(Math.abs((await library.remove(ID)) - bytes)).toBeLessThan(500); // its own lock
    expect(await library.ids()).toEqual([]);
    expect(await filesUnder(cacheFolder)).toEqual([]);
    await expect(exists(join(cacheFolder, 'models/owner--tiny-clip'))).rejects.toThrow();
  });
});
