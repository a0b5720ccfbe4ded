/** A message as it was written, with its images: most often it is sent again with other words. */
export interface Draft {
  text: string;
  files: readonly File[];
}

/** What was sent before, to walk back through and forth again to what was being written. */
export class History {
  readonly #sent: Draft[] = [];
  #unsent: Draft = { text: '', files: [] };
  #steps = 0;

  add(draft: Draft): void {
    this.#sent.push(draft);
    this.#steps = 0;
  }

  /** The message before, from an empty line or one that was brought back and not changed since. */
  back(current: Draft): Draft | undefined {
    if (!this.#isShown(current) && current.text !== '') return undefined;
    if (!this.#isShown(current)) this.#steps = 0;
    if (this.#steps === this.#sent.length) return undefined;
    if (this.#steps === 0) this.#unsent = current;
    this.#steps += 1;
    return this.#sent.at(-this.#steps);
  }

  /** The message after, in the end what was being written. */
  forth(current: Draft): Draft | undefined {
    if (!this.#isShown(current)) return undefined;
    this.#steps -= 1;
    return this.#steps === 0 ? this.#unsent : this.#sent.at(-this.#steps);
  }

  #isShown(current: Draft): boolean {
    return this.#steps > 0 && this.#sent.at(-this.#steps)?.text === current.text;
  }
}
