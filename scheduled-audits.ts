import type { Logger } from 'pino';
import type { App } from './app.ts';
import type { Chats } from './chats.ts';
import { scheduleTexts } from './commands/biasaudit.schedule.texts.ts';
import { toAnswer } from './src/chat/answer.ts';
import { toLocale } from './src/chat/locale.ts';
import { ChannelGone } from './src/chat/parts.ts';
import type { Request } from './src/chat/request.ts';
import { Scheduler } from './src/schedule/scheduler.ts';
import type { Schedule } from './src/store/schedules.ts';

/** Nobody: it may what everybody may, at its own pace. */
const ACTOR = { id: 'schedule', isManager: false, isOperator: true };

type Parts = Pick<App, 'dispatch'> & { services: Pick<App['services'], 'schedules'> };

/** Asks for what is due as somebody in its channel would, and posts the answer there, or the sentence that says why there is none. */
export function scheduledAudits(
  { dispatch, services }: Parts,
  chats: Pick<Chats, 'canTell' | 'post'>,
  log: Logger,
  now?: () => number,
): Scheduler {
  const run = async (schedule: Schedule) => {
    const { channel, pack } = schedule;
    const locale = toLocale(schedule.locale);
    const request: Request = {
      ...{ command: 'biasaudit', subcommand: 'run', options: { pack }, images: [], archives: [] },
      ...{ actor: ACTOR, channel, locale, visibility: 'public' },
    };
    const outcome = await dispatch(request);
    const answer = toAnswer(outcome, request);
    const texts = scheduleTexts[locale];
    const heading = outcome.kind === 'reply' ? texts.ran(schedule) : texts.didNotRun(schedule);
    try {
      await chats.post({
        ...{ channel, locale },
        answer: { ...answer, text: `${heading}\n${answer.text}`, visibility: 'public' },
      });
    } catch (error) {
      if (error instanceof ChannelGone) return 'gone';
      throw error;
    }
    return 'told';
  };
  return new Scheduler({
    schedules: services.schedules,
    canTell: (channel) => chats.canTell(channel),
    ...{ run, log },
    ...(now && { now }),
  });
}
