import { Unavailable } from './download-retry.ts';

/** What a disk refuses, in words that say which folder it is about; any other error as it is. */
export function explainDisk(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Unavailable({ kind: 'disk-full', folder }, 'never', { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Unavailable({ kind: 'not-writable', folder }, 'never', { cause: error });
  }
  return error;
}
