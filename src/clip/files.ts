import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { DTYPES, type Dtype } from '../config.ts';
import { UserError } from '../errors.ts';
import { BUNDLED } from './bundled.ts';
import { fetchModel, type ModelSource } from './download-model.ts';
import { sizeOf } from './download-partial.ts';
import { PATIENCE, type Patience, Unavailable } from './download-retry.ts';
import { type Hub, isHubId } from './hub.ts';
import { parseConfig } from './model-config.ts';
import type { Download } from './status.ts';

export interface ModelFiles {
  /** The name of a bundled model, the hub id, or the base name of the folder. */
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
  hub: Hub;
  /** Whether the hub is asked for the newest: see `ModelRequest`. */
  ask: 'must' | 'may' | 'never';
  cacheFolder: string;
  onProgress(download: Download): void;
  /** Ends a download. */
  signal: AbortSignal;
}

const REQUIRED = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const OPTIONAL = ['special_tokens_map.json', 'cliplens.json'];

/**
 * The files of the model that CLIP_MODEL names: a bundled one, those of a folder, or those of a hub id, which
 * are downloaded first where they are not here.
 * @throws UserError `model-unavailable`
 */
export async function findModelFiles(options: FindOptions, patience: Patience = PATIENCE): Promise<ModelFiles> {
  const { model, dtype, ask } = options;
  try {
    // Only CLIP_MODEL names a folder: what is typed in a chat is no path.
    const bundled = BUNDLED.get(model);
    const local = bundled ?? (ask === 'may' ? await localFolder(model) : undefined);
    if (local !== undefined) {
      await choosePaths(dtype, sourceIn(local));
      return filesIn(local, bundled === undefined ? basename(local) : model, dtype);
    }
    return filesIn(await fetched(options, patience), model, dtype);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new UserError('model-unavailable', { model, problem: error.problem }, { cause: error });
  }
}

/** The folder that CLIP_MODEL means, or undefined where it is for the hub to know. */
async function localFolder(model: string): Promise<string | undefined> {
  const folder = resolve(model);
  const meantAsPath = isAbsolute(model) || /^\.{1,2}([\\/]|$)/.test(model);
  if (meantAsPath && (await isFolder(folder))) return folder;
  if (meantAsPath) throw new Unavailable({ kind: 'no-folder', folder });
  return (await sizeOf(join(folder, 'config.json'))) === undefined ? undefined : folder;
}

function sourceIn(folder: string): ModelSource {
  return {
    has: async (path) => (await sizeOf(join(folder, path))) !== undefined,
    read: (path) => readFile(join(folder, path), 'utf8'),
  };
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}

function fetched({ model, dtype, cacheFolder, ...rest }: FindOptions, patience: Patience): Promise<string> {
  if (!isHubId(model)) throw new Unavailable({ kind: 'no-name' });
  const request = { ...rest, id: model, variant: dtype, cacheFolder: resolve(cacheFolder), patience };
  return fetchModel(request, (source) => choosePaths(dtype, source));
}

/**
 * The paths that make up the model, among those it has.
 * @throws Unavailable where it is no CLIP, naming the first file that is missing, or the dtypes that are there instead
 */
async function choosePaths(dtype: Dtype, source: ModelSource): Promise<string[]> {
  const { has } = source;
  const [first = '', ...others] = REQUIRED;
  if (!(await has(first))) throw missing(first);
  parseConfig(await source.read(first));
  for (const path of onnxPaths(dtype)) if (!(await has(path))) throw await variantMissing(path, source);
  for (const path of others) if (!(await has(path))) throw missing(path);
  const more: string[] = [];
  for (const path of OPTIONAL) if (await has(path)) more.push(path);
  for (const path of onnxPaths(dtype)) more.push(...(await externalData(path, source)));
  return [...REQUIRED, ...more, ...onnxPaths(dtype)];
}

function onnxPaths(dtype: Dtype): [vision: string, text: string] {
  // The names that transformers.js gives them.
  const suffix = dtype === 'fp32' ? '' : dtype === 'q8' ? '_quantized' : `_${dtype}`;
  return [`onnx/vision_model${suffix}.onnx`, `onnx/text_model${suffix}.onnx`];
}

/** Weights beyond the 2 GB that an ONNX file can hold: `model.onnx_data`, `model.onnx_data_1`, ... */
async function externalData(path: string, { has }: ModelSource): Promise<string[]> {
  const parts: string[] = [];
  for (let part = `${path}_data`; await has(part); part = `${path}_data_${parts.length}`) parts.push(part);
  return parts;
}

/** Why the model has not `path`: it has other dtypes, the files of one encoder alone, or none. */
async function variantMissing(path: string, { has }: ModelSource): Promise<Unavailable> {
  const there: Dtype[] = [];
  const encoders = new Set<'vision' | 'text'>();
  for (const dtype of DTYPES) {
    const [vision, text] = await Promise.all(onnxPaths(dtype).map(has));
    if (vision) encoders.add('vision');
    if (text) encoders.add('text');
    if (vision && text) there.push(dtype);
  }
  if (there.length > 0) return new Unavailable({ kind: 'variant-missing', path, there });
  const [only, ...both] = encoders;
  if (only === undefined || both.length > 0) return missing(path);
  return new Unavailable({ kind: only === 'vision' ? 'vision-only' : 'text-only' });
}

function missing(path: string): Unavailable {
  return new Unavailable({ kind: 'file-missing', path });
}

function filesIn(folder: string, id: string, dtype: Dtype): ModelFiles {
  const [vision, text] = onnxPaths(dtype);
  return { id, folder, vision: join(folder, vision), text: join(folder, text), dtype };
}

/** The bytes of a model's weights: its two ONNX files, and their external data where there is any. */
export async function weightBytes({ folder, vision, text }: ModelFiles): Promise<number> {
  const main = [vision, text].map((path) => relative(folder, path));
  const data = await Promise.all(main.map((path) => externalData(path, sourceIn(folder))));
  const sizes = await Promise.all([...main, ...data.flat()].map((path) => sizeOf(join(folder, path))));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
