import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { PanelContent } from '../src/draw/panel.ts';
import { UserError } from '../src/errors.ts';
import type { Taught, TaughtClassifier } from '../src/teaching.ts';
import { teachTexts } from './teach.texts.ts';
import { warningOf } from './warned.ts';

/** More bars than this cannot be read on a phone. */
const MAX_BARS = 8;
/** Below this the best of the taught labels is not believed. */
const SURE = 0.5;

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
  scores: ReturnType<TaughtClassifier['classify']>,
  { count, labels }: TaughtClassifier,
  info: ModelInfo,
  locale: Locale,
): PanelContent {
  const texts = teachTexts[locale];
  return {
    heading: texts.heading(scores),
    scores: scores.slice(0, MAX_BARS),
    unsure: (scores[0]?.probability ?? 0) < SURE,
    columnTitles: texts.columns,
    footer: [texts.footer(info), ...warningOf(info, locale), texts.basis({ count, labels: labels.length })],
  };
}
