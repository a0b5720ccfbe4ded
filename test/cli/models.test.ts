import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands, descriptions } from '../../commands/index.ts';
import { ID, type LoopbackHub, startHub, VISION } from '../clip/loopback-hub.ts';
import { cliplens } from './cliplens.ts';

const TINY = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
const OWL = fileURLToPath(new URL('../fixtures/reference/owlvit-tiny', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../adapters/web/samples/bicycle.png', import.meta.url));
const NAMES = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json', 'cliplens.json'];

let data = '';
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'cliplens-models-'));
});

async function startTinyHub(): Promise<LoopbackHub> {
  const paths = [...NAMES, VISION, 'onnx/text_model.onnx'];
  const files = paths.map(async (path) => [path, await readFile(join(TINY, path))] as const);
  return (await startHub(Object.fromEntries(await Promise.all(files)), { cdn: true })).hub;
}

/** Runs `models` in a data folder of its own, with the bundled model for the default. */
function models(parameters: readonly string[], environment: Record<string, string> = {}) {
  return cliplens(parameters, { DATA_DIR: data, CLIP_MODEL: 'demo', ...environment });
}

describe('cliplens models', () => {
  it('lists known good models with their sizes, and has none yet', async () => {
    const { code, stdout } = await models(['models', 'list', '--json']);
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout);
    expect(data.here).toEqual([]);
    expect(data.known.map(({ id }: { id: string }) => id)).toContain('Xenova/clip-vit-base-patch16');
    expect(data.bundled).toMatchObject([{ id: 'demo', languages: ['en', 'ko'] }, { id: 'demo-biased' }]);
    expect((await models(['models', 'list', '--locale', 'ko'])).stdout).toMatch(
      /clip-vit-base-patch32\tfp32 606, q8 153\t/,
    );
    expect((await models(['models', 'verify', '--locale', 'en'])).stdout).toContain('No model was fetched yet');
  });

  it('tells that it waits where another process pulls the same, in both languages', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cliplens-models-'));
    const hub = await startTinyHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    const environment = { DATA_DIR: folder, CLIP_MODEL: 'demo', HF_ENDPOINT: hub.url };
    const pull = (locale: string, onProgress: (text: string) => void) =>
      cliplens(['models', 'pull', ID, '--locale', locale], environment, onProgress);
    let first: ReturnType<typeof pull> | undefined;
    await new Promise<void>((resolve) => {
      first = pull('en', (text) => text.includes('Fetching the model') && resolve());
    });
    let waiting = 2;
    const release = (words: string) => (text: string) => {
      if (text.includes(words) && --waiting === 0) hub.release();
    };
    const english = 'Waiting for another process that fetches the model: ';
    const korean = '다른 프로세스가 모델을 받을 때까지 기다리는 중: ';
    const others = await Promise.all([pull('en', release(english)), pull('ko', release(korean))]);
    expect([await first, ...others].map((run) => run?.code)).toEqual([0, 0, 0]);
    expect(others[0]?.stderr).toMatch(new RegExp(`^${english}\\d\\.\\d / 1\\.\\d MB \\(\\d+ %`));
    expect(others[1]?.stderr).toMatch(new RegExp(`^${korean}\\d\\.\\d / 1\\.\\d MB`));
    expect(hub.sentTwice).toBe(0);
    await hub.close();
  });

  it('pulls one, shows how far it is, and uses it', async () => {
    const hub = await startTinyHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    const environment = { DATA_DIR: data, CLIP_MODEL: 'demo', HF_ENDPOINT: hub.url };
    const release = (text: string) => text.includes('Fetching the model') && hub.release();
    const pulled = await cliplens(['models', 'pull', ID, '--json', '--locale', 'en'], environment, release);
    expect(pulled.stderr).toMatch(/Fetching the model: \d+\.\d \/ \d\.\d MB \(\d+ %/);
    expect(JSON.parse(pulled.stdout).data).toMatchObject({ id: ID, dtype: 'fp32', revision: 'a'.repeat(40) });
    await hub.close();

    const about = await models(['about', '--model', ID, '--json']);
    expect(JSON.parse(about.stdout).data).toMatchObject({ model: { id: ID }, models: ['demo', ID, 'demo-biased'] });
    const why = await models(['saliency', SAMPLE, '--text', 'dog', '--model', ID, '--json']);
    expect(JSON.parse(why.stdout).data.method).toBe('dense');
  });

  it('verifies what was pulled, and tells what is damaged', async () => {
    const verified = await models(['models', 'verify', ID, '--json']);
    expect(JSON.parse(verified.stdout).data.models).toEqual([{ id: ID, dtype: 'fp32', files: 7 }]);
    const spoiled = join(data, 'models/owner--tiny-clip', 'a'.repeat(40), 'tokenizer.json');
    const tokenizer = await readFile(spoiled);
    await writeFile(spoiled, Buffer.from(tokenizer).reverse());
    const damaged = await models(['models', 'verify', '--json', '--locale', 'en']);
    const message = `Damaged: ${spoiled}. Mend it with: models pull ${ID} --dtype fp32`;
    expect([damaged.code, JSON.parse(damaged.stdout)]).toEqual([1, { error: { code: 'model-damaged', message } }]);
    await writeFile(spoiled, tokenizer);
  });

  it('removes what was pulled, with its copy for explanations', async () => {
    const home = join(data, 'models/owner--tiny-clip');
    expect(await readdir(join(home, 'explanations'))).toHaveLength(1);
    expect(JSON.parse((await models(['models', 'remove', ID, '--json'])).stdout).data.id).toBe(ID);
    expect(existsSync(home)).toBe(false);
    expect(JSON.parse((await models(['models', 'list', '--json'])).stdout).data.here).toEqual([]);
  });

  it('tells of a pull that was stopped how to go on or clear it away, and how much that frees', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cliplens-models-'));
    const hub = await startTinyHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    const environment = { DATA_DIR: folder, HF_ENDPOINT: hub.url };
    const stop = (text: string) => text.includes('Fetching the model') && stopped.abort();
    const stopped = new AbortController();
    await cliplens(
      ['models', 'pull', ID, '--locale', 'en'],
      { ...environment, CLIP_MODEL: 'demo' },
      stop,
      stopped.signal,
    );
    await hub.close();
    const ask = async (parameters: string[]) => (await models([...parameters, '--locale', 'en'], environment)).stdout;
    for (const parameters of [
      ['models', 'list'],
      ['models', 'verify'],
      ['models', 'verify', ID],
    ]) {
      expect(await ask(parameters)).toMatch(
        /owner\/tiny-clip is not whole here\. Go on with "models pull owner\/tiny-clip"/,
      );
    }
    expect((await models(['models', 'verify', '--locale', 'ko'], environment)).stdout).toMatch(/다 받지 못했습니다/);
    expect(JSON.parse(await ask(['models', 'remove', ID, '--json'])).data.bytes).toBeGreaterThan(0);
  });

  it('fetches the detector when boxes are first asked for, and tells it from a CLIP', async () => {
    const names = [...NAMES.slice(0, 4), 'onnx/model.onnx'];
    const read = names.map(async (path) => [path, await readFile(join(OWL, path))] as const);
    const { hub } = await startHub(Object.fromEntries(await Promise.all(read)), { cdn: true });
    const environment = { HF_ENDPOINT: hub.url, DETECTOR_MODEL: ID };
    const found = await models(['detect', SAMPLE, '--labels', 'cat', '--json'], environment);
    expect(JSON.parse(found.stdout).data.model).toMatchObject({ id: ID, family: 'owlvit' });
    const pulled = await models(['models', 'pull', ID, '--locale', 'en'], environment);
    expect(pulled.stdout).toContain(`Use it with DETECTOR_MODEL=${ID}`);
    await hub.close();
    const here = await models(['models', 'list', '--json']);
    expect(JSON.parse(here.stdout).data.here).toMatchObject([{ id: ID, kind: 'detector', dtype: 'fp32' }]);
    expect((await models(['models', 'list', '--locale', 'ko'])).stdout).toMatch(
      /owner\/tiny-clip\tfp32.*DETECTOR_MODEL/,
    );
    const about = await models(['about', '--json', '--locale', 'en'], { DETECTOR_MODEL: ID });
    expect(JSON.parse(about.stdout)).toMatchObject({
      text: expect.stringContaining(`Detector: ${ID}`),
      data: { models: ['demo', 'demo-biased'] },
    });
    const asked = await models(['classify', SAMPLE, '--labels', 'a, b', '--model', ID, '--json', '--locale', 'en']);
    expect(JSON.parse(asked.stdout).error.message).toMatch(/finds boxes and is no CLIP; name it in DETECTOR_MODEL/);
    await models(['models', 'remove', ID]);
  });

  it.each([
    [['models', 'pull', 'owner/tiny-klip'], 'model-unavailable', /no such model; check the spelling.*nearest/],
    [['models', 'pull', 'nonsense'], 'model-unavailable', /owner\/name/],
    [['models', 'pull', ID, '--dtype', 'q8'], 'model-unavailable', /choose a dtype that it has: fp32/],
    [['models', 'pull', ID, '--dtype', 'q9'], 'bad-option', /fp32, fp16/],
    [['models', 'remove', '../..'], 'model-not-here', /not fetched/],
    [['models', 'verify', ID], 'model-not-here', /not fetched/],
    [['models', 'pull'], 'option-missing', /id/],
    [['models', 'pull', 'demo'], 'model-bundled', /comes with Cliplens.*model:demo/],
    [['models', 'remove', 'demo-biased'], 'model-bundled', /comes with Cliplens/],
    [['models', 'verify', 'demo'], 'model-bundled', /nothing to fetch, verify or remove/],
    [['about', '--model', ID], 'model-unavailable', /models pull owner\/tiny-clip/],
    [['about', '--model', '/etc'], 'model-unknown', /There are: demo/],
  ])('refuses %j as %s', async (parameters, code, message) => {
    const hub = await startTinyHub();
    const { stdout } = await models([...parameters, '--json', '--locale', 'en'], {
      HF_ENDPOINT: hub.url,
      HF_TOKEN: 'hf_secret',
    });
    expect(JSON.parse(stdout).error).toEqual({ code, message: expect.stringMatching(message) });
    expect(stdout).not.toContain('hf_secret');
  });
});

it('no chat knows the command', () => {
  expect(commands.has('models')).toBe(false);
  expect(descriptions.map(({ name }) => name)).not.toContain('models');
});
