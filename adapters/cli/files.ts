import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { listFolder } from '../../src/archive/folder.ts';
import type { FileReference } from '../../src/chat/request.ts';
import { FOLDER } from '../../src/chat/sent.ts';
import { UserError } from '../../src/errors.ts';

/**
 * A file or a folder on this machine. What is wrong with the path is told when it is fetched.
 * @param missing what is meant by a path where there is nothing
 */
export async function toReference(path: string, missing: 'file' | 'folder'): Promise<FileReference> {
  const name = basename(resolve(path));
  const found = await stat(path).catch(() => undefined);
  const isFolder = found?.isDirectory() ?? missing === 'folder';
  return {
    name,
    mediaType: isFolder ? FOLDER : 'application/octet-stream',
    size: found?.size ?? 0,
    ref: path,
    async fetch() {
      // A device or a pipe may never end.
      if (!found?.isFile()) throw new UserError('image-unreadable', { name });
      return readFile(path).catch((cause) => {
        throw new UserError('image-unreadable', { name }, { cause });
      });
    },
    ...(isFolder && {
      async list() {
        if (!found) throw new UserError('folder-missing', { path });
        return listFolder(name, path);
      },
    }),
  };
}
