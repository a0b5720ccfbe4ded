import { expect, it } from 'vitest';
import { plain } from '../../adapters/cli/table.ts';

const table = {
  title: 'Models',
  columns: ['name', 'MB'],
  rows: [
    ['demo', '14'],
    ['한옥', '606'],
  ],
};

it('a table has its columns under each other where it is read, wide letters counted as two', () => {
  expect(plain(table, true)).toBe('Models\n  name  MB\n  demo  14\n  한옥  606');
});

it('a table has tabs where a program reads it', () => {
  expect(plain(table, false)).toBe('Models\nname\tMB\ndemo\t14\n한옥\t606');
});
