import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Outcome } from '../../src/chat/dispatch.ts';
import { UserError } from '../../src/errors.ts';
import { plain } from './table.ts';

interface Target {
  json: boolean;
  /** Folder for images and files; a new temporary one if it is not said. */
  out: string | undefined;
}

/**
 * Prints an outcome and writes its images and files. With `json`, standard output is exactly one JSON object.
 * @returns the exit code
 * @throws UserError `folder-unwritable`
 */
export async function printOutcome(outcome: Outcome, { json, out }: Target): Promise<number> {
  if (outcome.kind === 'error') {
    const { code, message } = outcome;
    if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    else process.stderr.write(`${message}\n`);
    return 1;
  }
  const { text, images, files, tables, data } = outcome.reply;
  const paths = await save([...images, ...files], out);
  if (json) {
    const saved = images.map(({ alt }, i) => ({ path: paths[i], alt }));
    const beside = files.map(({ description }, i) => ({ path: paths[images.length + i], description }));
    process.stdout.write(`${JSON.stringify({ text, images: saved, files: beside, data })}\n`);
  } else {
    process.stdout.write(
      `${[text, ...tables.map((table) => plain(table, process.stdout.isTTY)), ...paths].join('\n')}\n`,
    );
  }
  return 0;
}

async function save(all: readonly { name: string; bytes: Uint8Array }[], out: string | undefined): Promise<string[]> {
  if (all.length === 0) return [];
  const folder = resolve(out ?? (await mkdtemp(join(tmpdir(), 'cliplens-'))));
  const paths = distinctNames(all.map(({ name }) => name)).map((name) => join(folder, name));
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(all.map(({ bytes }, i) => writeFile(paths[i] ?? folder, bytes)));
  } catch (cause) {
    throw new UserError('folder-unwritable', { folder }, { cause });
  }
  return paths;
}

/** Two of the same name must not overwrite each other, on no file system: `cat.png`, `cat-2.png`. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let i = 2; taken.has(distinct.toLowerCase()); i += 1) distinct = name.replace(/(\.[^.]*)?$/, `-${i}$1`);
    taken.add(distinct.toLowerCase());
    return distinct;
  });
}
