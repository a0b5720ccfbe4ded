import { LOCALES, type Locale, toLocale } from '../../../src/chat/locale.ts';
import { find } from './dom.ts';
import { type PageTexts, TEXTS } from './texts.ts';

const REMEMBERED = 'cliplens.locale';

/** The language of the page: the browser's at first, then the one chosen, remembered for the next visit. */
export class Language {
  #locale: Locale = toLocale(localStorage.getItem(REMEMBERED) ?? navigator.language);
  readonly #followers: (() => void)[] = [];

  constructor() {
    for (const button of this.#buttons()) button.addEventListener('click', () => this.#choose(toLocale(button.value)));
    this.follow(() => this.#translatePage());
  }

  get locale(): Locale {
    return this.#locale;
  }

  get texts(): PageTexts {
    return TEXTS[this.#locale];
  }

  /** Calls `translate` now and whenever the language changes. */
  follow(translate: () => void): void {
    this.#followers.push(translate);
    translate();
  }

  #choose(locale: Locale): void {
    this.#locale = locale;
    localStorage.setItem(REMEMBERED, locale);
    for (const translate of this.#followers) translate();
  }

  #translatePage(): void {
    const { title, page } = this.texts;
    document.title = title;
    document.documentElement.lang = this.#locale;
    for (const element of document.querySelectorAll<HTMLElement>('[data-text], [data-name], [data-placeholder]')) {
      const { text, name, placeholder } = element.dataset;
      if (text) element.textContent = page[text] ?? '';
      if (name) element.ariaLabel = page[name] ?? '';
      if (placeholder) element.setAttribute('placeholder', page[placeholder] ?? '');
      if (name && element instanceof HTMLButtonElement) element.title = page[name] ?? '';
    }
    for (const button of this.#buttons()) button.ariaPressed = String(button.value === this.#locale);
  }

  #buttons(): HTMLButtonElement[] {
    const group = find('languages', HTMLElement);
    return LOCALES.flatMap((locale) => [...group.querySelectorAll<HTMLButtonElement>(`button[value=${locale}]`)]);
  }
}
