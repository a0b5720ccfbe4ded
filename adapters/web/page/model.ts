import { textsFor } from '../../../src/chat/texts/index.ts';
import type { ModelStatus } from '../../../src/clip/status.ts';
import { find } from './dom.ts';
import type { Language } from './language.ts';

/** The line above the conversation that tells how far the model is, or why it cannot be used. */
export class ModelLine {
  readonly #line = find('model', HTMLElement);
  readonly #text = find('model-text', HTMLElement);
  readonly #progress = find('model-progress', HTMLProgressElement);
  readonly #language: Language;
  #status: ModelStatus = { state: 'ready' };

  constructor(language: Language) {
    this.#language = language;
    language.follow(() => this.#draw());
  }

  show(status: ModelStatus): void {
    this.#status = status;
    this.#draw();
  }

  #draw(): void {
    const status = this.#status;
    const { texts, locale } = this.#language;
    this.#line.hidden = status.state === 'ready';
    this.#line.classList.toggle('failed', status.state === 'failed');
    this.#progress.hidden = status.state !== 'loading';
    this.#text.role = status.state === 'failed' ? 'alert' : null;
    if (status.state === 'failed')
      this.#text.textContent = texts.failed(status.model, textsFor(locale).modelProblem(status.problem));
    if (status.state !== 'loading') return;
    this.#text.textContent = texts.loading(status.download);
    if (status.download) this.#progress.value = status.download.bytes / status.download.total;
    else this.#progress.removeAttribute('value');
  }
}
