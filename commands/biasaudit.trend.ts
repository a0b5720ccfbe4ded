import type { Estimate } from '../src/audit/statistics/level.ts';
import type { Locale } from '../src/chat/locale.ts';
import type { ReplyImage } from '../src/chat/reply.ts';
import { drawTrend, KINDS, type TrendPanel } from '../src/draw/trend.ts';
import type { AuditRun } from '../src/store/audit-history.ts';
import { signed, withInterval } from './biasaudit.figures.ts';
import { historyTexts, styleName } from './biasaudit.history.texts.ts';
import { moment } from './moment.ts';

/** Packs with a picture, and runs in one: more have no room on a phone. */
const MOST = { packs: 3, runs: 30 };

type Result = Pick<AuditRun, 'pack' | 'style' | 'at'> & Estimate & { kind: string };

/**
 * A picture for each pack that has two runs with figures: its effects over its runs, and what has none, in words. Runs of
 * another pack, another version of it or another model are marked apart.
 * @param results of one channel, newest first
 */
export async function drawTrends(
  results: readonly AuditRun[],
  locale: Locale,
): Promise<{ images: ReplyImage[]; notes: string[] }> {
  const texts = historyTexts[locale].trend;
  const packs = distinct(results.map(({ pack }) => pack)).map((pack) => results.filter((one) => one.pack === pack));
  const isDrawn = (own: readonly AuditRun[]) => distinct(withFigures(own, locale).map(({ at }) => at)).length > 1;
  const drawn = packs.filter(isDrawn);
  const names = (some: readonly AuditRun[][]) => some.flatMap(([first]) => (first ? [first.pack] : [])).join(', ');
  const single = packs.filter((own) => !isDrawn(own));
  const [more] = drawn.slice(MOST.packs);
  return {
    images: await Promise.all(drawn.slice(0, MOST.packs).map((own) => drawPack(own, locale))),
    notes: [
      ...(single.length > 0 ? [texts.needsTwo(names(single))] : []),
      ...(more ? [texts.more(names([more]))] : []),
    ],
  };
}

async function drawPack(all: readonly AuditRun[], locale: Locale): Promise<ReplyImage> {
  const texts = historyTexts[locale].trend;
  const told = withFigures(all, locale);
  const pack = all[0]?.pack ?? '';
  const kinds = distinct(told.map(({ kind }) => kind)).slice(0, KINDS);
  const comparable = told.filter(({ kind }) => kinds.includes(kind));
  const runs = distinct(comparable.map(({ at }) => at))
    .slice(0, MOST.runs)
    .reverse();
  const shown = comparable.filter(({ at }) => runs.includes(at)).reverse();
  const left = distinct(told.map(({ at }) => at)).length - runs.length;
  const unread = all.length - told.length;
  const moments = runs.map((at) => moment(at, 'UTC'));
  const [from = '', to = ''] = [moments[0], moments.at(-1)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  const styles = distinct(told.map(({ style }) => style));
  const panels = styles.map((style): TrendPanel => {
    const own = shown.filter((one) => one.style === style);
    const last = own.at(-1);
    return {
      title: styleName(style, locale),
      figures: last ? texts.last(withInterval(last)) : '',
      points: own.map(({ at, kind, ...effect }) => ({
        ...effect,
        step: runs.indexOf(at),
        kind: kinds.indexOf(kind),
      })),
    };
  });
  const { bytes, mediaType } = await drawTrend({
    heading: texts.heading(pack),
    above: texts.above,
    kinds,
    panels,
    steps: moments.map((text) => (isOneDay ? text.slice(11) : text.slice(0, 10))),
    below: texts.below(isOneDay ? from.slice(0, 10) : undefined),
    footer: [
      ...(kinds.length > 1 ? [texts.unlike(kinds.length)] : []),
      ...texts.footer(pack),
      ...(left > 0 ? [texts.leftOut(left)] : []),
      ...(unread > 0 ? [texts.unread(unread)] : []),
    ],
    figure: signed,
  });
  const lines = styles.flatMap((style) =>
    kinds.flatMap((kind) => {
      const own = shown.filter((one) => one.style === style && one.kind === kind);
      const [first, last] = [own[0], own.at(-1)];
      return first && last ? [texts.line(styleName(style, locale), kind, withInterval(first), withInterval(last))] : [];
    }),
  );
  const alt = [
    texts.alt(pack, runs.length, from, to, lines.join(' ')),
    ...(kinds.length > 1 ? [texts.unlike(kinds.length)] : []),
  ];
  return { name: `biasaudit-history-${pack}.png`, mediaType, bytes, alt: alt.join(' ') };
}

/** Those that could be interpreted, each with what it may be compared with. */
function withFigures(results: readonly AuditRun[], locale: Locale): Result[] {
  return results.flatMap(({ pack, packHash, model, style, at, effect: value, low, high }) => {
    if (value === null || low === null || high === null) return [];
    return [{ pack, style, at, value, low, high, kind: historyTexts[locale].trend.kind(model, packHash.slice(0, 8)) }];
  });
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
