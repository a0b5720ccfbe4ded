import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sizeOf } from './download-partial.ts';

/** The word that a revision is whole, written as JSON beside the revisions once it is; with what the hub said of each file. */
const snapshotSchema = z.object({
  revision: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      size: z.number(),
      digest: z.object({ algorithm: z.enum(['sha256', 'git']), hex: z.string() }).optional(),
    }),
  ),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Where everything of a model from the hub lies: its revisions, and for each variant a snapshot. */
export function homeOf(cacheFolder: string, id: string): string {
  return join(cacheFolder, 'models', id.replace('/', '--'));
}

/** The ids of the models that have a home. An id has no `--` in it: see `isHubId`. */
export async function idsIn(cacheFolder: string): Promise<string[]> {
  const entries = await readdir(join(cacheFolder, 'models'), { withFileTypes: true }).catch(() => []);
  const homes = entries.filter((entry) => entry.isDirectory() && /^[^.]+.*--/.test(entry.name));
  return homes.map(({ name }) => name.replace('--', '/')).sort();
}

/** The snapshot of a variant, whatever became of its files since; undefined where there is none, or a damaged one. */
export async function readSnapshot(home: string, variant: string): Promise<Snapshot | undefined> {
  try {
    return snapshotSchema.parse(JSON.parse(await readFile(join(home, `${variant}.json`), 'utf8')));
  } catch {
    return undefined;
  }
}

/** As `readSnapshot`, where every file still has its size. */
export async function readWholeSnapshot(home: string, variant: string): Promise<Snapshot | undefined> {
  const snapshot = await readSnapshot(home, variant);
  if (!snapshot) return undefined;
  const sizes = await Promise.all(snapshot.files.map(({ path }) => sizeOf(join(home, snapshot.revision, path))));
  return snapshot.files.every(({ size }, i) => size === sizes[i]) ? snapshot : undefined;
}

export async function writeSnapshot(home: string, variant: string, snapshot: Snapshot): Promise<void> {
  const draft = join(home, `${variant}.json.${randomUUID()}`);
  await mkdir(home, { recursive: true });
  await writeFile(draft, JSON.stringify(snapshot, null, 2));
  await rename(draft, join(home, `${variant}.json`));
}
