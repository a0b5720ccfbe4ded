import { link, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DTYPES } from '../config.ts';
import { type HubFile, isIntact } from './download.ts';
import { readSnapshot } from './snapshot.ts';

/**
 * Gives a revision those files that another one here has already, by the hub's own record and by their bytes: most commits
 * change a file or two, and not the weights. Where the file system knows no links, they are fetched.
 */
export async function shareFiles(files: readonly HubFile[], home: string, revision: string): Promise<void> {
  const snapshots = await Promise.all(DTYPES.map((dtype) => readSnapshot(home, dtype)));
  const others = snapshots.flatMap((snapshot) =>
    (snapshot?.files ?? []).map((file) => ({ ...file, path: join(home, snapshot?.revision ?? '', file.path) })),
  );
  for (const { path, digest } of files) {
    const target = join(home, revision, path);
    const same = others.find((other) => digest !== undefined && other.digest?.hex === digest.hex);
    if (!same || same.path === target || !(await isIntact(same.path, same))) continue;
    await mkdir(dirname(target), { recursive: true });
    await link(same.path, target).catch(() => {});
  }
}
