import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { LabelSets } from '../../src/store/label-sets.ts';

async function setUp(folder?: string) {
  const path = folder ?? (await mkdtemp(join(tmpdir(), 'cliplens-store-')));
  const database = await openDatabase(path);
  return { path, database, sets: new LabelSets(database) };
}

const setOf = (...labels: string[]) => ({ labels, template: 'photo', preset: null });

describe('label sets', () => {
  it('are kept by channel, over a restart', async () => {
    const { path, database, sets } = await setUp();
    await sets.change('a', {
      labels: ['고양이', `it's "quoted"; DROP TABLE`],
      template: 'a {label}',
      preset: 'animals',
    });
    await sets.change('b', setOf('x'));
    await database.destroy();
    const again = await setUp(path);
    expect(await again.sets.current('a')).toEqual({
      labels: ['고양이', `it's "quoted"; DROP TABLE`],
      template: 'a {label}',
      preset: 'animals',
    });
    expect(await again.sets.current('b')).toEqual(setOf('x'));
    expect(await again.sets.current('c')).toBeUndefined();
  });

  it('go back one change at a time, twenty at most', async () => {
    const { sets } = await setUp();
    for (let i = 0; i < 30; i++) await sets.change('a', setOf(`label ${i}`));
    await sets.change('b', setOf('other'));
    for (let i = 28; i >= 9; i--) {
      expect(await sets.undo('a')).toBe(true);
      expect(await sets.current('a')).toEqual(setOf(`label ${i}`));
    }
    expect(await sets.undo('a')).toBe(true);
    expect(await sets.undo('a')).toBe(false);
    expect(await sets.current('b')).toEqual(setOf('other'));
  });

  it('are changed through two connections at once without harm', async () => {
    const first = await setUp();
    const second = await setUp(first.path);
    await Promise.all(
      [first, second].flatMap(({ sets }, i) => [1, 2, 3].map((n) => sets.change(`c${i}${n}`, setOf(`${n}`)))),
    );
    expect(await first.sets.current('c12')).toEqual(setOf('2'));
    expect(await second.sets.current('c03')).toEqual(setOf('3'));
  });
});
