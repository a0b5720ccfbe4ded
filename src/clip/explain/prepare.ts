import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { appendFile, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainDisk } from '../disk.ts';
import { readGraph } from '../onnx/graph.ts';
import { findAnatomy } from './anatomy.ts';
import type { Grid } from './explanation.ts';
import { createFragment } from './fragment.ts';
import { NotUnderstood } from './parts.ts';

export interface Explainable {
  fragment: Buffer;
  grid: Grid;
  /** Whether the model computes in float32 throughout. */
  isExact: boolean;
}

/**
 * What has to be appended to a vision file. Reads its heads alone.
 * @param size pixels of the model's input
 * @throws NotUnderstood naming what the graph has not
 */
export function readExplainable(
  path: string,
  embedding: string,
  heads: number,
  size: { width: number; height: number },
): Explainable {
  const graph = readGraph(path);
  // A copy elsewhere would not find them.
  if ([...graph.weights.values()].some(({ isExternal }) => isExternal))
    throw new NotUnderstood('weights in its own file');
  const anatomy = findAnatomy(graph, embedding);
  if (anatomy.width % heads !== 0) throw new NotUnderstood(`${heads} heads of the same width`);
  const grid = { rows: Math.floor(size.height / anatomy.patch), columns: Math.floor(size.width / anatomy.patch) };
  return { fragment: createFragment(anatomy, heads, grid), grid, isExact: !anatomy.isHalf && !anatomy.isQuantised };
}

/**
 * A copy of a vision file with the fragment at its end. It is made once, by the file system alone: no weight passes
 * through this process. A copy that was cut short is made anew; those with the fragment of another version go.
 * @param sha256 of the model
 * @throws Unavailable where the disk takes no copy
 */
export async function prepareExplainable(
  path: string,
  fragment: Buffer,
  sha256: string,
  folder: string,
): Promise<string> {
  const version = createHash('sha256').update(fragment).digest('hex');
  const ofModel = sha256.slice(0, 32);
  const name = `${ofModel}-${version.slice(0, 16)}.onnx`;
  const prepared = join(folder, name);
  const { size } = await stat(path);
  const before = await stat(prepared).catch(() => undefined);
  if (before?.size === size + fragment.length) return prepared;
  const draft = `${prepared}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await copyFile(path, draft, constants.COPYFILE_FICLONE);
    await appendFile(draft, fragment);
    await rename(draft, prepared);
  } catch (error) {
    throw explainDisk(error, folder);
  } finally {
    await rm(draft, { force: true });
  }
  const older = (await readdir(folder)).filter((other) => other !== name && other.startsWith(ofModel));
  for (const other of older) if (other.endsWith('.onnx')) await rm(join(folder, other), { force: true });
  return prepared;
}
