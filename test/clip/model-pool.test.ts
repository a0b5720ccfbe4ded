import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ModelLibrary } from '../../src/clip/library.ts';
import { expectedMemory, ModelPool } from '../../src/clip/model-pool.ts';
import { access, ID, PATIENT, refusal, startHub } from './loopback-hub.ts';

const TINY = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
const OWL = fileURLToPath(new URL('../fixtures/reference/owlvit-tiny', import.meta.url));
const SETTINGS = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const WEIGHTS = ['onnx/vision_model', 'onnx/text_model'];

const { signal } = new AbortController();

/** A pool with a tiny model in a folder for its default, and the same from a hub in two dtypes; and its threads. */
async function startPool(memory: number, detector?: string) {
  const read = async (path: string) => [path, await readFile(join(TINY, path))] as const;
  const settings = await Promise.all(SETTINGS.map(read));
  const weights = await Promise.all(
    WEIGHTS.map(async (name) => [name, await readFile(join(TINY, `${name}.onnx`))] as const),
  );
  const variants = ['', '_quantized'].flatMap((suffix) =>
    weights.map(([name, bytes]) => [`${name}${suffix}.onnx`, bytes] as const),
  );
  const { hub, cacheFolder } = await startHub(Object.fromEntries([...settings, ...variants]));
  const library = new ModelLibrary({ hub: access(hub.url), cacheFolder }, PATIENT);
  await library.pull(ID, 'q8', signal);
  const size = weights.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const needed = expectedMemory(size);
  const pool = new ModelPool({
    library,
    model: TINY,
    dtype: 'fp32',
    detector,
    threads: 1,
    memory: memory * needed,
  });
  const threads = { alive: 0, most: 0, started: 0 };
  const count = (worker: { once(event: 'exit', listener: () => void): unknown }) => {
    threads.started += 1;
    threads.alive += 1;
    threads.most = Math.max(threads.most, threads.alive);
    worker.once('exit', () => {
      threads.alive -= 1;
    });
  };
  process.on('worker', count);
  onTestFinished(async () => {
    process.off('worker', count);
    await pool.close();
  });
  return { library, pool, threads };
}

async function ask(pool: ModelPool, name: string | undefined, label: string) {
  const [vector] = await (await pool.choose(name)).embedLabels([label], 'plain');
  return vector?.length;
}

describe('a pool of models', () => {
  it('keeps as many loaded as fit, and puts the least recently used away', async () => {
    const { pool, threads, library } = await startPool(2.5);
    await library.pull(ID, 'fp32', signal);
    await ask(pool, undefined, 'cat');
    await ask(pool, `${ID}:q8`, 'cat');
    await ask(pool, undefined, 'dog');
    expect(threads).toMatchObject({ alive: 2, started: 2 });
    await ask(pool, ID, 'cat');
    expect(threads).toMatchObject({ alive: 2, started: 3, most: 2 });
    await ask(pool, undefined, 'owl');
    expect(threads.started).toBe(3);
    await ask(pool, `${ID}:q8`, 'owl');
    expect(threads).toMatchObject({ alive: 2, started: 4, most: 2 });
  });

  it('answers everybody, however they take turns, with one model loaded at a time', async () => {
    const { pool, threads } = await startPool(1.5);
    const asked = Array.from({ length: 24 }, (_, i) => ask(pool, i % 2 === 0 ? undefined : ID, `label ${i}`));
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 24 }, () => 32));
    expect(threads.most).toBe(1);
  });

  it('refuses a model that could never fit, and goes on with the one it has', async () => {
    const { pool, library } = await startPool(0.9);
    await library.pull(ID, 'fp32', signal);
    await expect(ask(pool, ID, 'cat')).rejects.toMatchObject(refusal({ kind: 'too-large' }));
  });

  it('takes the dtype that is here, the default by its own name, and no path', async () => {
    const { pool } = await startPool(3);
    expect(await pool.names()).toEqual(['clip-tiny', 'demo', ID, 'demo-biased']);
    expect((await (await pool.choose(ID)).info()).dtype).toBe('q8');
    expect(await pool.choose('clip-tiny')).toBe(pool.default);
    expect(await pool.choose('clip-tiny:fp32')).toBe(pool.default);
    expect(await pool.choose(ID)).toBe(await pool.choose(`${ID}:q8`));
    await expect(ask(pool, 'models/demo', 'cat')).rejects.toMatchObject(refusal({ kind: 'not-fetched' }));
    await expect(pool.choose(TINY)).rejects.toMatchObject({ code: 'model-unknown' });
    await expect(pool.choose('/etc')).rejects.toMatchObject({ code: 'model-unknown' });
    await expect(ask(pool, `${ID}:fp16`, 'cat')).rejects.toMatchObject(refusal({ kind: 'not-fetched', dtype: 'fp16' }));
  });

  it('counts the detector in the same memory, and asks it where no other model is named', async () => {
    const { pool, threads } = await startPool(1.5, OWL);
    const detector = pool.detectorFor(undefined) ?? expect.fail();
    expect(pool.detectorFor('owlvit-tiny')).toBe(detector);
    expect(pool.detectorFor('clip-tiny')).toBeUndefined();
    expect(await ask(pool, undefined, 'cat')).toBe(32);
    expect(await detector.info()).toMatchObject({ id: 'owlvit-tiny', family: 'owlvit', side: 64 });
    expect(threads).toMatchObject({ alive: 1, started: 2, most: 1 });
    expect(await ask(pool, undefined, 'owl')).toBe(32);
    expect(threads).toMatchObject({ alive: 1, started: 3, most: 1 });
    expect(await pool.names()).not.toContain('owlvit-tiny');
  });

  it('finds a model that was pulled after it was asked for in vain', async () => {
    const { pool, library } = await startPool(3);
    await expect(ask(pool, `${ID}:fp32`, 'cat')).rejects.toMatchObject(refusal({ kind: 'not-fetched' }));
    await library.pull(ID, 'fp32', signal);
    expect(await ask(pool, `${ID}:fp32`, 'cat')).toBe(32);
  });
});
