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
  words: string;
  since(at: string, changes: string): string;
  same: string;
  verdict(kind: string): string;
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
      'Change: since the run before of the same pack on the same model. The same files give the same figures, so a change means that a file changed.',
    nothing: (pack) =>
      `No audit ${pack === undefined ? '' : `of "${pack}" `}was run in this channel yet. Start with: /biasaudit occupation`,
    words: biasAuditTexts.en.words,
    since: (at, changes) => `Since the last run here (${at} UTC): ${changes}.`,
    same: 'the same',
    verdict: verdictsIn('en'),
  },
  ko: {
    title: (shown) => `이 채널의 최근 결과 ${shown}개, 새것부터`,
    columns: ['때 (UTC)', '묶음', '그림체', '모델', '로그 오즈 [95 %]', '판정', '변화'],
    howToRead:
      '변화: 같은 묶음을 같은 모델로 앞서 실행한 때와 견준 것입니다. 파일이 같으면 수치도 같으므로, 변화가 있으면 파일이 바뀐 것입니다.',
    nothing: (pack) =>
      `이 채널에서는 아직 ${pack === undefined ? '' : `"${pack}" `}검사를 하지 않았습니다. 시작하려면: /biasaudit occupation`,
    words: biasAuditTexts.ko.words,
    since: (at, changes) => `여기서 지난번 실행(${at} UTC) 뒤의 변화: ${changes}.`,
    same: '같음',
    verdict: verdictsIn('ko'),
  },
};
