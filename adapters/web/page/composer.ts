import type { CommandDescription } from '../../../src/chat/describe.ts';
import { Attachments } from './attachments.ts';
import { type Completion, complete, type Suggestion } from './completion.ts';
import { find } from './dom.ts';
import { type Draft, History } from './history.ts';
import { takeImages } from './intake.ts';
import type { Language } from './language.ts';
import { Popup } from './popup.ts';
import { isZip } from './zip.ts';

/** Where a message is written: the line with its completion, the images that go along, and what was sent before. */
export class Composer {
  #commands: readonly CommandDescription[] = [];
  readonly attachments: Attachments;
  readonly #line = find('line', HTMLTextAreaElement);
  readonly #hint = find('hint', HTMLElement);
  readonly #popup: Popup;
  readonly #history = new History();
  readonly #language: Language;
  readonly #onSend: (draft: Draft) => void;
  #completion: Completion | undefined;

  constructor(language: Language, onSend: (draft: Draft) => void) {
    this.#language = language;
    this.#onSend = onSend;
    this.attachments = new Attachments(
      language,
      () => this.#showHint(),
      () => this.focus(),
    );
    this.#popup = new Popup(this.#line, (suggestion) => this.#accept(suggestion));
    this.#line.addEventListener('input', () => this.#suggest());
    this.#line.addEventListener('keydown', (event) => this.#onKey(event));
    this.#line.addEventListener('blur', () => this.#popup.close());
    this.#line.addEventListener('click', () => this.#popup.close());
    find('slash', HTMLButtonElement).addEventListener('click', () => this.#startCommand());
    find('composer', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    const take = (files: Iterable<File>) => {
      this.attachments.add(files);
      this.focus();
    };
    takeImages(take, () => {
      this.#hint.textContent = language.texts.zipFolder;
    });
    language.follow(() => this.#suggest());
  }

  /** Offers these from now on, also to who began to write before they were here. */
  offer(commands: readonly CommandDescription[]): void {
    this.#commands = commands;
    find('slash', HTMLButtonElement).disabled = false;
    this.#suggest();
  }

  focus(): void {
    this.#line.focus();
  }

  /** Puts a draft where messages are written, to be changed and sent. */
  show(draft: Draft): void {
    this.#line.value = draft.text;
    this.attachments.set(draft.files);
    this.#popup.close();
    this.focus();
  }

  #draft(): Draft {
    return { text: this.#line.value, files: this.attachments.files };
  }

  #send(): void {
    const draft = { ...this.#draft(), text: this.#line.value.trim() };
    if (draft.text === '' && draft.files.length === 0) return;
    this.#history.add(draft);
    this.show({ text: '', files: [] });
    this.#suggest();
    this.#onSend(draft);
  }

  #suggest(): void {
    const before = this.#line.value.slice(0, this.#line.selectionStart);
    this.#completion = complete(before, this.#commands, this.#language.locale);
    this.#popup.show(this.#completion?.suggestions ?? [], this.#completion?.eager ?? false);
    this.#showHint();
  }

  #showHint(): void {
    const { addZip, keys } = this.#language.texts;
    const { hint = '', needsZip = false } = this.#completion ?? {};
    const shown = needsZip && !this.attachments.files.some(isZip) ? `${addZip} · ${hint}` : hint;
    this.#hint.textContent = shown || keys;
    this.#hint.classList.toggle('keys', shown === '');
  }

  #accept(suggestion: Suggestion | undefined): void {
    if (!suggestion || !this.#completion) return;
    this.#line.setRangeText(suggestion.insert, this.#completion.from, this.#line.selectionStart, 'end');
    this.focus();
    this.#suggest();
  }

  #startCommand(): void {
    if (!this.#line.value.startsWith('/')) this.#line.setRangeText('/', 0, 0, 'end');
    this.focus();
    this.#suggest();
  }

  #onKey(event: KeyboardEvent): void {
    // Enter that ends the composing of a Korean syllable is no Enter; Safari tells it by the code 229 alone.
    if (event.isComposing || event.keyCode === 229) return;
    const isHandled = (this.#popup.isOpen && this.#onPopupKey(event)) || this.#onLineKey(event);
    if (isHandled) event.preventDefault();
  }

  #onPopupKey({ key, shiftKey }: KeyboardEvent): boolean {
    const { active } = this.#popup;
    if (key === 'ArrowDown') this.#popup.move(1);
    else if (key === 'ArrowUp') this.#popup.move(-1);
    else if (key === 'Escape') this.#popup.close();
    else if (active && !shiftKey && (key === 'Tab' || key === 'Enter')) this.#accept(active);
    else if (key === 'Tab' && !shiftKey && this.#isWordBegun()) this.#accept(this.#popup.first);
    else return false;
    return true;
  }

  /** Whether Tab means the word at the caret; else it goes on to the next control. */
  #isWordBegun(): boolean {
    return this.#completion !== undefined && this.#completion.from < this.#line.selectionStart;
  }

  #onLineKey({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'ArrowUp') return this.#recall(this.#history.back(this.#draft()));
    if (key === 'ArrowDown') return this.#recall(this.#history.forth(this.#draft()));
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) this.#popup.close();
    if (key !== 'Enter' || shiftKey) return false;
    this.#send();
    return true;
  }

  #recall(draft: Draft | undefined): boolean {
    if (draft) this.show(draft);
    return draft !== undefined;
  }
}
