import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';

interface CautionTexts {
  unknownWords(labels: readonly string[]): string;
  englishOnly: string;
}

const texts: Record<Locale, CautionTexts> = {
  en: {
    unknownWords: (labels) =>
      `This model never learned ${quoted(labels)}, so it guesses there. See /about for what it knows.`,
    englishOnly: 'This model learned English only, so Korean labels are guesses. Try English ones.',
  },
  ko: {
    unknownWords: (labels) =>
      `이 모델은 ${quoted(labels)} 라벨을 배운 적이 없어 어림짐작합니다. /about 에서 아는 것을 확인하세요.`,
    englishOnly: '이 모델은 영어만 배워서 한국어 라벨은 어림짐작합니다. 영어 라벨을 써 보세요.',
  },
};

/**
 * What a reader should know before trusting the numbers: words or a language that the model never learned.
 * @param told what a label is called in the answer, where that is not the label itself
 */
export function cautions(
  labels: readonly string[],
  { words, languages }: Pick<ModelInfo, 'words' | 'languages'>,
  locale: Locale,
  told: (label: string) => string = (label) => label,
): string[] {
  const strange = words ? labels.filter((label) => !wordsOf(label).every((word) => words.has(word))) : [];
  if (strange.length > 0) return [texts[locale].unknownWords([...new Set(strange.map(told))])];
  const isKorean = labels.some((label) => /\p{Script=Hangul}/u.test(label));
  return isKorean && !languages.includes('ko') ? [texts[locale].englishOnly] : [];
}

function wordsOf(label: string): string[] {
  return label.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [label];
}

function quoted(labels: readonly string[]): string {
  return labels.map((label) => `"${label}"`).join(', ');
}
