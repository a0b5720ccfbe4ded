import { createHash } from 'node:crypto';
import type { ArchiveFile } from '../archive/read.ts';
import { readable } from '../archive/readable.ts';
import { UserError } from '../errors.ts';
import { MAX_BYTES } from '../image/decode.ts';
import { type Folders, groupFolders, groupName } from './group-folders.ts';

const LIMITS = { groups: 8, pictures: 500 };

/** How many groups are named to whoever asks for one that is not there. */
const NAMED = 20;

/** The pictures of one folder, by path. */
export interface OwnGroup {
  /** That of the folder; `_` stands for a space. */
  name: string;
  pictures: readonly OwnPicture[];
}

interface OwnPicture {
  path: string;
  /** Within its folder. */
  name: string;
  sha256: string;
  read(): Promise<Uint8Array>;
}

export interface OwnGroups {
  groups: readonly OwnGroup[];
  /** Files that lie beside the folders, in none of them. */
  beside: readonly string[];
  /** How many pictures were in their folder before, to the byte. */
  repeated: number;
}

/**
 * Sorts what somebody brought into groups of different pictures. Files are read once for their sums, and nothing is decoded.
 * @param source the zip or folder
 * @param chosen the names of those groups that are wanted, in this order; else all, by name
 * @throws UserError `group-unknown`, `too-few-groups`, `too-many-groups`, `too-many-to-audit`, `image-too-large` or
 *   `picture-in-two-groups`, and what `groupFolders` throws
 */
export async function sortIntoGroups(
  source: string,
  files: readonly ArchiveFile[],
  chosen: readonly string[],
): Promise<OwnGroups> {
  const { folders, beside } = groupFolders(source, files);
  const wanted = choose(folders, chosen);
  const count = wanted.reduce((sum, [, all]) => sum + all.length, 0);
  if (count > LIMITS.pictures) throw new UserError('too-many-to-audit', { count, limit: LIMITS.pictures });
  const owners = new Map<string, OwnPicture & { group: string }>();
  const groups: OwnGroup[] = [];
  for (const [name, all] of wanted) {
    const pictures: OwnPicture[] = [];
    for (const file of all) {
      const picture = await look(file);
      const owner = owners.get(picture.sha256);
      if (owner && owner.group !== name) {
        throw new UserError('picture-in-two-groups', { one: owner.path, other: picture.path });
      }
      if (owner) continue;
      owners.set(picture.sha256, { ...picture, group: name });
      pictures.push(picture);
    }
    groups.push({ name, pictures });
  }
  return { groups, beside, repeated: count - owners.size };
}

function choose(folders: Folders, chosen: readonly string[]): [string, readonly ArchiveFile[]][] {
  const all = [...folders];
  const names = all.map(([name]) => name);
  const groups = [...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(', ');
  const named = chosen.map((name) => {
    const found = all.find(([one]) => one.toLowerCase() === groupName(name).toLowerCase());
    if (!found) throw new UserError('group-unknown', { name, groups });
    return found;
  });
  const wanted = [...new Set(named)];
  if (wanted.length === 1) throw new UserError('too-few-groups', { found: wanted[0]?.[0] ?? '' });
  const kept = wanted.length > 0 ? wanted : all;
  if (kept.length > LIMITS.groups) throw new UserError('too-many-groups', { count: kept.length, limit: LIMITS.groups });
  return kept;
}

async function look({ path, size, read }: ArchiveFile): Promise<OwnPicture> {
  const shown = readable(path);
  if (size >= MAX_BYTES) throw new UserError('image-too-large', { name: shown, megabytes: MAX_BYTES / 1e6 });
  const sha256 = createHash('sha256')
    .update(await read())
    .digest('hex');
  return { path: shown, name: path.slice(path.lastIndexOf('/') + 1), sha256, read };
}
