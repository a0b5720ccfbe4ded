import type { Locale } from '../src/chat/locale.ts';

/** A point in shares of a picture's width and height. */
export interface Place {
  across: number;
  down: number;
}

const PLACES = {
  en: [
    ['top left', 'top', 'top right'],
    ['left', 'middle', 'right'],
    ['bottom left', 'bottom', 'bottom right'],
  ],
  ko: [
    ['왼쪽 위', '위', '오른쪽 위'],
    ['왼쪽', '가운데', '오른쪽'],
    ['왼쪽 아래', '아래', '오른쪽 아래'],
  ],
} as const;

/** A place in words: which of nine parts of the picture it is in. */
export function place({ across, down }: Place, locale: Locale): string {
  const third = (share: number) => Math.min(2, Math.floor(3 * share));
  return PLACES[locale][third(down)]?.[third(across)] ?? '';
}
