import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changeSince } from '../../commands/biasaudit.record.ts';
import type { AuditRun } from '../../src/store/audit-history.ts';
import { startApp } from './app.ts';

const ROOM = { channel: 'discord:guild:room' };

describe('/biasaudit by itself', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let room = 0;
  let here = { channel: '' };
  beforeAll(async () => {
    app = await startApp();
  });
  beforeEach(() => {
    here = { channel: `${ROOM.channel}${room++}` };
  });
  afterAll(() => app.close());

  it('tells what changed since the last run of the same pack on the same model, and keeps figures alone', async () => {
    const first = await app.ask('/biasaudit control', [], here);
    expect(first.text).not.toMatch(/Since the last run/);
    const again = await app.ask('/biasaudit control seed:8', [], here);
    expect(again.text).toMatch(/Since the last run here \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\): .*the same\.$/);
    expect((await app.ask('/biasaudit control', [], { ...here, locale: 'ko' })).text).toMatch(/변화: .*같음\.$/);
    const elsewhere = await app.ask('/biasaudit control', [], { channel: 'discord:guild:elsewhere' });
    expect(elsewhere.text).toBe(first.text);
    const history = await app.ask('/biasaudit history control', [], here);
    const { results } = z.object({ results: z.array(z.record(z.string(), z.unknown())) }).parse(history.data);
    expect(results.length % 3).toBe(0);
    expect(Object.keys(results[0] ?? {}).sort()).toEqual(
      ['at', 'effect', 'high', 'low', 'model', 'pack', 'packHash', 'style', 'verdict'].sort(),
    );
    expect(history.tables[0]?.rows[0]).toHaveLength(7);
    expect(history.tables[0]?.rows[0]?.at(-1)).toBe('the same');
    expect(history.tables[0]?.rows.at(-1)?.at(-1)).toBe('–');
    const korean = await app.ask('/biasaudit history', [], { ...here, locale: 'ko' });
    expect(korean.tables[0]?.columns).toContain('판정');
    expect((await app.ask('/biasaudit history crime', [], here)).text).toMatch(/No audit of "crime" was run/);
  });

  it('tells how far an effect moved, and to which verdict', () => {
    const figures = { effect: 1.5, low: 1, high: 2 };
    const before: AuditRun = {
      ...{ pack: 'control', packHash: 'aa', style: 'noto', model: 'demo', at: 0, verdict: 'difference' },
      ...figures,
    };
    const none = { verdict: 'not-interpretable', effect: null, low: null, high: null };
    expect(changeSince(before, { ...before, effect: 1.501 }, 'en')).toBe('the same');
    expect(changeSince(before, { ...before, effect: 1.1 }, 'en')).toBe('−0.40');
    expect(changeSince(before, { ...before, effect: 0.1, verdict: 'too-few' }, 'en')).toBe(
      '−1.40 (Difference found → Too few images to tell)',
    );
    expect(changeSince(before, { ...before, ...none }, 'ko')).toBe('– (차이 있음 → 해석할 수 없음)');
    expect(changeSince({ ...before, ...none }, { ...before, ...none }, 'en')).toBe('the same');
    expect(changeSince(undefined, before, 'en')).toBe('–');
  });

  it('is scheduled and ended by managers, in a time zone that is told', async () => {
    const line = '/biasaudit schedule control every:weekly zone:Asia/Seoul';
    const scheduled = await app.ask(line, [], here);
    expect(scheduled.text).toMatch(/0 9 \* \* 1, time zone Asia\/Seoul.*first at \d{4}-\d\d-\d\d 09:00/);
    const korean = await app.ask('/biasaudit schedule control every:매주 zone:Asia/Seoul', [], {
      ...here,
      locale: 'ko',
    });
    expect(korean.text).toMatch(/0 9 \* \* 1, 시간대 Asia\/Seoul/);
    const cron = '/biasaudit schedule control every:"30 8 * * *" zone:UTC';
    expect((await app.ask(cron, [], { ...here, locale: 'ko' })).text).toMatch(/30 8 \* \* \*, 시간대 UTC/);
    expect((await app.ask('/biasaudit history', [], here)).text).toMatch(/Runs by itself: control \(30 8/);
    const guest = { id: 'guest', isManager: false, isOperator: false };
    expect(await app.run(line, [], { ...here, actor: guest })).toMatchObject({ code: 'not-allowed' });
    const end = '/biasaudit unschedule control';
    expect(await app.run(end, [], { ...here, actor: guest })).toMatchObject({ code: 'not-allowed' });
    const typing = { command: 'biasaudit', subcommand: 'unschedule', option: 'pack', typed: '', locale: 'en' } as const;
    expect(await app.complete({ ...typing, ...here })).toEqual(['control']);
    const every = { command: 'biasaudit', subcommand: 'schedule', option: 'every', typed: '' };
    expect(await app.complete({ ...every, ...here, locale: 'ko' })).toEqual(['매일', '매주', '매월']);
    expect(await app.complete({ ...every, ...here, locale: 'en', typed: 'We' })).toEqual(['weekly']);
    expect((await app.ask(end, [], here)).text).toMatch(/no longer runs/);
    expect(await app.run(end, [], here)).toMatchObject({ code: 'not-scheduled' });
  });

  it('takes three packs in a channel, and names them where a fourth comes', async () => {
    await app.ask('/biasaudit allow people', [], here);
    for (const pack of ['control', 'occupation', 'people']) {
      await app.ask(`/biasaudit schedule ${pack} every:weekly`, [], here);
    }
    await app.ask('/biasaudit schedule people every:monthly', [], here);
    const outcome = await app.run('/biasaudit schedule text-occupation every:daily', [], here);
    expect(outcome).toMatchObject({ code: 'too-many-schedules' });
    expect(outcome.kind === 'error' && outcome.message).toMatch(/^3 packs .*control, occupation, people\. End one/);
  });

  it('refuses in a sentence what cannot be', async () => {
    const refused = async (line: string, rest = here) => {
      const outcome = await app.run(line, [], rest);
      return outcome.kind === 'error' ? `${outcome.code}: ${outcome.message}` : 'answered';
    };
    expect(await refused('/biasaudit history controll')).toMatch(/^pack-unknown.*Did you mean control\?/);
    expect(await refused('/biasaudit schedule control')).toMatch(/^option-missing.*every/);
    expect(await refused('/biasaudit schedule nothing every:daily')).toMatch(/^pack-unknown/);
    expect(await refused('/biasaudit schedule control every:sometimes')).toMatch(/^schedule-unread/);
    expect(await refused('/biasaudit schedule control every:"* * * * *"')).toMatch(/^schedule-too-often/);
    expect(await refused('/biasaudit schedule control every:"0 9 30 2 *"')).toMatch(/^schedule-never/);
    expect(await refused('/biasaudit schedule control every:daily zone:Mars/Base')).toMatch(/^zone-unknown/);
    expect(await refused('/biasaudit schedule control every:daily', { channel: 'local:default' })).toMatch(
      /^nowhere-to-post: There is nowhere to post here/,
    );
    expect(await refused('/biasaudit unschedule control')).toMatch(/^not-scheduled: No pack runs by itself/);
  });

  it('takes a pack that may hurt only where it is allowed, until it no longer is', async () => {
    const line = '/biasaudit schedule people every:monthly';
    expect(await app.run(line, [], here)).toMatchObject({ code: 'pack-off' });
    await app.ask('/biasaudit allow people', [], here);
    await app.ask(line, [], here);
    await app.ask('/biasaudit forbid people', [], here);
    expect(await app.run('/biasaudit unschedule people', [], here)).toMatchObject({ code: 'not-scheduled' });
  });
});
