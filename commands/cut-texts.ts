import type { Locale } from '../src/chat/locale.ts';
import type { ClipModel } from '../src/clip/model.ts';

const words: Record<Locale, (texts: string) => string> = {
  en: (texts) => `The model reads only the beginning of ${texts}. A shorter text counts whole.`,
  ko: (texts) => `모델은 ${texts}의 앞부분만 읽습니다. 짧게 쓰면 모두 읽습니다.`,
};

/** What to say of texts that the model does not read to their end. */
export async function noteCut(
  texts: readonly string[],
  template: string,
  model: Pick<ClipModel, 'readsWhole'>,
  locale: Locale,
): Promise<string[]> {
  const whole = await Promise.all(texts.map((text) => model.readsWhole(text, template)));
  const cut = texts.filter((_, i) => !whole[i]);
  return cut.length > 0 ? [words[locale](cut.map(shortened).join(', '))] : [];
}

function shortened(text: string): string {
  return `"${[...text].slice(0, 30).join('')}…"`;
}
