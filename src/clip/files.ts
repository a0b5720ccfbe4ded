import { stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DTYPES, type Dtype } from '../config.ts';
import { UserError } from '../errors.ts';
import { ROOT } from '../root.ts';
import { fetchModel, type Has } from './download-model.ts';
import { sizeOf } from './download-partial.ts';
import { PATIENCE, type Patience, Unavailable } from './download-retry.ts';
import { isHubId } from './hub.ts';
import type { Download } from './status.ts';

export interface ModelFiles {
  /** `demo`, the hub id, or the base name of the folder. */
  id: string;
  /** Absolute, as are `vision` and `text`, the two ONNX files. */
  folder: string;
  vision: string;
  text: string;
  dtype: Dtype;
}

export interface FindOptions {
  model: string;
  dtype: Dtype;
  endpoint: string;
  cacheFolder: string;
  onProgress(download: Download): void;
  /** Ends a download. */
  signal: AbortSignal;
}

const REQUIRED = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const OPTIONAL = ['special_tokens_map.json', 'cliplens.json'];
const BUNDLED = fileURLToPath(new URL('models/demo', ROOT));
const ADVICE = 'use a model in the layout of transformers.js, such as Xenova/clip-vit-base-patch16.';

/**
 * The files of the model that CLIP_MODEL names: the bundled one (`demo`), those of a folder, or those of a hub id, which
 * are downloaded first where they are not here.
 * @throws UserError `model-unavailable`
 */
export async function findModelFiles(options: FindOptions, patience: Patience = PATIENCE): Promise<ModelFiles> {
  const { model, dtype } = options;
  try {
    const local = await localFolder(model);
    if (local !== undefined) {
      await choosePaths(dtype, async (path) => (await sizeOf(join(local, path))) !== undefined);
      return filesIn(local, model === 'demo' ? model : basename(local), dtype);
    }
    return filesIn(await fetched(options, patience), model, dtype);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new UserError('model-unavailable', { model, reason: error.message }, { cause: error });
  }
}

/** The folder that CLIP_MODEL means, or undefined where it is for the hub to know. */
async function localFolder(model: string): Promise<string | undefined> {
  if (model === 'demo') return BUNDLED;
  const folder = resolve(model);
  const meantAsPath = isAbsolute(model) || /^\.{1,2}([\\/]|$)/.test(model);
  if (meantAsPath && (await isFolder(folder))) return folder;
  if (meantAsPath) throw new Unavailable(`there is no folder ${folder}; set CLIP_MODEL to one that is there.`);
  return (await sizeOf(join(folder, 'config.json'))) === undefined ? undefined : folder;
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}

function fetched({ model, dtype, cacheFolder, ...rest }: FindOptions, patience: Patience): Promise<string> {
  if (!isHubId(model)) {
    throw new Unavailable('it is no folder and no hub id; write demo, ./folder or owner/name in CLIP_MODEL.');
  }
  const request = { ...rest, id: model, variant: dtype, cacheFolder: resolve(cacheFolder), patience };
  return fetchModel(request, (has) => choosePaths(dtype, has));
}

/**
 * The paths that make up the model, among those it has.
 * @throws Unavailable naming the first file that is missing, or the dtypes that are there instead.
 */
async function choosePaths(dtype: Dtype, has: Has): Promise<string[]> {
  for (const path of REQUIRED) if (!(await has(path))) throw new Unavailable(`it has no ${path}; ${ADVICE}`);
  for (const path of onnxPaths(dtype)) if (!(await has(path))) throw await variantMissing(path, has);
  const more: string[] = [];
  for (const path of OPTIONAL) if (await has(path)) more.push(path);
  for (const path of onnxPaths(dtype)) more.push(...(await externalData(path, has)));
  return [...REQUIRED, ...more, ...onnxPaths(dtype)];
}

function onnxPaths(dtype: Dtype): [vision: string, text: string] {
  // The names that transformers.js gives them.
  const suffix = dtype === 'fp32' ? '' : dtype === 'q8' ? '_quantized' : `_${dtype}`;
  return [`onnx/vision_model${suffix}.onnx`, `onnx/text_model${suffix}.onnx`];
}

/** Weights beyond the 2 GB that an ONNX file can hold: `model.onnx_data`, `model.onnx_data_1`, ... */
async function externalData(path: string, has: Has): Promise<string[]> {
  const parts: string[] = [];
  for (let part = `${path}_data`; await has(part); part = `${path}_data_${parts.length}`) parts.push(part);
  return parts;
}

async function variantMissing(path: string, has: Has): Promise<Unavailable> {
  const there: Dtype[] = [];
  for (const dtype of DTYPES) {
    const [vision, text] = onnxPaths(dtype);
    if ((await has(vision)) && (await has(text))) there.push(dtype);
  }
  if (there.length === 0) return new Unavailable(`it has no ${path}; ${ADVICE}`);
  return new Unavailable(`it has no ${path}; set CLIP_DTYPE to what it has: ${there.join(', ')}.`);
}

function filesIn(folder: string, id: string, dtype: Dtype): ModelFiles {
  const [vision, text] = onnxPaths(dtype);
  return { id, folder, vision: join(folder, vision), text: join(folder, text), dtype };
}
