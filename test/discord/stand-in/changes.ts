/** Lets many wait until something holds; it is looked at again after every change. */
export class Changes {
  readonly #looks = new Set<() => void>();

  happened(): void {
    for (const look of [...this.#looks]) look();
  }

  /** @throws Error with `describe()` when `holds` is still false after so many milliseconds */
  until(holds: () => boolean, milliseconds: number, describe: () => string): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        this.#looks.delete(look);
        finish();
      };
      const look = () => {
        if (holds()) end(resolve);
      };
      const timer = setTimeout(
        () => end(() => reject(new Error(`${describe()} within ${milliseconds} ms`))),
        milliseconds,
      );
      this.#looks.add(look);
    });
  }
}
