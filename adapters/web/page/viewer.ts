import { find, make } from './dom.ts';
import type { Language } from './language.ts';

/** Opens an image as large as the window allows. Escape, the button and a click beside it close it. */
export class Viewer {
  readonly #dialog = find('viewer', HTMLDialogElement);
  readonly #image = find('viewer-image', HTMLImageElement);
  readonly #download = make('a', { className: 'pill' });

  constructor(language: Language) {
    find('viewer-actions', HTMLElement).append(this.#download);
    language.follow(() => {
      this.#download.textContent = language.texts.download;
    });
    find('viewer-close', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
  }

  open(image: { url: string; name: string; alt: string }): void {
    this.#image.src = image.url;
    this.#image.alt = image.alt;
    this.#download.href = image.url;
    this.#download.download = image.name;
    find('viewer-alt', HTMLElement).textContent = image.alt;
    this.#dialog.showModal();
  }
}
