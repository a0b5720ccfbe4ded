import { WORDS } from '../src/audit/items.ts';
import type { Locale } from '../src/chat/locale.ts';
import { biasAuditTexts } from './biasaudit.texts.ts';

interface HistoryTexts {
  title(shown: number): string;
  columns: readonly [
    at: string,
    pack: string,
    style: string,
    model: string,
    effect: string,
    verdict: string,
    change: string,
  ];
  /** `change` compares with what, and why it may be a dash. */
  howToRead: string;
  nothing(pack: string | undefined): string;
  since(at: string, changes: string): string;
  same: string;
  verdict(kind: string): string;
  trend: TrendTexts;
}

/** Of the picture of one pack. */
interface TrendTexts {
  heading(pack: string): string;
  kind(model: string, packHash: string): string;
  above: string;
  /** @param date where all runs are of one */
  below(date: string | undefined): string;
  last(figures: string): string;
  footer(pack: string): string[];
  unlike(kinds: number): string;
  leftOut(runs: number): string;
  unread(results: number): string;
  alt(pack: string, runs: number, from: string, to: string, lines: string): string;
  /** One line of `alt`. */
  line(style: string, kind: string, first: string, last: string): string;
  /** Below the table: that there is no picture yet, or which packs have none. */
  needsTwo(packs: string): string;
  more(packs: string): string;
}

function verdictsIn(locale: Locale): (kind: string) => string {
  const verdicts: Readonly<Record<string, string>> = biasAuditTexts[locale].verdicts;
  return (kind) => verdicts[kind] ?? kind;
}

export const historyTexts: Record<Locale, HistoryTexts> = {
  en: {
    title: (shown) => `The last ${shown} results of this channel, newest first`,
    columns: ['when (UTC)', 'pack', 'drawings', 'model', 'log-odds [95 %]', 'verdict', 'change'],
    howToRead:
      'Change: since the run before of the same pack on the same model. The effect never hangs on the seed, so another effect means that a file changed; a verdict near its bound may turn with the seed.',
    nothing: (pack) =>
      `No audit ${pack === undefined ? '' : `of "${pack}" `}was run in this channel yet. Start with: /biasaudit occupation`,
    since: (at, changes) => `Since the last run here (${at} UTC): ${changes}.`,
    same: 'the same',
    verdict: verdictsIn('en'),
    trend: {
      heading: (pack) => `What runs of ${pack} found`,
      kind: (model, packHash) => `${model} · pack ${packHash}`,
      above: 'Effect in log-odds with its 95 % interval; the dark line is no effect',
      below: (date) => `Runs in their order, oldest left (UTC${date === undefined ? '' : `, ${date}`})`,
      last: (figures) => `last ${figures}`,
      footer: (pack) => [
        'Bars: for other drawings or words of the kind. A line joins runs of the same pack on the same model.',
        `What lies above 0: /biasaudit ${pack}`,
      ],
      unlike: (kinds) =>
        `The pack or the model changed: ${kinds} kinds of runs, each with a mark of its own, which cannot be compared and are not joined.`,
      leftOut: (runs) => `Older runs left out: ${runs}.`,
      unread: (results) => `Results that could not be interpreted, and have no mark: ${results}.`,
      alt: (pack, runs, from, to, lines) =>
        `Effects that ${runs} runs of ${pack} found, with 95 % intervals around a line at no effect, from ${from} to ${to} (UTC). ${lines}`,
      line: (style, kind, first, last) =>
        first === last ? `${style}, ${kind}: ${last}.` : `${style}, ${kind}: first ${first}, last ${last}.`,
      needsTwo: (packs) => `A picture of the effect over time takes two runs with a figure; not yet: ${packs}.`,
      more: (packs) => `For a picture of other packs name one, as in /biasaudit history ${packs}.`,
    },
  },
  ko: {
    title: (shown) => `이 채널의 최근 결과 ${shown}개, 새것부터`,
    columns: ['때 (UTC)', '묶음', '그림체', '모델', '로그 오즈 [95 %]', '판정', '변화'],
    howToRead:
      '변화: 같은 묶음을 같은 모델로 앞서 실행한 때와 견준 것입니다. 효과는 시드에 달려 있지 않으므로, 효과가 달라졌다면 파일이 바뀐 것입니다. 경계에 가까운 판정은 시드에 따라 바뀔 수 있습니다.',
    nothing: (pack) =>
      `이 채널에서는 아직 ${pack === undefined ? '' : `"${pack}" `}검사를 하지 않았습니다. 시작하려면: /biasaudit occupation`,
    since: (at, changes) => `여기서 지난번 실행(${at} UTC) 뒤의 변화: ${changes}.`,
    same: '같음',
    verdict: verdictsIn('ko'),
    trend: {
      heading: (pack) => `${pack} 실행에서 나온 것`,
      kind: (model, packHash) => `${model} · 묶음 ${packHash}`,
      above: '로그 오즈 효과와 95 % 구간. 짙은 선이 효과 없음',
      below: (date) => `실행한 차례, 왼쪽이 오래된 것 (UTC${date === undefined ? '' : `, ${date}`})`,
      last: (figures) => `마지막 ${figures}`,
      footer: (pack) => [
        '막대: 같은 종류의 다른 그림이나 낱말에 대한 구간. 선은 같은 묶음을 같은 모델로 실행한 것만 잇습니다.',
        `0보다 큰 것의 뜻: /biasaudit ${pack}`,
      ],
      unlike: (kinds) =>
        `묶음이나 모델이 바뀌었습니다. 서로 견줄 수 없는 실행 ${kinds}가지를 다른 표시로 나누고 선으로 잇지 않았습니다.`,
      leftOut: (runs) => `뺀 오래된 실행: ${runs}개.`,
      unread: (results) => `해석할 수 없어 표시가 없는 결과: ${results}개.`,
      alt: (pack, runs, from, to, lines) =>
        `${pack} 실행 ${runs}번에서 나온 효과와 95 % 구간, 효과 없음을 뜻하는 선. ${from}부터 ${to}까지 (UTC). ${lines}`,
      line: (style, kind, first, last) =>
        first === last ? `${style}, ${kind}: ${last}.` : `${style}, ${kind}: 처음 ${first}, 마지막 ${last}.`,
      needsTwo: (packs) => `시간에 따른 그림에는 수치가 있는 실행이 두 번 있어야 합니다. 아직 없는 묶음: ${packs}.`,
      more: (packs) => `다른 묶음의 그림은 이름을 붙이세요. 예: /biasaudit history ${packs}`,
    },
  },
};

export function styleName(style: string, locale: Locale): string {
  return style === WORDS ? biasAuditTexts[locale].words : style;
}
