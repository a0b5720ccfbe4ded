import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { ModelLibrary } from '../../src/clip/library.ts';
import { ModelPool } from '../../src/clip/model-pool.ts';
import { access, refusal } from './loopback-hub.ts';

const REFERENCE = fileURLToPath(new URL('../fixtures/reference/', import.meta.url));
const VISION = 'onnx/vision_model.onnx';
const TEXT = 'onnx/text_model.onnx';

async function edit(path: string, change: (json: Record<string, unknown>) => object): Promise<void> {
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
}

it.each([
  [
    'the pixels that the graph takes',
    (folder: string) =>
      edit(join(folder, 'preprocessor_config.json'), (json) => ({ ...json, crop_size: 32, size: 32 })),
    { kind: 'contradiction', paths: ['preprocessor_config.json', VISION] },
  ],
  [
    'the width of the embeddings',
    (folder: string) => edit(join(folder, 'config.json'), (json) => ({ ...json, projection_dim: 512 })),
    { kind: 'contradiction', paths: ['config.json', VISION] },
  ],
  [
    'the family',
    (folder: string) => edit(join(folder, 'config.json'), (json) => ({ ...json, model_type: 'siglip' })),
    { kind: 'contradiction', paths: ['config.json', VISION] },
  ],
  [
    'the text encoder of another model',
    (folder: string) => cp(join(REFERENCE, 'siglip-tiny', TEXT), join(folder, TEXT)),
    { kind: 'contradiction', paths: ['config.json', TEXT] },
  ],
  [
    'a file that is no graph',
    (folder: string) => writeFile(join(folder, TEXT), 'version https://git-lfs.github.com/spec/v1'),
    // One line, and no folder of this machine.
    { kind: 'not-loadable', reason: expect.stringMatching(/^Load model from text_model\.onnx failed.*$/) },
  ],
  [
    'a preprocessor_config.json of another kind',
    (folder: string) => writeFile(join(folder, 'preprocessor_config.json'), '[]'),
    { kind: 'file-wrong', path: 'preprocessor_config.json' },
  ],
  [
    'a preprocessor_config.json that was cut off',
    (folder: string) => writeFile(join(folder, 'preprocessor_config.json'), '{"size":'),
    { kind: 'file-wrong', path: 'preprocessor_config.json' },
  ],
  [
    'a cliplens.json of another kind',
    (folder: string) => writeFile(join(folder, 'cliplens.json'), '{"logitScale":"high"}'),
    { kind: 'file-wrong', path: 'cliplens.json' },
  ],
] as const)(
  'a model with a contradiction in %s is refused in a sentence, and mended is used',
  async (_, spoil, problem) => {
    const root = await mkdtemp(join(tmpdir(), 'contradiction-'));
    const folder = join(root, 'model');
    await cp(join(REFERENCE, 'clip-tiny'), folder, { recursive: true });
    await spoil(folder);
    const library = new ModelLibrary({ hub: access('http://127.0.0.1:1'), cacheFolder: root });
    const pool = new ModelPool({ library, model: folder, dtype: 'fp32', threads: 1, memory: 1e9 });
    onTestFinished(async () => {
      await pool.close();
      await rm(root, { recursive: true });
    });
    await expect(pool.default.info()).rejects.toMatchObject(refusal(problem));
    await cp(join(REFERENCE, 'clip-tiny'), folder, { recursive: true });
    expect(await pool.default.info()).toMatchObject({ id: 'model', family: 'clip' });
  },
);
