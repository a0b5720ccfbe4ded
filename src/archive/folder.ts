import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { ARCHIVE_LIMITS as LIMITS } from './limits.ts';
import type { ArchiveFile } from './read.ts';
import { isSystemFile } from './system-file.ts';

/**
 * Lists the files below a folder of this machine by name, as if it had been zipped. Links are followed: nobody else made them.
 * @throws UserError `image-unreadable` naming a folder that cannot be read, `archive-too-many`, `archive-twice` or `archive-empty`
 */
export async function listFolder(name: string, folder: string): Promise<ArchiveFile[]> {
  const files = new Map<string, ArchiveFile>();
  let seen = 0;
  const walk = async (below: string): Promise<void> => {
    const names = await readdir(join(folder, below)).catch((cause) => unreadable(join(name, below), cause));
    for (const one of names.sort()) {
      const path = below === '' ? one : `${below}/${one}`;
      seen += 1;
      if (seen > LIMITS.entries) throw new UserError('archive-too-many', { name, limit: LIMITS.entries });
      if (isSystemFile(path)) continue;
      const full = join(folder, path);
      const found = await stat(full).catch(() => undefined);
      if (found?.isDirectory()) await walk(path);
      if (!found?.isFile()) continue;
      const shown = path.normalize('NFC');
      if (files.has(shown)) throw new UserError('archive-twice', { name, path: shown });
      const { size } = found;
      const read = async () => {
        if (size >= LIMITS.entryBytes)
          throw new UserError('image-too-large', { name: shown, megabytes: LIMITS.entryBytes / 1e6 });
        return readFile(full).catch((cause) => unreadable(shown, cause));
      };
      files.set(shown, { path: shown, size, read });
    }
  };
  await walk('');
  if (files.size === 0) throw new UserError('archive-empty', { name });
  return [...files.values()];
}

function unreadable(name: string, cause: unknown): never {
  throw new UserError('image-unreadable', { name }, { cause });
}
