import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isProcessAlive } from './download-partial.ts';

const ownerSchema = z.object({ id: z.string(), host: z.string(), pid: z.number() });
type Owner = z.infer<typeof ownerSchema>;

const HEARTBEAT_MILLISECONDS = 5_000;
/** A lock that was not touched for so long has no owner any more, whatever its process id says. */
const STALE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 200;

const heldHere = new Set<string>();

/**
 * Does `work` while no other process, and nothing else in this one, holds the lock file at `path`; waits until then.
 * The lock of a dead process is broken. It saves fetching twice; that files come whole does not depend on it.
 * @param onWait called again and again while another holds it
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  onWait: () => Promise<void> = async () => {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const owner: Owner = { id: randomUUID(), host: hostname(), pid: process.pid };
  heldHere.add(owner.id);
  try {
    while (!(await take(path, owner))) {
      await breakIfStale(path);
      await onWait();
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
    const heartbeat = setInterval(() => touch(path), HEARTBEAT_MILLISECONDS);
    return await work().finally(() => clearInterval(heartbeat));
  } finally {
    heldHere.delete(owner.id);
    // Not one that another process took since, because this one was asleep.
    if ((await ownerOf(path))?.id === owner.id) await rm(path, { force: true });
    await rmdir(dirname(path)).catch(() => {}); // where nothing came of it
  }
}

async function take(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Renaming succeeds for one process only. */
async function breakIfStale(path: string): Promise<void> {
  if (!(await isStale(path))) return;
  const broken = `${path}.${randomUUID()}`;
  await rename(path, broken).catch(() => {});
  await rm(broken, { force: true });
}

async function isStale(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return false;
  if (Date.now() - stats.mtimeMs > STALE_MILLISECONDS) return true;
  const owner = await ownerOf(path);
  // One without an owner is being written this moment.
  if (!owner || owner.host !== hostname()) return false;
  return owner.pid === process.pid ? !heldHere.has(owner.id) : !isProcessAlive(owner.pid);
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function touch(path: string): void {
  const now = new Date();
  utimes(path, now, now).catch(() => {}); // Broken meanwhile: the work goes on, and ends well without it.
}
