import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * What has come of a file so far, beside it as `<file>.<version>.<pid>-<random>.partial`.
 *
 * Each download writes a partial of its own, so that nothing depends on a lock. One whose process is dead is taken over by
 * renaming it, which succeeds for one taker only. Should its owner live after all (in another container, say), both
 * write the same bytes to the same places, since the name carries the version, and the owner finds its partial gone.
 */
export interface Partial {
  path: string;
  release(): void;
}

const NAME = /^\.(?<version>[0-9a-f]{16})\.(?<pid>\d+)-[0-9a-f]{8}\.partial$/;

const ofThisProcess = new Set<string>();

/** Takes over what a dead download of this version left of `target`, else begins an empty partial. */
export async function claimPartial(target: string, etag: string | undefined): Promise<Partial> {
  const version = versionOf(etag ?? randomUUID());
  const path = `${target}.${version}.${process.pid}-${randomUUID().slice(0, 8)}.partial`;
  ofThisProcess.add(path);
  const left = (await partialsOf(target)).find((other) => other.version === version && !isAlive(other));
  if (!left || !(await takeOver(left.path, path))) await startClean(path);
  return { path, release: () => ofThisProcess.delete(path) };
}

/** How many bytes of this version of `target` lie there to be taken over. */
export async function bytesLeftOf(target: string, etag: string | undefined): Promise<number> {
  if (etag === undefined) return 0;
  const left = (await partialsOf(target)).filter((other) => other.version === versionOf(etag) && !isAlive(other));
  return (left[0] && (await sizeOf(left[0].path))) ?? 0;
}

function versionOf(etag: string): string {
  return createHash('sha256').update(etag).digest('hex').slice(0, 16);
}

/** Replaces a partial by an empty one. It is not cut short in place, in case another process has the file open. */
export async function startClean(path: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, '', { flag: 'wx' });
}

/** Clears away what dead downloads left of `target`, once it is there. */
export async function clearPartials(target: string): Promise<void> {
  const left = (await partialsOf(target)).filter((other) => !isAlive(other));
  for (const { path } of left) await rm(path, { force: true });
}

/** Whether a file operation failed because the file is not there, or not any more. */
export function isGone(error: unknown): boolean {
  return errorCode(error) === 'ENOENT';
}

/** The size of a file in bytes, or undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ? stats.size : undefined;
}

async function takeOver(left: string, path: string): Promise<boolean> {
  try {
    await rename(left, path);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

async function partialsOf(target: string): Promise<{ path: string; version: string; pid: number }[]> {
  const folder = dirname(target);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(basename(target)));
  return names.flatMap((name) => {
    const { version, pid } = NAME.exec(name.slice(basename(target).length))?.groups ?? {};
    return version && pid ? [{ path: join(folder, name), version, pid: Number(pid) }] : [];
  });
}

function isAlive({ path, pid }: { path: string; pid: number }): boolean {
  return pid === process.pid ? ofThisProcess.has(path) : isProcessAlive(pid);
}

/** Whether a process of this id runs on this machine. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
