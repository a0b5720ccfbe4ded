import { setImmediate as told } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { ProgressReport } from '../../src/chat/progress.ts';
import { duration } from '../../src/chat/texts/duration.ts';

const AT_ONCE = { first: 0, every: 0, last: 20 };

function collect(pace = AT_ONCE, locale: 'en' | 'ko' = 'en') {
  const lines: string[] = [];
  const clock = { now: 0 };
  const tell = async (line: string) => void lines.push(line);
  const report = new ProgressReport(tell, locale, pace, () => clock.now);
  return { lines, report, clock };
}

describe('progress', () => {
  it('says how far it is and, once there is a pace, how long it takes', async () => {
    const { lines, report, clock } = collect();
    report.update(1, 100);
    clock.now += 500;
    await told();
    report.update(2, 100);
    await report.end();
    expect(lines[0]).toBe('Working: 1 of 100 done');
    expect(lines[1]).toBe('Working: 2 of 100 done, about 49 seconds left');
  });

  it('says so in Korean', async () => {
    const { lines, report, clock } = collect(AT_ONCE, 'ko');
    report.update(1, 100);
    clock.now += 500;
    await told();
    report.update(2, 100);
    await report.end();
    expect(lines[0]).toBe('작업 중: 100개 중 1개 끝남');
    expect(lines[1]).toBe('작업 중: 100개 중 2개 끝남, 약 49초 남음');
  });

  it('tells nothing of what is quick, nor more often than it should, nor of the end', async () => {
    const quick = collect({ ...AT_ONCE, first: 3000 });
    quick.clock.now += 2999;
    quick.report.update(1, 4);
    const seldom = collect({ ...AT_ONCE, every: 3000 });
    for (const done of [1, 2, 3]) {
      seldom.report.update(done, 4);
      seldom.clock.now += 1000;
      await told();
    }
    const last = collect();
    last.report.update(4, 4);
    await told();
    expect([quick.lines, seldom.lines, last.lines]).toEqual([[], ['Working: 1 of 4 done'], []]);
  });

  it('tells one line at a time, and none after the end', async () => {
    const gates: (() => void)[] = [];
    const tell = vi.fn(() => new Promise<void>((resolve) => gates.push(resolve)));
    const report = new ProgressReport(tell, 'en', AT_ONCE);
    report.update(1, 4);
    report.update(2, 4);
    expect(tell).toHaveBeenCalledTimes(1);
    gates[0]?.();
    await told();
    report.update(3, 4);
    expect(tell).toHaveBeenCalledTimes(2);
    const ended = report.end();
    gates[1]?.();
    await ended;
    report.update(3, 4);
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it('ends all the same where a line fails or never arrives', async () => {
    const fails = new ProgressReport(() => Promise.reject(new Error('refused')), 'en', AT_ONCE);
    fails.update(1, 4);
    await told();
    fails.update(2, 4);
    await fails.end();
    const hangs = new ProgressReport(() => new Promise(() => {}), 'en', AT_ONCE);
    hangs.update(1, 4);
    await hangs.end();
  });
});

describe('a duration', () => {
  it.each([
    [0.2, '1 second', '1초'],
    [89, '89 seconds', '89초'],
    [91, '2 minutes', '2분'],
    [600.5, '11 minutes', '11분'],
  ])('%f s is %s', (seconds, en, ko) => {
    expect([duration('en', seconds), duration('ko', seconds)]).toEqual([en, ko]);
  });
});
