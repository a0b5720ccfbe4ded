import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../src/errors.ts';
import { MAX_BYTES } from '../src/image/decode.ts';

/** What is wrong with what was asked for: one sentence that says what to do. */
export class EvaluationError extends Error {
  override name = 'EvaluationError';
}

const NUMBERS = { 2: 'two', 4: 'four' };

/** Images whose class is known. */
export interface Dataset {
  /** In alphabetical order; the labels that are compared. */
  classes: readonly string[];
  images: readonly { path: string; name: string; label: string }[];
}

/**
 * Reads a folder whose subfolders are classes, or a CSV file with a path (from where it lies) and a label in each line,
 * with or without the heading `path,label`. In a folder's name, `_` stands for a space.
 * @param least so many classes are needed
 * @throws EvaluationError
 */
export async function readDataset(source: string, least: keyof typeof NUMBERS = 2): Promise<Dataset> {
  const stats = await stat(source).catch(() => undefined);
  if (!stats) throw new EvaluationError(`There is nothing at ${source}. Name a folder or a CSV file with --images.`);
  const images = stats.isDirectory() ? await fromFolder(source) : await fromCsv(source);
  const classes = [...new Set(images.map(({ label }) => label))].sort();
  if (classes.length < least) {
    const found = classes.length === 0 ? 'none' : `only ${classes.join(', ')}`;
    throw new EvaluationError(
      `${source} needs ${NUMBERS[least]} classes or more and has ${found}. Make a subfolder for each class.`,
    );
  }
  return { classes, images };
}

/** The file of an image. One that is too large is not even read: a folder may hold films. */
export async function readImage({ path, name }: Dataset['images'][number]): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new UserError('image-unreadable', { name });
  if (found.size >= MAX_BYTES) throw new UserError('image-too-large', { name, megabytes: MAX_BYTES / 1e6 });
  return readFile(path);
}

async function fromFolder(folder: string): Promise<Dataset['images']> {
  const entries = await readdir(folder, { withFileTypes: true });
  const classes = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const all = classes.map(async ({ name }) => {
    const files = await readdir(join(folder, name), { withFileTypes: true });
    const label = name.replaceAll('_', ' ').normalize('NFC').trim();
    const shown = files.filter((file) => file.isFile() && !file.name.startsWith('.')).map((file) => file.name);
    return shown.sort().map((file) => ({ path: join(folder, name, file), name: join(name, file), label }));
  });
  return (await Promise.all(all)).flat();
}

async function fromCsv(source: string): Promise<Dataset['images']> {
  const folder = dirname(resolve(source));
  const rows = parseCsv(await readFile(source, 'utf8'));
  const [heading] = rows;
  const body = heading?.[0]?.toLowerCase() === 'path' ? rows.slice(1) : rows;
  return body.map(([path = '', label = ''], i) => {
    if (path === '' || label.trim() === '') {
      throw new EvaluationError(`Line ${i + 1} of ${source} has no path or no label. Write path,label in each line.`);
    }
    const full = resolve(folder, path);
    return { path: full, name: relative(folder, full), label: label.trim() };
  });
}

/** Rows of fields, as RFC 4180 writes them: a field with a comma, a quote or a line break stands in quotes. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (row.some((field) => field !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
