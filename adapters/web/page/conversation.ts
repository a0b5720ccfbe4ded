import { find, make, urlOf } from './dom.ts';
import type { Language } from './language.ts';
import type { Viewer } from './viewer.ts';
import { isZip } from './zip.ts';

/** A message that is still to come. */
interface Pending {
  /** Shows how far it is. */
  tell(text: string): void;
  replace(answer: readonly Node[], kind: 'answer' | 'error'): void;
}

/** What was said, oldest first. It lives in the page alone: a reload is empty. */
export class Conversation {
  readonly #log = find('log', HTMLElement);
  readonly #language: Language;
  readonly #viewer: Viewer;

  constructor(language: Language, viewer: Viewer) {
    this.#language = language;
    this.#viewer = viewer;
  }

  /** Adds what a person sent. `onUseAgain` is offered where there are files. */
  ask(text: string, files: readonly File[], onUseAgain: () => void): void {
    const { you, useAgain } = this.#language.texts;
    const message = make('article', { className: 'question', ariaLabel: you });
    if (files.length > 0) {
      const again = make('button', { type: 'button', className: 'again' }, useAgain);
      again.addEventListener('click', onUseAgain);
      message.append(
        make('div', { className: 'thumbnails' }, ...files.map((file) => this.#makeThumbnail(file)), again),
      );
    }
    if (text) message.append(make('p', { className: 'text' }, text));
    this.#add(message);
  }

  /** Adds a message that is still to come. */
  await(): Pending {
    const { app, working } = this.#language.texts;
    const line = make('p', {}, working);
    const pending = make('article', { className: 'answer pending', ariaLabel: app }, line);
    this.#add(pending);
    return {
      tell(text) {
        // Read out once a few seconds, it would drown what its listener reads meanwhile.
        line.ariaLive = 'off';
        line.textContent = text;
      },
      replace(answer, kind) {
        const message = make('article', { className: kind, ariaLabel: app }, ...answer);
        pending.replaceWith(message);
        bringIntoView(message);
      },
    };
  }

  #makeThumbnail(file: File): HTMLElement {
    if (isZip(file)) return make('span', { className: 'zip' }, file.name);
    const [url, name] = [urlOf(file), file.name];
    const image = make('img', { src: url, alt: name });
    const button = make(
      'button',
      { type: 'button', className: 'picture', ariaLabel: this.#language.texts.open(name) },
      image,
    );
    button.addEventListener('click', () => this.#viewer.open({ url, name, alt: name }));
    return button;
  }

  #add(message: HTMLElement): void {
    this.#log.append(message);
    bringIntoView(message);
  }
}

/** Scrolls to the end of a message, or to its start where it is taller than the window. */
function bringIntoView(message: HTMLElement): void {
  message.scrollIntoView({ block: message.offsetHeight > 0.6 * innerHeight ? 'start' : 'end' });
}
