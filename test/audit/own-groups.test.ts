import { describe, expect, it } from 'vitest';
import { sortIntoGroups } from '../../src/audit/own-groups.ts';

function files(...paths: readonly string[]) {
  return paths.map((path) => ({ path, size: path.length, read: async () => Buffer.from(path) }));
}

const sort = (paths: readonly string[], chosen: readonly string[] = []) =>
  sortIntoGroups('a.zip', files(...paths), chosen);
const named = async (...parameters: Parameters<typeof sort>) => {
  const { groups, beside } = await sort(...parameters);
  return { groups: groups.map(({ name, pictures }) => [name, pictures.length]), beside };
};

describe('groups of pictures', () => {
  it('are the folders side by side, by name, whatever they are in', async () => {
    const groups = [
      ['men', 1],
      ['old women', 2],
    ];
    for (const above of ['', 'photos/', 'my photos/2026/']) {
      const paths = ['old_women/b.png', 'old_women/a.png', 'men/a.png'].map((path) => above + path);
      expect(await named(paths)).toEqual({ groups, beside: [] });
    }
  });

  it('leave out what lies beside the folders, on any level, and say so', async () => {
    const { groups, beside } = await named(['readme.txt', 'photos/cover.png', 'photos/a/1.png', 'photos/b/1.png']);
    expect(groups.map(([name]) => name)).toEqual(['a', 'b']);
    expect(beside).toEqual(['photos/cover.png', 'readme.txt']);
  });

  it('may be chosen, in the order that is said', async () => {
    const paths = ['a/1.png', 'B/1.png', '여성/1.png', 'two  words/1.png'];
    const { groups } = await named(paths, ['여성', 'b', 'two words', 'two_words']);
    expect(groups).toEqual([
      ['여성', 1],
      ['B', 1],
      ['two words', 1],
    ]);
  });

  it('hold each picture once', async () => {
    const same = { size: 1, read: async () => Buffer.from('same') };
    const found = await sortIntoGroups(
      'a.zip',
      [{ path: 'a/1.png', ...same }, { path: 'a/2.png', ...same }, ...files('b/1.png')],
      [],
    );
    expect(found.repeated).toBe(1);
    expect(found.groups[0]?.pictures.map(({ name }) => name)).toEqual(['1.png']);
  });

  it('have names that can be shown, however long and odd the folders’ are', async () => {
    const { groups } = await named([`${'long'.repeat(200)}/1.png`, 'a\u202e\u001b[2J/1.png']);
    expect(groups.map(([name]) => name)).toEqual(['a□□[2J', expect.stringMatching(/^….{99}$/)]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['no-group-folders', ['1.png', '2.png'], []],
    ['too-few-groups', ['women/1.png', 'women/2.png'], []],
    ['too-few-groups', ['photos/women/1.png', 'photos/cover.png'], []],
    ['too-few-groups', ['a/1.png', 'b/1.png'], ['a']],
    ['group-too-deep', ['a/1.png', 'a/old/2.png', 'b/1.png'], []],
    ['too-few-groups', ['old_women/1.png', 'b/1.png'], ['old_women', 'old women']],
    ['group-twice', ['young_women/1.png', 'young women/2.png', 'men/1.png'], []],
    ['group-twice', ['Women/1.png', 'women/2.png'], []],
    ['group-unknown', ['a/1.png', 'b/1.png'], ['a', 'c']],
    ['too-many-groups', Array.from({ length: 9 }, (_, i) => `${i}/1.png`), []],
    ['too-many-to-audit', Array.from({ length: 3000 }, (_, i) => `${i % 2}/${i}.png`), []],
  ])('are refused as %s', async (code, paths, chosen) => {
    await expect(sort(paths, chosen)).rejects.toMatchObject({ code });
  });

  it('are refused where one picture is in two of them, or is too large', async () => {
    const same = { size: 1, read: async () => Buffer.from('same') };
    const both = [
      { path: 'a/1.png', ...same },
      { path: 'b/2.png', ...same },
    ];
    await expect(sortIntoGroups('a.zip', both, [])).rejects.toMatchObject({
      code: 'picture-in-two-groups',
      parameters: { one: 'a/1.png', other: 'b/2.png' },
    });
    const large = [...files('a/1.png'), { ...same, path: 'b/film.mov', size: 5e9 }];
    await expect(sortIntoGroups('a', large, [])).rejects.toMatchObject({ code: 'image-too-large' });
  });
});
