import { find, make, urlOf } from './dom.ts';
import type { Language } from './language.ts';
import { isZip } from './zip.ts';

/** The images and zips that go with the next message, as thumbnails and names that can be taken away again. */
export class Attachments {
  readonly #list = find('attachments', HTMLUListElement);
  readonly #language: Language;
  readonly #onChanged: () => void;
  readonly #onEmptied: () => void;
  #files: readonly File[] = [];

  /** @param onEmptied called when a person took the last one away, so that focus has somewhere to go */
  constructor(language: Language, onChanged: () => void, onEmptied: () => void) {
    this.#language = language;
    this.#onChanged = onChanged;
    this.#onEmptied = onEmptied;
    language.follow(() => this.#draw());
  }

  get files(): readonly File[] {
    return this.#files;
  }

  set(files: readonly File[]): void {
    this.#files = [...files];
    this.#draw();
    this.#onChanged();
  }

  add(files: Iterable<File>): void {
    this.set([...this.#files, ...files]);
  }

  #draw(): void {
    this.#list.replaceChildren(...this.#files.map((file, index) => this.#makeItem(file, index)));
    this.#list.hidden = this.#files.length === 0;
  }

  #makeItem(file: File, index: number): HTMLElement {
    const name = this.#language.texts.remove(file.name);
    const remove = make('button', { type: 'button', ariaLabel: name, title: name }, '×');
    remove.addEventListener('click', () => this.#remove(index));
    const shown = isZip(file)
      ? make('span', { className: 'zip' }, file.name)
      : make('img', { src: urlOf(file), alt: file.name });
    return make('li', {}, shown, remove);
  }

  #remove(index: number): void {
    this.set(this.#files.filter((_, at) => at !== index));
    const buttons = this.#list.querySelectorAll('button');
    const next = buttons[Math.min(index, buttons.length - 1)];
    if (next) next.focus();
    else this.#onEmptied();
  }
}
