import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { build } from '../../launch/build.mjs';
import { Scheduler } from '../../src/schedule/scheduler.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type Schedule, Schedules } from '../../src/store/schedules.ts';

const HOUR = 60 * 60 * 1000;
const NOON = Date.parse('2026-11-25T12:00:00Z');
const log = pino({ level: 'silent' });
const newFolder = () => mkdtemp(join(tmpdir(), 'cliplens-schedule-'));
const hourly = { channel: 'a', pack: 'control', expression: '0 * * * *', zone: 'UTC', locale: 'en', due: NOON };

async function setUp(folder: string, run: (schedule: Schedule) => Promise<'told' | 'gone'>) {
  const database = await openDatabase(folder);
  const schedules = new Schedules(database);
  const clock = { now: NOON, connected: true };
  return {
    database,
    schedules,
    clock,
    scheduler: new Scheduler({ schedules, canTell: () => clock.connected, run, log, now: () => clock.now }),
  };
}

it('runs what is due, once, and makes up once for what was missed while it was down', async () => {
  const folder = await newFolder();
  const ran: string[] = [];
  const run = async ({ pack }: Schedule) => {
    ran.push(pack);
    return 'told' as const;
  };
  const before = await setUp(folder, run);
  await before.schedules.keep(hourly, 5);
  before.clock.now = NOON - 1;
  await before.scheduler.look();
  expect(ran).toEqual([]);
  before.clock.now = NOON;
  await before.scheduler.look();
  await before.scheduler.look();
  expect(ran).toEqual(['control']);
  await before.database.destroy();

  const after = await setUp(folder, run);
  after.clock.now = NOON + 7.5 * HOUR;
  await after.scheduler.look();
  await after.scheduler.look();
  expect(ran).toEqual(['control', 'control']);
  expect((await after.schedules.ofChannel('a')).map(({ due }) => due)).toEqual([NOON + 8 * HOUR]);
});

it('keeps what is due until the chat is connected, as after a restart', async () => {
  let runs = 0;
  const { schedules, clock, scheduler } = await setUp(await newFolder(), async () => {
    runs += 1;
    return 'told';
  });
  await schedules.keep(hourly, 5);
  clock.connected = false;
  await scheduler.look();
  expect(runs).toBe(0);
  clock.connected = true;
  await scheduler.look();
  await scheduler.look();
  expect(runs).toBe(1);
});

it('ends the schedule of a channel that is gone, and goes on after a run that failed', async () => {
  const { schedules, clock, scheduler } = await setUp(await newFolder(), async ({ channel }) => {
    if (channel === 'broken') throw new Error('the model would not load');
    return channel === 'gone' ? 'gone' : 'told';
  });
  for (const channel of ['broken', 'gone', 'there']) await schedules.keep({ ...hourly, channel }, 5);
  await scheduler.look();
  const left = await Promise.all(['broken', 'gone', 'there'].map((channel) => schedules.ofChannel(channel)));
  expect(left.map((found) => found.map(({ due }) => due))).toEqual([[NOON + HOUR], [], [NOON + HOUR]]);
  clock.now = NOON + HOUR;
  expect(await schedules.dueBy(clock.now)).toHaveLength(2);
});

it('is looked at by itself once started, and a stop waits for what is under way', async () => {
  let finish = () => {};
  let begun = () => {};
  const running = new Promise<void>((resolve) => (begun = resolve));
  const { schedules, scheduler } = await setUp(await newFolder(), async () => {
    begun();
    await new Promise<void>((resolve) => (finish = resolve));
    return 'told';
  });
  await schedules.keep(hourly, 5);
  scheduler.start();
  await running;
  let stopped = false;
  const stop = scheduler.stop(60_000).then(() => (stopped = true));
  await Promise.resolve();
  expect(stopped).toBe(false);
  finish();
  await stop;
});

const ROUNDS = 40;

it(`gives each due run to one of two processes, ${ROUNDS} times`, async () => {
  const folder = await newFolder();
  const schedules = new Schedules(await openDatabase(folder));
  await schedules.keep({ ...hourly, due: 0 }, 5);
  const entry = await build('test/store/claimer.ts');
  const claimers = [1, 2].map(() => {
    const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [entry, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  await Promise.all(claimers.map(({ lines }) => lines.next()));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { child } of claimers) child.stdin.write(`${round}\n`);
    const got = await Promise.all(claimers.map(async ({ lines }) => Number((await lines.next()).value)));
    expect(got[0] === 1 ? got[1] : got[0]).toBe(0);
    expect(Math.max(...got)).toBe(1);
  }
});
