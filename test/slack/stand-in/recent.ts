/** The latest of something, so that a long bench needs no more memory than a short one. */
export class Recent<T> implements Iterable<T> {
  #items: T[] = [];
  readonly #most: number;

  constructor(most = 1000) {
    this.#most = most;
  }

  add(item: T): void {
    this.#items.push(item);
    if (this.#items.length > 2 * this.#most) this.#items = this.#items.slice(-this.#most);
  }

  clear(): void {
    this.#items = [];
  }

  get all(): readonly T[] {
    return this.#items.slice(-this.#most);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.all[Symbol.iterator]();
  }
}
