import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { explainDisk } from './disk.ts';
import { downloadFile, type HubFile } from './download.ts';
import { withLock } from './download-lock.ts';
import { DownloadNotice } from './download-notice.ts';
import { bytesLeftOf, sizeOf } from './download-partial.ts';
import { DownloadMeter } from './download-progress.ts';
import { type Patience, persist, Unavailable } from './download-retry.ts';
import { shareFiles } from './download-share.ts';
import { askHub, type Hub, type HubAnswer, noSuchModel } from './hub.ts';
import { homeOf, readWholeSnapshot, writeSnapshot } from './snapshot.ts';
import type { Download } from './status.ts';

export interface ModelRequest {
  /** `owner/name`. */
  id: string;
  /** Names the choice of files, such as `fp32`. */
  variant: string;
  hub: Hub;
  cacheFolder: string;
  /** Whether the hub is asked for the newest revision: it `must` answer, it `may` fail where one is here, or `never`. */
  ask: 'must' | 'may' | 'never';
  patience: Patience;
  onProgress(download: Download): void;
  signal: AbortSignal;
}

/** A model's files, wherever they are. */
export interface ModelSource {
  has(path: string): Promise<boolean>;
  read(path: string): Promise<string>;
}

type Choose = (source: ModelSource) => Promise<string[]>;

/** More than any config.json has; the answer of something that is no hub is not read to its end. */
const TEXT_LIMIT = 1 << 20;

/**
 * Fetches the newest revision of a model, all files from one commit, and returns its folder. Where that fails and an
 * earlier revision is there, whole, it is that one's, unless the hub must be asked.
 * @throws Unavailable
 */
export async function fetchModel(request: ModelRequest, choosePaths: Choose): Promise<string> {
  const { cacheFolder, id, variant, hub, ask } = request;
  const home = homeOf(cacheFolder, id);
  const before = await readWholeSnapshot(home, variant);
  if (before && ask !== 'must' && (ask === 'never' || hub.isOffline)) return join(home, before.revision);
  if (ask === 'never') throw new Unavailable({ kind: 'not-fetched', id, dtype: variant });
  if (hub.isOffline) throw new Unavailable({ kind: 'offline' });
  try {
    const commit = await findCommit(request, before && ask === 'may' ? [] : request.patience.pausesMilliseconds);
    if (before && commit === before.revision) return join(home, commit);
    return await fetchAlone(request, home, commit, choosePaths);
  } catch (error) {
    const explained = explainDisk(error, cacheFolder);
    if (before && ask === 'may' && explained instanceof Unavailable) return join(home, before.revision);
    throw explained;
  }
}

/** While no other process fetches the model. Those that wait are told how far the one that does is. */
async function fetchAlone(request: ModelRequest, home: string, commit: string | undefined, choosePaths: Choose) {
  const notice = new DownloadNotice(join(home, 'progress'));
  const onProgress = (download: Download) => {
    request.onProgress(download);
    notice.tell(download);
  };
  const onWait = async () => {
    const other = await notice.read();
    if (other) request.onProgress({ ...other, isAwaited: true });
  };
  const work = () => fetchRevision({ ...request, onProgress }, home, commit, choosePaths).finally(() => notice.end());
  return withLock(join(home, 'lock'), request.signal, work, onWait);
}

async function fetchRevision(request: ModelRequest, home: string, commit: string | undefined, choosePaths: Choose) {
  const { variant, patience, signal } = request;
  // Another process may have fetched it while this one waited for the lock.
  const now = await readWholeSnapshot(home, variant);
  if (now && now.revision === commit) return join(home, now.revision);
  const latest = await persist('listing', { pauses: patience.pausesMilliseconds, signal }, async () => {
    const files = await listFiles(request, commit ?? 'main', choosePaths);
    const revision = commit ?? digest(files);
    await shareFiles(files, home, revision);
    await fetchFiles(files, join(home, revision), request);
    return { revision, files };
  });
  await writeSnapshot(home, variant, latest);
  return join(home, latest.revision);
}

/** The commit that `main` stands for now: all later requests are for it. A plain mirror names none. */
async function findCommit(request: ModelRequest, pauses: readonly number[]): Promise<string | undefined> {
  const { status, errorCode, record } = await head(request, 'main', 'config.json', pauses);
  if (status === 404 && errorCode !== 'EntryNotFound') {
    throw noSuchModel(new URL(request.hub.endpoint).host, request.id);
  }
  return record.commit;
}

async function listFiles(request: ModelRequest, revision: string, choosePaths: Choose): Promise<HubFile[]> {
  const found = new Map<string, HubFile>();
  const pauses = request.patience.pausesMilliseconds;
  const paths = await choosePaths({
    async has(path) {
      const { status, record } = await head(request, revision, path, pauses);
      if (status === 404) return false;
      const { size, etag, digest } = record;
      if (size === undefined) throw new Unavailable({ kind: 'size-unknown', path });
      found.set(path, { path, url: addressOf(request, revision, path), size, etag, digest });
      return true;
    },
    read: (path) => askFor(request, 'GET', addressOf(request, revision, path), pauses, textOf),
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
  await checkSpace(wanted, folder, request.cacheFolder);
  for (const file of wanted) await downloadFile(file, join(folder, file.path), { ...request, meter });
}

/** Before the first byte: a disk that fills up on the way would trouble more than this. */
async function checkSpace(wanted: readonly HubFile[], folder: string, cacheFolder: string): Promise<void> {
  let bytes = 0;
  for (const { path, size, etag } of wanted) bytes += size - (await bytesLeftOf(join(folder, path), etag));
  const { bavail, bsize } = await statfs(cacheFolder);
  const free = bavail * bsize;
  if (bytes <= free) return;
  const [megabytes, left] = [Math.ceil(bytes / 1e6), Math.floor(free / 1e6)];
  throw new Unavailable({ kind: 'no-space', folder: cacheFolder, megabytes, free: left });
}

function head(request: ModelRequest, revision: string, path: string, pauses: readonly number[]) {
  return askFor(request, 'HEAD', addressOf(request, revision, path), pauses, async (answer) => answer);
}

function askFor<T>(
  { signal, patience, hub, id }: ModelRequest,
  method: 'HEAD' | 'GET',
  url: string,
  pauses: readonly number[],
  read: (answer: HubAnswer) => Promise<T>,
): Promise<T> {
  const { stallMilliseconds } = patience;
  return persist('request', { pauses, signal }, () =>
    askHub(url, { method, stallMilliseconds, signal, hub, model: id }, read),
  );
}

async function textOf({ bytes }: HubAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > TEXT_LIMIT) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function addressOf({ hub, id }: ModelRequest, revision: string, path: string): string {
  return `${hub.endpoint.replace(/\/+$/, '')}/${id}/resolve/${revision}/${path}`;
}

/** Names a revision by what is in it, where the hub names no commit. */
function digest(files: readonly HubFile[]): string {
  const versions = files.map(({ path, size, etag }) => [path, size, etag]);
  return `main-${createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 16)}`;
}
