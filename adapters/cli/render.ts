import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Outcome } from '../../src/chat/dispatch.ts';
import type { ReplyImage } from '../../src/chat/reply.ts';
import { UserError } from '../../src/errors.ts';
import { plain } from './table.ts';

interface Target {
  json: boolean;
  /** Folder for the images; a new temporary one if it is not said. */
  out: string | undefined;
}

/**
 * Prints an outcome and writes its images. With `json`, standard output is exactly one JSON object.
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
  const { text, images, tables, data } = outcome.reply;
  const paths = await save(images, out);
  if (json) {
    const saved = images.map(({ alt }, i) => ({ path: paths[i], alt }));
    process.stdout.write(`${JSON.stringify({ text, images: saved, data })}\n`);
  } else {
    process.stdout.write(
      `${[text, ...tables.map((table) => plain(table, process.stdout.isTTY)), ...paths].join('\n')}\n`,
    );
  }
  return 0;
}

async function save(images: readonly ReplyImage[], out: string | undefined): Promise<string[]> {
  if (images.length === 0) return [];
  const folder = resolve(out ?? (await mkdtemp(join(tmpdir(), 'cliplens-'))));
  const paths = distinctNames(images.map(({ name }) => name)).map((name) => join(folder, name));
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(images.map(({ bytes }, i) => writeFile(paths[i] ?? folder, bytes)));
  } catch (cause) {
    throw new UserError('folder-unwritable', { folder }, { cause });
  }
  return paths;
}

/** Two images of the same name must not overwrite each other: `cat.png`, `cat-2.png`. */
function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${count}$1`);
  });
}
