import { mkdir, mkdtemp, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFolder } from '../../src/archive/folder.ts';

async function folderWith(paths: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-folder-'));
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  return folder;
}

describe('a folder', () => {
  it('lists its files by name as a zip does, without what systems add', async () => {
    const decomposed = '여성'.normalize('NFD');
    const folder = await folderWith([
      ...['b/2.png', 'b/1.png', 'a.txt', `${decomposed}/사진.png`],
      ...['b/.DS_Store', '__MACOSX/b/._1.png', 'b/Thumbs.db', '.git/config'],
    ]);
    const files = await listFolder('photos', folder);
    expect(files.map(({ path }) => path)).toEqual(['a.txt', 'b/1.png', 'b/2.png', '여성/사진.png']);
    expect(files[1]).toMatchObject({ size: 7 });
    expect(String(await files[3]?.read())).toContain('사진');
  });

  it('follows links to files and folders, and ends where they go round', async () => {
    const folder = await folderWith(['a/1.png']);
    await symlink(join(folder, 'a'), join(folder, 'b'));
    await symlink(join(folder, 'a/1.png'), join(folder, 'a/2.png'));
    await symlink(join(folder, 'gone'), join(folder, 'a/3.png'));
    expect((await listFolder('photos', folder)).map(({ path }) => path)).toEqual([
      ...['a/1.png', 'a/2.png', 'b/1.png', 'b/2.png'],
    ]);
    await symlink(folder, join(folder, 'a/round'));
    await expect(listFolder('photos', folder)).rejects.toMatchObject({ code: 'archive-too-many' });
  });

  it('does not read a file that is larger than any picture may be', async () => {
    const folder = await folderWith(['a/film.mp4']);
    await truncate(join(folder, 'a/film.mp4'), 3e9);
    const [film] = await listFolder('photos', folder);
    await expect(film?.read()).rejects.toMatchObject({ code: 'image-too-large', parameters: { name: 'a/film.mp4' } });
  });

  it('is refused where it is not there or empty', async () => {
    await expect(listFolder('photos', '/does/not/exist')).rejects.toMatchObject({
      code: 'image-unreadable',
      parameters: { name: 'photos' },
    });
    await expect(listFolder('photos', await folderWith(['.hidden']))).rejects.toMatchObject({ code: 'archive-empty' });
  });
});
