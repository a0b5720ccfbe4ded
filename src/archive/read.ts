import { type Entry, fromBufferPromise, validateFileName, type ZipFile } from 'yauzl';
import { UserError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { entryName } from './entry-name.ts';
import { ARCHIVE_SIZE, ARCHIVE_LIMITS as LIMITS } from './limits.ts';
import { readable } from './readable.ts';
import { isSystemFile } from './system-file.ts';

/** A file in an archive, or below a folder. */
export interface ArchiveFile {
  /** As in `dogs/rex.jpg`: relative, never leading outside, with slashes and composed letters (NFC). */
  path: string;
  /** Bytes once unpacked, as the archive tells them; `read` gives exactly so many. */
  size: number;
  /** Unpacks this file alone. @throws UserError `archive-broken`, `archive-damaged` or `archive-nested` */
  read(): Promise<Uint8Array>;
}

interface Source {
  name: string;
  size: number;
  fetch(): Promise<Uint8Array>;
  list?(): Promise<ArchiveFile[]>;
}

/** Fetches a zip and lists its files; one that says it is too large is not even fetched. A folder lists them itself. */
export async function loadArchive(source: Source): Promise<ArchiveFile[]> {
  if (source.list) return source.list();
  if (source.size >= ARCHIVE_SIZE.bytes) throw ARCHIVE_SIZE.refuse(source.name);
  return readArchive(source.name, await source.fetch());
}

/**
 * Lists the files of a zip in its own order, without folders and what systems add to them. Everything is held to the limits by
 * what the archive tells of itself before any of it is unpacked; and unpacking ends where that turns out a lie.
 * @throws UserError `archive-…`, one for each thing that can be wrong with it
 */
export async function readArchive(name: string, bytes: Uint8Array): Promise<ArchiveFile[]> {
  if (bytes.length >= ARCHIVE_SIZE.bytes) throw ARCHIVE_SIZE.refuse(name);
  try {
    // Names are decoded here, and held to the same rules then.
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      decodeStrings: false,
    });
    if (zip.entryCount > LIMITS.entries) throw new UserError('archive-too-many', { name, limit: LIMITS.entries });
    const files = await list(name, zip);
    if (files.length === 0) throw new UserError('archive-empty', { name });
    return files;
  } catch (cause) {
    throw explain(name, cause);
  }
}

async function list(name: string, zip: ZipFile): Promise<ArchiveFile[]> {
  const files = new Map<string, ArchiveFile>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    const path = entryName(entry);
    if ((/^$|\/$/.test(path) || isSystemFile(path)) && !leadsOutside(path)) continue;
    checkEntry(name, path, entry);
    unpacked += entry.uncompressedSize;
    if (unpacked > LIMITS.unpackedBytes) {
      throw new UserError('archive-unpacks-too-large', { name, megabytes: LIMITS.unpackedBytes / 1e6 });
    }
    if (files.has(path)) throw new UserError('archive-twice', { name, path: readable(path) });
    files.set(path, { path, size: entry.uncompressedSize, read: () => unpack(name, path, zip, entry) });
  }
  return [...files.values()];
}

function checkEntry(name: string, told: string, entry: Entry): void {
  const path = readable(told);
  const { compressedSize, uncompressedSize } = entry;
  if (leadsOutside(told)) throw new UserError('archive-path', { name, path });
  if (isLink(entry)) throw new UserError('archive-link', { name, path });
  if (entry.isEncrypted()) throw new UserError('archive-encrypted', { name });
  if (/\.zip$/i.test(told)) throw new UserError('archive-nested', { name, path });
  if (!entry.canDecodeFileData()) throw new UserError('archive-broken', { name });
  const isBomb = uncompressedSize > LIMITS.ratioFrom && uncompressedSize > LIMITS.ratio * compressedSize;
  if (isBomb) throw new UserError('archive-bomb', { name, path });
  if (uncompressedSize > LIMITS.entryBytes) {
    throw new UserError('archive-file-too-large', { name, path, megabytes: LIMITS.entryBytes / 1e6 });
  }
}

function leadsOutside(path: string): boolean {
  return validateFileName(path) !== null || path.includes('\0');
}

/** The upper half of the attributes is a Unix mode where one made the archive; its type is `S_IFLNK` then. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0xf000) === 0xa000;
}

async function unpack(name: string, path: string, zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  try {
    const chunks: Buffer[] = [];
    // The stream fails as soon as there are more bytes than were told.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (crc32(bytes) !== entry.crc32) throw new UserError('archive-damaged', { name, path: readable(path) });
    if (bytes.subarray(0, 4).equals(LOCAL_HEADER))
      throw new UserError('archive-nested', { name, path: readable(path) });
    return bytes;
  } catch (cause) {
    throw explain(name, cause);
  }
}

const LOCAL_HEADER = Buffer.from('PK\x03\x04');

function explain(name: string, cause: unknown): UserError {
  if (cause instanceof UserError) return cause;
  const isLocked = cause instanceof Error && cause.message.includes('encryption');
  return new UserError(isLocked ? 'archive-encrypted' : 'archive-broken', { name }, { cause });
}
