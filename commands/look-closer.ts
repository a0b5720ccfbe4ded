import type { Locale } from '../src/chat/locale.ts';
import { isStrip } from '../src/clip/views.ts';
import type { Picture } from '../src/image/picture.ts';

const texts: Record<Locale, { strip: string; unseen: string }> = {
  en: {
    strip: 'This picture is so long that the model sees it squeezed. Cut out a part and ask about that.',
    unseen: 'If something is there that was not found, cut the picture closer to it or try another word.',
  },
  ko: {
    strip: '그림이 너무 길어서 모델은 눌린 모습을 봅니다. 한 부분을 잘라 다시 물어보세요.',
    unseen: '그림에 있는데 찾지 못했으면 그 둘레를 잘라 보내거나 다른 낱말을 써 보세요.',
  },
};

/** What to do where things were not found in a picture, or hardly can be. */
export function noteCloser(picture: Picture, isAllFound: boolean, locale: Locale): string[] {
  if (isStrip(picture)) return [texts[locale].strip];
  return isAllFound ? [] : [texts[locale].unseen];
}
