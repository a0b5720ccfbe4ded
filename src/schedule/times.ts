import { Cron } from 'croner';
import type { Locale } from '../chat/locale.ts';
import { UserError } from '../errors.ts';

/** Runs closer together than this fill a channel and say nothing new. */
const LEAST_GAP = 60 * 60 * 1000;

/** How many runs ahead the gap is looked for in: a day of an hourly expression, and a weekday's worth more. */
const LOOKED_AT = 50;

/** In the same order. */
const EXPRESSIONS = ['0 9 * * *', '0 9 * * 1', '0 9 1 * *'];
export const TIMES: Readonly<Record<Locale, readonly string[]>> = {
  en: ['daily', 'weekly', 'monthly'],
  ko: ['매일', '매주', '매월'],
};

/**
 * Reads one of `TIMES`, in whichever language (each at nine in the morning), or a cron expression of five fields.
 *
 * @param zone an IANA time zone
 * @param now milliseconds since 1970
 * @returns the expression of five fields
 * @throws UserError `zone-unknown`, `schedule-unread`, `schedule-never` or `schedule-too-often`
 */
export function readTimes(text: string, zone: string, now: number): string {
  if (!isZone(zone)) throw new UserError('zone-unknown', { zone });
  const typed = text.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const named = Math.max(...Object.values(TIMES).map((words) => words.indexOf(typed)));
  const expression = EXPRESSIONS[named] ?? typed;
  const runs = /^(\S+ ){4}\S+$/.test(expression) ? runsOf(expression, zone, now, LOOKED_AT) : undefined; // croner reads dates as well
  if (!runs) throw new UserError('schedule-unread', { text: text.trim().slice(0, 60) });
  if (runs.length === 0) throw new UserError('schedule-never', { text: expression });
  if (runs.some((run, i) => run - (runs[i - 1] ?? Number.NEGATIVE_INFINITY) < LEAST_GAP)) {
    throw new UserError('schedule-too-often', { text: expression });
  }
  return expression;
}

/** The first run after `now`, or undefined where there is none. */
export function nextRun(expression: string, zone: string, now: number): number | undefined {
  return runsOf(expression, zone, now, 2)?.[0];
}

function runsOf(expression: string, zone: string, now: number, count: number): number[] | undefined {
  const runs = parse(expression, zone)?.nextRuns(count, new Date(now));
  // In the hour that a clock goes through twice, croner takes the second time for the first and gives what is over.
  return runs?.map((date) => date.getTime()).filter((run) => run > now);
}

/** Without a function given, croner starts no timer. */
function parse(expression: string, timezone: string): Cron | undefined {
  try {
    return new Cron(expression, { timezone, mode: '5-part' });
  } catch {
    return undefined;
  }
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}
