import { cutToWidth } from './width.ts';

/** A line on standard error that is rewritten on a terminal; elsewhere each one stays. */
export class StatusLine {
  readonly isRewritten = process.stderr.isTTY;
  #isShown = false;

  show(line: string): void {
    this.#isShown = true;
    // One that goes on in the next row could not be rewritten. A terminal that does not know its width has none.
    const room = (process.stderr.columns || Number.POSITIVE_INFINITY) - 1;
    process.stderr.write(this.isRewritten ? `\r\x1b[K${cutToWidth(line, room)}` : `${line}\n`);
  }

  clear(): void {
    if (this.isRewritten && this.#isShown) process.stderr.write('\r\x1b[K');
    this.#isShown = false;
  }
}
