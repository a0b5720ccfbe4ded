import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { claimPartial, clearPartials, isGone, sizeOf, startClean } from './download-partial.ts';
import type { DownloadMeter } from './download-progress.ts';
import { type Patience, persist, Unavailable } from './download-retry.ts';
import { askHub, type Digest, type Hub, type HubAnswer } from './hub.ts';

/** A file of a model on the hub: `path` inside the model, `size` in bytes. Without an `etag` it cannot be resumed. */
export interface HubFile {
  path: string;
  url: string;
  size: number;
  etag: string | undefined;
  digest: Digest | undefined;
}

interface DownloadOptions {
  hub: Hub;
  /** The id of the model. */
  id: string;
  meter: DownloadMeter;
  patience: Patience;
  signal: AbortSignal;
}

/**
 * Fetches a file to `target`, where it appears whole or not at all: size and, where the hub tells it, the content's digest are checked first.
 * Continues what an earlier run left and, after a break, what came until then.
 * @throws Unavailable where it does not come; `again` is 'listing' where the hub now has another version of it.
 */
export async function downloadFile(file: HubFile, target: string, options: DownloadOptions): Promise<void> {
  const { patience, signal } = options;
  await mkdir(dirname(target), { recursive: true });
  const partial = await claimPartial(target, file.etag);
  let furthest = 0;
  try {
    await persist('request', { pauses: patience.pausesMilliseconds, signal }, async (gained) => {
      if ((await sizeOf(target)) === file.size) return;
      try {
        await fillPartial(file, partial.path, options, (position) => {
          if (position <= furthest) return;
          furthest = position;
          gained();
        });
        await checkContent(file, partial.path);
        await rename(partial.path, target);
      } catch (error) {
        if (!isGone(error)) throw error;
        throw new Unavailable({ kind: 'fetched-twice', path: file.path }, 'request');
      }
    });
  } finally {
    partial.release();
  }
  await clearPartials(target);
}

/** Fetches what the partial lacks. `onGrowth` is told how far it reaches. */
async function fillPartial(
  file: HubFile,
  path: string,
  { meter, patience, signal, hub, id }: DownloadOptions,
  onGrowth: (position: number) => void,
): Promise<void> {
  const size = await sizeOf(path);
  const usable = size !== undefined && size <= file.size && file.etag !== undefined;
  if (!usable) await startClean(path);
  const begin = usable ? size : 0;
  meter.place(file.path, begin);
  if (begin === file.size) return;

  const headers: Record<string, string> = begin > 0 ? { range: `bytes=${begin}-` } : {};
  const { stallMilliseconds } = patience;
  await askHub(file.url, { method: 'GET', headers, stallMilliseconds, signal, hub, model: id }, async (answer) => {
    checkVersion(file, answer);
    const continues = answer.status === 206 && answer.start === begin;
    if (begin > 0 && !continues) {
      await startClean(path);
      meter.place(file.path, 0);
    }
    if (answer.status === 416) throw broken(file, 'fewer');
    if (!continues && answer.status !== 200) throw broken(file, 'other');
    await append(file, path, continues ? begin : 0, answer.bytes, (position, count) => {
      meter.fetch(file.path, count);
      onGrowth(position);
    });
  });
}

function checkVersion(file: HubFile, { status, record }: HubAnswer): void {
  if (status === 404) throw changes(file);
  if (record.etag === undefined || record.etag === file.etag || status === 416) return;
  throw changes(file);
}

async function append(
  file: HubFile,
  path: string,
  begin: number,
  bytes: AsyncIterable<Uint8Array>,
  onChunk: (position: number, count: number) => void,
): Promise<void> {
  const handle = await open(path, 'r+');
  let position = begin;
  try {
    for await (const chunk of bytes) {
      if (position + chunk.length > file.size) {
        await startClean(path);
        throw broken(file, 'more');
      }
      for (let written = 0; written < chunk.length; ) {
        written += (await handle.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
      }
      position += chunk.length;
      onChunk(position, chunk.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (position < file.size) throw broken(file, 'fewer');
}

async function checkContent(file: HubFile, path: string): Promise<void> {
  if (await isIntact(path, file)) return;
  await startClean(path);
  throw broken(file, 'other');
}

/** The digest of a file as the hub writes it, in hexadecimal digits. */
async function digestOf(path: string, algorithm: Digest['algorithm']): Promise<string> {
  const hash = createHash(algorithm === 'git' ? 'sha1' : algorithm);
  if (algorithm === 'git') hash.update(`blob ${await sizeOf(path)}\0`);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Whether a file is what the hub said of it: of that size and, where it told a digest, of that content. */
export async function isIntact(
  path: string,
  { size, digest }: { size: number; digest?: Digest | undefined },
): Promise<boolean> {
  if ((await sizeOf(path)) !== size) return false;
  return digest === undefined || (await digestOf(path, digest.algorithm)) === digest.hex;
}

function changes({ path }: HubFile): Unavailable {
  return new Unavailable({ kind: 'file-changes', path }, 'listing');
}

function broken({ path, url }: HubFile, are: 'fewer' | 'more' | 'other'): Unavailable {
  return new Unavailable({ kind: 'wrong-bytes', host: new URL(url).host, path, are }, 'request');
}
