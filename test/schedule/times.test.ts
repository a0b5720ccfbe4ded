import { describe, expect, it } from 'vitest';
import { nextRun, readTimes } from '../../src/schedule/times.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const read = (text: string, zone = 'UTC') => readTimes(text, zone, NOW);

describe('the times of a schedule', () => {
  it.each([
    ['daily', '2026-11-26T09:00:00.000Z'],
    [' Weekly ', '2026-11-30T09:00:00.000Z'],
    ['monthly', '2026-12-01T09:00:00.000Z'],
    ['매일', '2026-11-26T09:00:00.000Z'],
    ['매주'.normalize('NFD'), '2026-11-30T09:00:00.000Z'],
    [' 매월 ', '2026-12-01T09:00:00.000Z'],
    ['30 14 * * fri', '2026-11-27T14:30:00.000Z'],
    ['0 * * * *', '2026-11-25T13:00:00.000Z'],
    ['0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
  ])('%s runs next at %s', (text, at) => {
    expect(new Date(nextRun(read(text), 'UTC', NOW) ?? 0).toISOString()).toBe(at);
  });

  it('are read in the time zone, over a change of the clock', () => {
    const winter = nextRun(read('daily', 'Europe/Berlin'), 'Europe/Berlin', Date.parse('2026-03-27T12:00:00Z')) ?? 0;
    const summer = nextRun(read('daily', 'Europe/Berlin'), 'Europe/Berlin', Date.parse('2026-03-28T12:00:00Z')) ?? 0;
    expect(new Date(winter).toISOString()).toBe('2026-03-28T08:00:00.000Z');
    expect(new Date(summer).toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });

  it.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
    ['0 * * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
    ['30 1 * * *', 'America/New_York', '2026-11-01T04:00:00Z'],
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-04-04T13:00:00Z'],
  ])('%s in %s comes after now, also in the hour that a clock goes through twice', (expression, zone, from) => {
    const minutes = Array.from({ length: 5 * 60 }, (_, i) => Date.parse(from) + i * 60_000);
    const late = minutes.filter((now) => (nextRun(expression, zone, now) ?? now) <= now);
    expect(late.map((now) => new Date(now).toISOString())).toEqual([]);
  });

  it.each(['0 0 30 2 *', '0 0 31 4,6 *'])('%s never comes', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'schedule-never' }));
  });

  it.each(['* * * * *', '*/5 * * * *', '0,30 9 * * *', '0,30 9 1 1 *'])('%s runs too often', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'schedule-too-often' }));
  });

  it.each([
    '',
    'sometimes',
    '가끔',
    'constructor',
    '* * * * * *',
    '61 * * * *',
    '0 9 * *',
    '@daily; rm',
    '2026-12-01T00:00:00',
    '0 9 * * * 2027',
  ])('"%s" is no time', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'schedule-unread' }));
  });

  it('are refused in a time zone that does not exist', () => {
    expect(() => read('daily', 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'zone-unknown' }));
  });
});
