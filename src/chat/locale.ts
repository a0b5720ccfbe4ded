export const LOCALES = ['en', 'ko'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in every language people may ask in. */
export type Localised = Readonly<Record<Locale, string>>;

/** The language closest to a platform's tag (`ko`, `ko-KR`, `en-US`, ...): Korean where it is asked for, else English. */
export function toLocale(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
