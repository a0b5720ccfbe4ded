import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { DTYPES, type Dtype } from '../config.ts';
import { UserError } from '../errors.ts';
import { BUNDLED } from './bundled.ts';
import { fetchModel, type ModelSource } from './download-model.ts';
import { sizeOf } from './download-partial.ts';
import { PATIENCE, type Patience, Unavailable } from './download-retry.ts';
import { type Hub, isHubId } from './hub.ts';
import { type Kind, kindOf, ONNX_NAMES, onnxPath, onnxPaths } from './kinds.ts';
import type { Download } from './status.ts';

/** A model's files, as they lie in a folder. */
export interface FoundModel {
  /** The name of a bundled model, the hub id, or the base name of the folder. */
  id: string;
  /** Absolute, as are the paths of its ONNX files. */
  folder: string;
  dtype: Dtype;
}

/** Those of a CLIP or SigLIP. */
export interface ModelFiles extends FoundModel {
  vision: string;
  text: string;
}

/** Those of a detector. */
export interface DetectorFiles extends FoundModel {
  model: string;
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
  const found = await findModel(options, 'clip', patience);
  return { ...found, vision: pathOf('vision_model', found), text: pathOf('text_model', found) };
}

/** As `findModelFiles`, of the model that DETECTOR_MODEL names. */
export async function findDetectorFiles(options: FindOptions, patience: Patience = PATIENCE): Promise<DetectorFiles> {
  const found = await findModel(options, 'detector', patience);
  return { ...found, model: pathOf('model', found) };
}

/**
 * As `findModelFiles`, of a kind of model, or of whichever it is.
 * @throws UserError `model-unavailable`
 */
export async function findModel(options: FindOptions, kind: Kind | undefined, patience: Patience): Promise<FoundModel> {
  const { model, dtype, ask } = options;
  try {
    // Only the configuration names a folder: what is typed in a chat is no path.
    const bundled = BUNDLED.get(model);
    const local = bundled ?? (ask === 'may' ? await localFolder(model) : undefined);
    if (local === undefined) return { id: model, folder: await fetched(options, kind, patience), dtype };
    await choosePaths(dtype, kind, sourceIn(local));
    return { id: bundled === undefined ? basename(local) : model, folder: local, dtype };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new UserError('model-unavailable', { model, problem: error.problem }, { cause: error });
  }
}

/** The folder that the configuration means, or undefined where it is for the hub to know. */
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

function fetched(
  { model, dtype, cacheFolder, ...rest }: FindOptions,
  kind: Kind | undefined,
  patience: Patience,
): Promise<string> {
  if (!isHubId(model)) throw new Unavailable({ kind: 'no-name' });
  const request = { ...rest, id: model, variant: dtype, cacheFolder: resolve(cacheFolder), patience };
  return fetchModel(request, (source) => choosePaths(dtype, kind, source));
}

/**
 * The paths that make up the model, among those it has.
 * @throws Unavailable where it is not of the kind, naming the first file that is missing, or the dtypes that are there instead
 */
async function choosePaths(dtype: Dtype, wanted: Kind | undefined, source: ModelSource): Promise<string[]> {
  const { has } = source;
  const [first = '', ...others] = REQUIRED;
  if (!(await has(first))) throw missing(first);
  const kind = kindOf(await source.read(first), wanted);
  const onnx = onnxPaths(kind, dtype);
  for (const path of onnx) if (!(await has(path))) throw await variantMissing(path, kind, source);
  for (const path of others) if (!(await has(path))) throw missing(path);
  const more: string[] = [];
  for (const path of OPTIONAL) if (await has(path)) more.push(path);
  for (const path of onnx) more.push(...(await externalData(path, source)));
  return [...REQUIRED, ...more, ...onnx];
}

/** Weights beyond the 2 GB that an ONNX file can hold: `model.onnx_data`, `model.onnx_data_1`, ... */
async function externalData(path: string, { has }: ModelSource): Promise<string[]> {
  const parts: string[] = [];
  for (let part = `${path}_data`; await has(part); part = `${path}_data_${parts.length}`) parts.push(part);
  return parts;
}

/** Why the model has not `path`: it has other dtypes, the files of one encoder alone, or none. */
async function variantMissing(path: string, kind: Kind, { has }: ModelSource): Promise<Unavailable> {
  const there: Dtype[] = [];
  const names = new Set<string>();
  for (const dtype of DTYPES) {
    const found = await Promise.all(onnxPaths(kind, dtype).map(has));
    for (const [i, name] of ONNX_NAMES[kind].entries()) if (found[i]) names.add(name);
    if (found.every((isThere) => isThere)) there.push(dtype);
  }
  if (there.length > 0) return new Unavailable({ kind: 'variant-missing', path, there });
  if (names.size !== 1) return missing(path);
  return new Unavailable({ kind: names.has('vision_model') ? 'vision-only' : 'text-only' });
}

function missing(path: string): Unavailable {
  return new Unavailable({ kind: 'file-missing', path });
}

function pathOf(name: string, { folder, dtype }: FoundModel): string {
  return join(folder, onnxPath(name, dtype));
}

/** The bytes of a model's weights: its ONNX files, and their external data where there is any. */
export async function weightBytes(folder: string, onnx: readonly string[]): Promise<number> {
  const main = onnx.map((path) => relative(folder, path));
  const data = await Promise.all(main.map((path) => externalData(path, sourceIn(folder))));
  const sizes = await Promise.all([...main, ...data.flat()].map((path) => sizeOf(join(folder, path))));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
