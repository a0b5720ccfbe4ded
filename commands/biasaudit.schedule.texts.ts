import type { Locale } from '../src/chat/locale.ts';
import type { Schedule } from '../src/store/schedules.ts';
import { moment } from './moment.ts';

type Planned = Pick<Schedule, 'pack' | 'expression' | 'zone' | 'due'>;

interface ScheduleTexts {
  scheduled(schedule: Planned): string;
  ended(pack: string): string;
  planned(schedule: Planned): string;
  /** At the head of what is posted. */
  ran(schedule: Planned): string;
  didNotRun(schedule: Planned): string;
}

export const scheduleTexts: Record<Locale, ScheduleTexts> = {
  en: {
    scheduled: ({ pack, expression, zone, due }) =>
      `The pack "${pack}" now runs by itself in this channel (${expression}, time zone ${zone}), first at ${moment(due, zone)}. The answer is posted here, with what changed. Another time zone: option zone. End it with: /biasaudit unschedule ${pack}`,
    ended: (pack) => `The pack "${pack}" no longer runs by itself in this channel.`,
    planned: ({ pack, expression, zone, due }) =>
      `Runs by itself: ${pack} (${expression}, time zone ${zone}), next at ${moment(due, zone)}.`,
    ran: ({ pack, expression, zone }) => `Scheduled (${expression}, ${zone}). To end it: /biasaudit unschedule ${pack}`,
    didNotRun: ({ pack }) =>
      `The scheduled audit "${pack}" could not run this time. It is tried again when it is next due; to end it: /biasaudit unschedule ${pack}`,
  },
  ko: {
    scheduled: ({ pack, expression, zone, due }) =>
      `이제 이 채널에서 "${pack}" 묶음을 저절로 실행합니다(${expression}, 시간대 ${zone}). 첫 실행: ${moment(due, zone)}. 결과와 변화를 여기에 올립니다. 다른 시간대는 옵션 zone으로. 끝내려면: /biasaudit unschedule ${pack}`,
    ended: (pack) => `이제 이 채널에서 "${pack}" 묶음을 저절로 실행하지 않습니다.`,
    planned: ({ pack, expression, zone, due }) =>
      `예약됨: ${pack} (${expression}, 시간대 ${zone}), 다음 실행 ${moment(due, zone)}.`,
    ran: ({ pack, expression, zone }) =>
      `예약된 검사 (${expression}, ${zone}). 끝내려면: /biasaudit unschedule ${pack}`,
    didNotRun: ({ pack }) =>
      `예약된 "${pack}" 검사를 이번에는 하지 못했습니다. 다음 때에 다시 해 봅니다. 끝내려면: /biasaudit unschedule ${pack}`,
  },
};
