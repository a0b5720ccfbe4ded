import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { downloadFile, type HubFile } from './download.ts';
import { sizeOf } from './download-partial.ts';
import { DownloadMeter } from './download-progress.ts';
import { type Patience, persist, Unavailable } from './download-retry.ts';
import { askHub, noSuchModel } from './hub.ts';
import type { Download } from './status.ts';

export interface ModelRequest {
  /** `owner/name`. */
  id: string;
  /** Names the choice of files, such as `fp32`. */
  variant: string;
  endpoint: string;
  cacheFolder: string;
  patience: Patience;
  onProgress(download: Download): void;
  signal: AbortSignal;
}

/** Whether the model has a file of this path. */
export type Has = (path: string) => Promise<boolean>;

/** The word that a revision is whole, written as JSON beside the revisions once it is. */
const snapshotSchema = z.object({
  revision: z.string(),
  files: z.array(z.object({ path: z.string(), size: z.number() })),
});
type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * Fetches the newest revision of a model, all files from one commit, and returns its folder. Where that fails and an
 * earlier revision is there, whole, it is that one's.
 * @throws Unavailable
 */
export async function fetchModel(request: ModelRequest, choosePaths: (has: Has) => Promise<string[]>): Promise<string> {
  const home = join(request.cacheFolder, 'models', request.id.replace('/', '--'));
  const record = join(home, `${request.variant}.json`);
  const before = await readSnapshot(record, home);
  const pauses = request.patience.pausesMilliseconds;
  try {
    const commit = await findCommit(request, before ? [] : pauses);
    if (before && commit === before.revision) return join(home, commit);
    const latest = await persist('listing', { pauses, signal: request.signal }, async () => {
      const files = await listFiles(request, commit ?? 'main', choosePaths);
      const revision = commit ?? digest(files);
      await fetchFiles(files, join(home, revision), request);
      return { revision, files };
    });
    await writeSnapshot(record, latest);
    return join(home, latest.revision);
  } catch (error) {
    const explained = explainDisk(error, request.cacheFolder);
    if (before && explained instanceof Unavailable) return join(home, before.revision);
    throw explained;
  }
}

/** The commit that `main` stands for now: all later requests are for it. A plain mirror names none. */
async function findCommit(request: ModelRequest, pauses: readonly number[]): Promise<string | undefined> {
  const { status, errorCode, record } = await askForHead(request, 'main', 'config.json', pauses);
  if (status === 404 && errorCode !== 'EntryNotFound') throw noSuchModel(new URL(request.endpoint).host);
  return record.commit;
}

async function listFiles(
  request: ModelRequest,
  revision: string,
  choosePaths: (has: Has) => Promise<string[]>,
): Promise<HubFile[]> {
  const found = new Map<string, HubFile>();
  const paths = await choosePaths(async (path) => {
    const { status, record } = await askForHead(request, revision, path, request.patience.pausesMilliseconds);
    if (status === 404) return false;
    const { size, etag, sha256 } = record;
    if (size === undefined) throw new Unavailable(`the hub does not tell the size of ${path}; check HF_ENDPOINT.`);
    found.set(path, { path, url: addressOf(request, revision, path), size, etag, sha256 });
    return true;
  });
  return paths.map((path) => found.get(path)).filter((file) => file !== undefined);
}

async function fetchFiles(files: readonly HubFile[], folder: string, request: ModelRequest): Promise<void> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const meter = new DownloadMeter(total, request.onProgress);
  const wanted: HubFile[] = [];
  for (const file of files) {
    if ((await sizeOf(join(folder, file.path))) === file.size) meter.place(file.path, file.size);
    else wanted.push(file);
  }
  for (const file of wanted) await downloadFile(file, join(folder, file.path), { ...request, meter });
}

function askForHead(request: ModelRequest, revision: string, path: string, pauses: readonly number[]) {
  const { signal, patience } = request;
  const question = { method: 'HEAD', stallMilliseconds: patience.stallMilliseconds, signal } as const;
  const url = addressOf(request, revision, path);
  return persist('request', { pauses, signal }, () =>
    askHub(url, question, async ({ status, errorCode, record }) => ({ status, errorCode, record })),
  );
}

function addressOf({ endpoint, id }: ModelRequest, revision: string, path: string): string {
  return `${endpoint.replace(/\/+$/, '')}/${id}/resolve/${revision}/${path}`;
}

/** Names a revision by what is in it, where the hub names no commit. */
function digest(files: readonly HubFile[]): string {
  const versions = files.map(({ path, size, etag }) => [path, size, etag]);
  return `main-${createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 16)}`;
}

async function readSnapshot(record: string, home: string): Promise<Snapshot | undefined> {
  try {
    const snapshot = snapshotSchema.parse(JSON.parse(await readFile(record, 'utf8')));
    const sizes = await Promise.all(snapshot.files.map(({ path }) => sizeOf(join(home, snapshot.revision, path))));
    return snapshot.files.every(({ size }, i) => size === sizes[i]) ? snapshot : undefined;
  } catch {
    return undefined; // None yet, or damaged: the files are then looked at one by one.
  }
}

async function writeSnapshot(record: string, snapshot: Snapshot): Promise<void> {
  const draft = `${record}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(snapshot, null, 2));
  await rename(draft, record);
}

function explainDisk(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Unavailable(`the disk is full; make room for ${folder} and start again.`, 'never', { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Unavailable(`${folder} cannot be written to; change its rights or DATA_DIR.`, 'never', { cause: error });
  }
  return error;
}
