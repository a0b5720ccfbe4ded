import { z } from 'zod';
import { action, type Completer, type Subcommand } from '../src/chat/command.ts';
import { isLocal } from '../src/chat/local.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { UserError } from '../src/errors.ts';
import { nextRun, readTimes, TIMES } from '../src/schedule/times.ts';
import type { Services } from '../src/services.ts';
import { completePacks, packTexts, requireAllowed } from './biasaudit.pack.ts';
import { scheduleTexts } from './biasaudit.schedule.texts.ts';

/** In a channel: more would bury what people say in it. */
const LIMIT = 3;

const completeZones: Completer<Services> = (typed) =>
  Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().includes(typed.trim().toLowerCase()));

const completeTimes: Completer<Services> = (typed, { locale }) =>
  TIMES[locale].filter((words) => words.includes(typed.trim().toLowerCase()));

const completeScheduled: Completer<Services> = async (_, { channel }, { schedules }) =>
  (await schedules.ofChannel(channel)).map(({ pack }) => pack);

const pack = option(z.string(), packTexts, { main: true });

const times = z.object({
  pack,
  every: option(
    z.string(),
    {
      korean: '주기',
      en: 'daily, weekly or monthly (at nine), or a cron expression of five fields',
      ko: '매일, 매주, 매월(아홉 시) 또는 다섯 칸 cron 식',
    },
    { afterMain: true, suggestions: TIMES.en },
  ),
  zone: option(z.string().optional(), {
    korean: '시간대',
    en: 'The time zone, such as Asia/Seoul',
    ko: '시간대. 예: Asia/Seoul',
  }),
});

export const schedule: Subcommand<Services> = {
  korean: '예약',
  ...action<Services, typeof times>({
    description: { en: 'Run a pack by itself, and post what changed', ko: '검사를 저절로 실행하고 변화를 올리기' },
    options: times,
    images: { min: 0, max: 0 },
    policy: { who: 'manager', visibility: 'public' },
    completers: { pack: completePacks, every: completeTimes, zone: completeZones },
    async execute({ options, channel, locale }, services) {
      const loaded = await services.packs.load(options.pack);
      const { id } = loaded.manifest;
      if (isLocal(channel)) throw new UserError('nowhere-to-post', { pack: id });
      await requireAllowed(loaded, channel, services);
      const now = Date.now();
      const zone = options.zone?.trim() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      const expression = readTimes(options.every, zone, now);
      const due = nextRun(expression, zone, now);
      if (due === undefined) throw new UserError('schedule-never', { text: expression });
      const planned = { channel, pack: id, expression, zone, locale, due };
      if (!(await services.schedules.keep(planned, LIMIT))) {
        throw new UserError('too-many-schedules', { limit: LIMIT, packs: await scheduledIn(channel, services) });
      }
      return reply(scheduleTexts[locale].scheduled(planned), { data: { pack: id, expression, zone, due } });
    },
  }),
};

const packOnly = z.object({ pack });

export const unschedule: Subcommand<Services> = {
  korean: '예약취소',
  ...action<Services, typeof packOnly>({
    description: { en: 'No longer run a pack by itself', ko: '예약한 검사 끝내기' },
    options: packOnly,
    images: { min: 0, max: 0 },
    policy: { who: 'manager', visibility: 'public' },
    completers: { pack: completeScheduled },
    async execute({ options, channel, locale }, services) {
      const id = options.pack.trim().toLowerCase();
      if (!(await services.schedules.end(channel, id))) {
        throw new UserError('not-scheduled', { pack: id, packs: await scheduledIn(channel, services) });
      }
      return reply(scheduleTexts[locale].ended(id), { data: { pack: id } });
    },
  }),
};

async function scheduledIn(channel: string, { schedules }: Services): Promise<string> {
  return (await schedules.ofChannel(channel)).map(({ pack }) => pack).join(', ');
}
