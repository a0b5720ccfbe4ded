import type { ArchiveFile } from '../archive/read.ts';
import { readable } from '../archive/readable.ts';
import { UserError } from '../errors.ts';

/** How many parts a path has at most: honest ones have far fewer. */
const DEEPEST = 12;

/** By the group's name, in the order of names. */
export type Folders = ReadonlyMap<string, readonly ArchiveFile[]>;

/**
 * Finds the folders that are groups: those that lie side by side, whatever folders they are in together.
 * @param source the zip or folder they are in
 * @returns these and what lies beside them, in none of them
 * @throws UserError `no-group-folders`, `group-too-deep`, `group-twice` or `too-few-groups`
 */
export function groupFolders(
  source: string,
  files: readonly ArchiveFile[],
): { folders: Folders; beside: readonly string[] } {
  const all = [...files].sort(byPath);
  const deepest = all.find(({ path }) => path.split('/').length > DEEPEST);
  if (deepest) throw new UserError('group-too-deep', { path: readable(deepest.path) });
  const inner = withoutThoseAbove(new Set(all.map(folderOf)));
  if (inner.size < 2) {
    const [only = ''] = inner;
    if (only === '') throw new UserError('no-group-folders', { name: source });
    throw new UserError('too-few-groups', { found: groupName(only.split('/').at(-1) ?? '') });
  }
  const above = commonParts([...inner].map((folder) => folder.split('/'))).length;
  const named = new Map<string, string>();
  const folders = new Map<string, ArchiveFile[]>();
  const beside: string[] = [];
  for (const file of all) {
    const [folder = '', ...below] = file.path.split('/').slice(above);
    if (!inner.has(folderOf(file))) {
      beside.push(readable(file.path));
      continue;
    }
    if (below.length > 1) throw new UserError('group-too-deep', { path: readable(file.path) });
    const name = groupName(folder);
    const one = named.get(name.toLowerCase()) ?? folder;
    if (one !== folder) throw new UserError('group-twice', { one: readable(one), other: readable(folder) });
    named.set(name.toLowerCase(), folder);
    folders.set(name, [...(folders.get(name) ?? []), file]);
  }
  return { folders, beside };
}

function byPath({ path: one }: ArchiveFile, { path: other }: ArchiveFile): number {
  return one < other ? -1 : 1;
}

function folderOf({ path }: ArchiveFile): string {
  return path.split('/').slice(0, -1).join('/');
}

/** The folders without those that only lead to the others: what lies in these lies beside the groups. */
function withoutThoseAbove(folders: ReadonlySet<string>): ReadonlySet<string> {
  const leading = new Set([...folders].flatMap((folder) => foldersAbove(folder)));
  const isAboveAll = (folder: string) =>
    leading.has(folder) && [...folders].every((other) => isWithin(other, folder) || isWithin(folder, other));
  return new Set([...folders].filter((folder) => !isAboveAll(folder)));
}

/** `photos/women` is within `photos` and within the top, which is called nothing. */
function foldersAbove(folder: string): string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return parts.map((_, i) => parts.slice(0, i).join('/'));
}

function isWithin(folder: string, other: string): boolean {
  return other === '' || folder === other || folder.startsWith(`${other}/`);
}

function commonParts(paths: readonly (readonly string[])[]): readonly string[] {
  return paths.reduce((common, path) => {
    const end = common.findIndex((part, i) => path[i] !== part);
    return end === -1 ? common : common.slice(0, end);
  });
}

/** A folder's name as that of a group, in which `_` stands for a space and several for one, as in a label that is typed. */
export function groupName(folder: string): string {
  return readable(folder.replace(/[_\s]+/g, ' ').trim() || folder);
}
