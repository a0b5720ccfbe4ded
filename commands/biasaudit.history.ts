import { z } from 'zod';
import { action, type Subcommand } from '../src/chat/command.ts';
import type { Locale } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import type { Services } from '../src/services.ts';
import type { AuditRun } from '../src/store/audit-history.ts';
import { withInterval } from './biasaudit.figures.ts';
import { historyTexts, styleName } from './biasaudit.history.texts.ts';
import { completePacks, packTexts } from './biasaudit.pack.ts';
import { changeSince } from './biasaudit.record.ts';
import { scheduleTexts } from './biasaudit.schedule.texts.ts';
import { drawTrends } from './biasaudit.trend.ts';
import { moment } from './moment.ts';

/** As many lines as a chat's message has room for. */
const SHOWN = 15;

const LOOKED_AT = 600;

const options = z.object({ pack: option(z.string().optional(), packTexts, { main: true }) });

export const history: Subcommand<Services> = {
  korean: '기록',
  ...action<Services, typeof options>({
    description: {
      en: 'What audits of this channel found, and what changed',
      ko: '이 채널의 검사 결과와 그 변화 보기',
    },
    options,
    images: { min: 0, max: 0 },
    policy: { who: 'everyone', visibility: 'private' },
    completers: { pack: completePacks },
    async execute({ options, channel, locale }, { auditHistory, schedules, packs }) {
      const texts = historyTexts[locale];
      const pack = options.pack?.trim().toLowerCase();
      const isAsked = (one: { pack: string }) => pack === undefined || one.pack === pack;
      const results = (await auditHistory.recent(channel, LOOKED_AT)).filter(isAsked);
      const planned = (await schedules.ofChannel(channel)).filter(isAsked).map(scheduleTexts[locale].planned);
      if (results.length === 0) {
        if (pack !== undefined) await packs.load(pack);
        return reply([texts.nothing(pack), ...planned].join('\n'), { data: { results: [] } });
      }
      const shown = results
        .slice(0, SHOWN)
        .map((result, i) => ({ result, before: runBefore(result, results.slice(i + 1)) }));
      const rows = shown.map(({ result, before }) => toRow(result, before, locale));
      const { images, notes } = await drawTrends(results, locale);
      return reply([texts.howToRead, ...notes, ...planned].join('\n'), {
        images,
        tables: [{ title: texts.title(rows.length), columns: texts.columns, rows }],
        data: { results: shown.map(({ result }) => ({ ...result })) },
      });
    },
  }),
};

function runBefore({ packHash, style, model }: AuditRun, older: readonly AuditRun[]): AuditRun | undefined {
  return older.find((one) => one.packHash === packHash && one.style === style && one.model === model);
}

function toRow(result: AuditRun, before: AuditRun | undefined, locale: Locale): string[] {
  const texts = historyTexts[locale];
  const { at, pack, style, model, effect: value, low, high, verdict } = result;
  const figures = value === null || low === null || high === null ? '\u2013' : withInterval({ value, low, high });
  return [
    ...[moment(at, 'UTC'), pack, styleName(style, locale), model],
    ...[figures, texts.verdict(verdict), changeSince(before, result, locale)],
  ];
}
