import type { Locale } from '../src/chat/locale.ts';
import { doubtOf } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { PanelContent } from '../src/draw/panel.ts';
import { UserError } from '../src/errors.ts';
import type { Taught, TaughtClassifier } from '../src/teaching.ts';
import { teachTexts } from './teach.texts.ts';
import { warningOf } from './warned.ts';

/** More bars than this cannot be read on a phone. */
const MAX_BARS = 8;
/** Below these the best of the taught labels is not believed: of two labels one always has half. */
const SURE = { probability: 0.5, margin: 0.1, similarity: -1 };

type Scores = ReturnType<TaughtClassifier['classify']>;

export function isUnsure(scores: Scores): boolean {
  return doubtOf(scores, SURE) !== undefined;
}

/** What was taught, ready to be asked. @throws UserError that says what is missing */
export function requireTaught(taught: Taught): TaughtClassifier {
  switch (taught.kind) {
    case 'nothing':
      throw new UserError('nothing-taught', {});
    case 'one-label':
      throw new UserError('taught-one-label', { label: taught.label });
    case 'other-model':
      throw new UserError('taught-other-model', { count: taught.count });
    case 'ready':
      return taught.classifier;
  }
}

/** The taught answer for an image as bars, as `/teach test` and `/classify` show it. */
export function taughtPanel(
  scores: Scores,
  { count, labels }: TaughtClassifier,
  info: ModelInfo,
  locale: Locale,
): PanelContent {
  const texts = teachTexts[locale];
  const unsure = isUnsure(scores);
  return {
    heading: texts.heading(scores, unsure),
    scores: scores.slice(0, MAX_BARS),
    unsure,
    columnTitles: texts.columns,
    footer: [texts.footer(info), ...warningOf(info, locale), texts.basis({ count, labels: labels.length })],
  };
}
