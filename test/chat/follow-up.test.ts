import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FollowUp, FollowUpBook } from '../../src/chat/follow-up.ts';
import { openDatabase } from '../../src/store/database.ts';
import { FollowUps } from '../../src/store/follow-ups.ts';

const followUp: FollowUp = {
  buttons: [{ label: 'Why?', command: 'classify', options: { labels: '고양이' }, withImages: true, ask: ['labels'] }],
  choices: [],
  images: [{ name: 'a.png', mediaType: 'image/png', size: 3, ref: 'there' }],
  pages: ['one'],
};
const DAY = 24 * 60 * 60 * 1000;

describe('follow-ups', () => {
  it('are there after a restart, for thirty days', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cliplens-follow-up-'));
    let now = Date.now();
    const open = async () => {
      const database = await openDatabase(folder);
      return { database, book: new FollowUpBook(new FollowUps(database, () => now)) };
    };
    const before = await open();
    const id = (await before.book.keep(followUp)) ?? '';
    await before.database.destroy();

    const after = await open();
    expect(await after.book.find(id)).toEqual(followUp);
    now += 29 * DAY;
    await after.book.keep(followUp);
    expect(await after.book.find(id)).toEqual(followUp);
    now += 2 * DAY;
    await after.book.keep(followUp);
    await expect(after.book.find(id)).rejects.toMatchObject({ code: 'button-gone' });
    await after.database.destroy();
  });

  it('are not kept where there is nothing to follow', async () => {
    const book = new FollowUpBook({ keep: () => Promise.reject(new Error('kept')), find: async () => undefined });
    expect(await book.keep({ ...followUp, buttons: [] })).toBeUndefined();
    await expect(book.keep({ ...followUp, buttons: [], pages: ['one', 'two'] })).rejects.toThrow('kept');
  });
});
