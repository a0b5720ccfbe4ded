import type { Suggestion } from './completion.ts';
import { find, make } from './dom.ts';

/** The list of suggestions above the line: a listbox that the line, a combobox, points into without losing focus. */
export class Popup {
  readonly #list = find('completion', HTMLElement);
  readonly #line: HTMLTextAreaElement;
  readonly #onPick: (suggestion: Suggestion) => void;
  #suggestions: readonly Suggestion[] = [];
  #active = -1;

  constructor(line: HTMLTextAreaElement, onPick: (suggestion: Suggestion) => void) {
    this.#line = line;
    this.#onPick = onPick;
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
  }

  get isOpen(): boolean {
    return this.#suggestions.length > 0;
  }

  get active(): Suggestion | undefined {
    return this.#suggestions[this.#active];
  }

  get first(): Suggestion | undefined {
    return this.#suggestions[0];
  }

  /** Shows these, the first of them active where `eager`; closes where there are none. */
  show(suggestions: readonly Suggestion[], eager: boolean): void {
    this.#suggestions = suggestions;
    this.#list.replaceChildren(...suggestions.map((suggestion, index) => this.#makeOption(suggestion, index)));
    this.#list.hidden = !this.isOpen;
    this.#line.ariaExpanded = String(this.isOpen);
    this.#activate(eager && this.isOpen ? 0 : -1);
  }

  close(): void {
    this.show([], false);
  }

  /** Moves the active suggestion by one, round the ends. */
  move(step: 1 | -1): void {
    const count = this.#suggestions.length;
    const from = this.#active === -1 && step === -1 ? 0 : this.#active;
    this.#activate((from + step + count) % count);
  }

  #makeOption(suggestion: Suggestion, index: number): HTMLElement {
    const label = make('span', { className: 'option-label' }, suggestion.label);
    const about = make('span', { className: 'option-about' }, suggestion.description);
    const option = make('div', { id: `option-${index}`, role: 'option' }, label, ' ', about);
    option.addEventListener('click', () => this.#onPick(suggestion));
    return option;
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [at, option] of [...this.#list.children].entries()) {
      option.ariaSelected = String(at === index);
      if (at === index) option.scrollIntoView({ block: 'nearest' });
    }
    if (index === -1) this.#line.removeAttribute('aria-activedescendant');
    else this.#line.setAttribute('aria-activedescendant', `option-${index}`);
  }
}
