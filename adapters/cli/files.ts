import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileReference } from '../../src/chat/request.ts';
import { UserError } from '../../src/errors.ts';

/** A file on this machine. What is wrong with the path is told when it is fetched. */
export async function toReference(path: string): Promise<FileReference> {
  const name = basename(path);
  const found = await stat(path).catch(() => undefined);
  return {
    name,
    mediaType: 'application/octet-stream',
    size: found?.size ?? 0,
    ref: path,
    async fetch() {
      // A device or a pipe may never end.
      if (!found?.isFile()) throw new UserError('image-unreadable', { name });
      return readFile(path).catch((cause) => {
        throw new UserError('image-unreadable', { name }, { cause });
      });
    },
  };
}
