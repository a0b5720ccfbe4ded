import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FindOptions, findDetectorFiles, findModelFiles } from '../../src/clip/files.ts';
import type { Dtype } from '../../src/config.ts';
import { access, detectorFiles, expectWhole, ID, modelFiles, refusal, startHub } from './loopback-hub.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
});

afterEach(() => rm(root, { recursive: true }));

function find(model: string, dtype: Dtype = 'fp32') {
  // Nothing answers here: a model in a folder must not need a hub.
  const hub = access('http://127.0.0.1:1');
  const patience = { stallMilliseconds: 20_000, pausesMilliseconds: [] };
  const { signal } = new AbortController();
  const cacheFolder = join(root, 'cache');
  return findModelFiles({ model, dtype, hub, ask: 'may', cacheFolder, onProgress: () => {}, signal }, patience);
}

async function makeFolder(without: readonly string[] = [], names = modelFiles()): Promise<string> {
  const folder = join(root, 'my-clip');
  for (const [path, content] of Object.entries(names)) {
    if (without.includes(path)) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

describe('a folder', () => {
  it('is taken as it is, by an absolute or a relative path', async () => {
    const folder = await makeFolder();
    const found = {
      id: 'my-clip',
      dtype: 'fp32',
      folder,
      vision: join(folder, 'onnx/vision_model.onnx'),
      text: join(folder, 'onnx/text_model.onnx'),
    };
    expect(await find(folder)).toEqual(found);
    expect(await find(`${folder}/`)).toEqual(found);
    const path = relative(process.cwd(), folder);
    expect(path).toMatch(/^\.\./);
    expect(await find(path)).toEqual(found);
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json'])(
    'without its %s is refused by that name',
    async (path) => {
      await expect(find(await makeFolder([path]))).rejects.toMatchObject(refusal({ kind: 'file-missing', path }));
    },
  );

  it('without the dtype names those it has', async () => {
    const folder = await makeFolder();
    await cp(join(folder, 'onnx/vision_model.onnx'), join(folder, 'onnx/vision_model_quantized.onnx'));
    await cp(join(folder, 'onnx/text_model.onnx'), join(folder, 'onnx/text_model_quantized.onnx'));
    await cp(join(folder, 'onnx/text_model.onnx'), join(folder, 'onnx/text_model_q4.onnx'));
    await expect(find(folder, 'fp16')).rejects.toMatchObject(
      refusal({ kind: 'variant-missing', path: 'onnx/vision_model_fp16.onnx', there: ['fp32', 'q8'] }),
    );
    await expect(find(folder, 'q4')).rejects.toMatchObject(
      refusal({ kind: 'variant-missing', path: 'onnx/vision_model_q4.onnx', there: ['fp32', 'q8'] }),
    );
    expect(await find(folder, 'q8')).toMatchObject({ text: join(folder, 'onnx/text_model_quantized.onnx') });
  });

  it.each([
    ['text', 'vision-only'],
    ['vision', 'text-only'],
  ] as const)('without its %s encoder is refused as %s', async (encoder, kind) => {
    await expect(find(await makeFolder([`onnx/${encoder}_model.onnx`]))).rejects.toMatchObject(refusal({ kind }));
  });

  it.each([
    ['{"model_type":"bert"}', 'no-clip'],
    ['{"model_type":"clip_text_model"}', 'text-only'],
    ['{"model_type":"siglip_vision_model"}', 'vision-only'],
    ['[]', 'no-clip'],
    ['<html>', 'file-wrong'],
  ] as const)('with %s for a config.json is refused as %s', async (config, kind) => {
    const files = { ...modelFiles(), 'config.json': Buffer.from(config) };
    await expect(find(await makeFolder([], files))).rejects.toMatchObject(refusal({ kind }));
  });

  it('that is not there is refused, with its full path', async () => {
    const absent = join(root, 'absent');
    await expect(find(absent)).rejects.toMatchObject(refusal({ kind: 'no-folder', folder: absent }));
    await expect(find('./absent')).rejects.toMatchObject(
      refusal({ kind: 'no-folder', folder: join(process.cwd(), 'absent') }),
    );
  });
});

describe('a detector', () => {
  const options = {
    dtype: 'fp32',
    ask: 'may',
    cacheFolder: '',
    onProgress() {},
    hub: access('http://127.0.0.1:1'),
  } as const;
  const findDetector = (model: string, rest: Partial<FindOptions> = {}) =>
    findDetectorFiles({ model, signal: new AbortController().signal, ...options, ...rest });

  it('is one file in a folder, and no CLIP', async () => {
    const folder = await makeFolder([], detectorFiles());
    const model = join(folder, 'onnx/model.onnx');
    expect(await findDetector(folder)).toEqual({ id: 'my-clip', dtype: 'fp32', folder, model });
    await expect(find(folder)).rejects.toMatchObject(refusal({ kind: 'detector-only' }));
  });

  it('comes from the hub with all its files, each verified, and stays when the hub is gone', async () => {
    const files = detectorFiles();
    const { hub, cacheFolder } = await startHub(files, { cdn: true });
    const from = { hub: access(hub.url), cacheFolder };
    await expectWhole(await findDetector(ID, from), files);
    await hub.close();
    await expectWhole(await findDetector(ID, { ...from, hub: access(hub.url, { isOffline: true }) }), files);
  });

  it('names the dtypes that are there, and what else it is not', async () => {
    const { hub, cacheFolder } = await startHub(detectorFiles());
    const from = { hub: access(hub.url), cacheFolder };
    const path = 'onnx/model_quantized.onnx';
    await expect(findDetector(ID, { ...from, dtype: 'q8' })).rejects.toMatchObject(
      refusal({ kind: 'variant-missing', path, there: ['fp32'] }),
    );
    await expect(findDetector(await makeFolder())).rejects.toMatchObject(refusal({ kind: 'no-detector' }));
    await expect(findDetector('demo')).rejects.toMatchObject(refusal({ kind: 'no-detector' }));
  });

  it.each(['config.json', 'tokenizer.json', 'preprocessor_config.json', 'onnx/model.onnx'])(
    'without its %s is refused by that name',
    async (path) => {
      const folder = await makeFolder([path], detectorFiles());
      await expect(findDetector(folder)).rejects.toMatchObject(refusal({ kind: 'file-missing', path }));
    },
  );
});

describe('a name', () => {
  it('demo is the bundled model', async () => {
    const folder = fileURLToPath(new URL('../../models/demo', import.meta.url));
    expect(await find('demo')).toMatchObject({ id: 'demo', folder });
  });

  it.each([
    'clip',
    'a/b/c',
    'a b/c',
    'owner/..',
    '-a/b',
    'a/b-',
    'a--b/c',
    'http://x/y',
    'a/b?c',
    'a/b\n',
    `a/${'b'.repeat(99)}`,
  ])('%j is no hub id and refused without asking the hub', async (model) => {
    await expect(find(model)).rejects.toMatchObject(refusal({ kind: 'no-name' }));
  });

  it('of a hub id reaches the hub, whose variants are named when the dtype is not among them', async () => {
    const { hub, find } = await startHub();
    await expect(find({ dtype: 'fp16' })).rejects.toMatchObject(
      refusal({ kind: 'variant-missing', path: 'onnx/vision_model_fp16.onnx', there: ['fp32'] }),
    );
    await expect(find({ model: 'owner/other' })).rejects.toMatchObject(refusal({ kind: 'no-such-model' }));
    expect(hub.requests.filter((request) => request.startsWith('GET'))).toEqual(['GET config.json']);
  });
});
