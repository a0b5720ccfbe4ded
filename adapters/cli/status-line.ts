/** A line on standard error that is rewritten on a terminal; elsewhere each one stays. */
export class StatusLine {
  readonly isRewritten = process.stderr.isTTY;
  #isShown = false;

  show(line: string): void {
    this.#isShown = true;
    process.stderr.write(this.isRewritten ? `\r\x1b[K${line}` : `${line}\n`);
  }

  clear(): void {
    if (this.isRewritten && this.#isShown) process.stderr.write('\r\x1b[K');
    this.#isShown = false;
  }
}
