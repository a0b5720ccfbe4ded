import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AuditHistory, type AuditRun } from '../../src/store/audit-history.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Schedules } from '../../src/store/schedules.ts';

const newFolder = () => mkdtemp(join(tmpdir(), 'cliplens-audits-'));

const RUN: AuditRun = {
  pack: 'occupation',
  packHash: 'aa',
  style: 'peeps',
  model: 'demo',
  at: 1,
  verdict: 'difference-found',
  effect: 1.5,
  low: 1,
  high: 2,
};
const SCHEDULE = { channel: 'a', pack: 'control', expression: '0 9 * * *', zone: 'UTC', locale: 'ko', due: 100 };

it('keeps what audits found by channel, over a restart, and no more than six hundred', async () => {
  const folder = await newFolder();
  const database = await openDatabase(folder);
  const history = new AuditHistory(database);
  for (let at = 0; at < 610; at += 10) {
    const run = Array.from({ length: 10 }, (_, i) => ({ ...RUN, at: at + i }));
    await history.add('a', run);
  }
  await history.add('b', [{ ...RUN, verdict: 'not-interpretable', effect: null, low: null, high: null }]);
  await database.destroy();
  const again = new AuditHistory(await openDatabase(folder));
  expect((await again.recent('a', 900)).map(({ at }) => at)).toEqual(Array.from({ length: 600 }, (_, i) => 609 - i));
  expect((await again.recent('b', 5)).map(({ effect }) => effect)).toEqual([null]);
});

it('compares only with the same pack, unchanged, on the same model', async () => {
  const history = new AuditHistory(await openDatabase(await newFolder()));
  await history.add('a', [RUN]);
  await history.add('a', [{ ...RUN, packHash: 'bb', at: 2 }]);
  await history.add('a', [
    { ...RUN, model: 'other', at: 3 },
    { ...RUN, style: 'noto', at: 3 },
  ]);
  expect(await history.last('a', RUN)).toEqual(RUN);
  expect(await history.last('b', RUN)).toBeUndefined();
});

it('keeps one schedule for each pack, and as many in a channel as it is told', async () => {
  const schedules = new Schedules(await openDatabase(await newFolder()));
  expect(await schedules.keep(SCHEDULE, 2)).toBe(true);
  expect(await schedules.keep({ ...SCHEDULE, pack: 'crime' }, 2)).toBe(true);
  expect(await schedules.keep({ ...SCHEDULE, pack: 'people' }, 2)).toBe(false);
  expect(await schedules.keep({ ...SCHEDULE, due: 200 }, 2)).toBe(true);
  expect(await schedules.keep({ ...SCHEDULE, channel: 'b' }, 2)).toBe(true);
  expect((await schedules.ofChannel('a')).map(({ pack, due }) => [pack, due])).toEqual([
    ['control', 200],
    ['crime', 100],
  ]);
  expect(await schedules.end('a', 'crime')).toBe(true);
  expect(await schedules.end('a', 'crime')).toBe(false);
});
