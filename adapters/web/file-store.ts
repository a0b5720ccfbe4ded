import { randomBytes } from 'node:crypto';

/** How long what came with an answer can be fetched. */
export const KEPT_SECONDS = 15 * 60;

interface Limits {
  count: number;
  bytes: number;
}

interface Kept {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** Holds what came with recent answers in memory, the oldest giving way, at addresses nobody can guess. */
export class FileStore {
  readonly #limits: Limits;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(limits: Limits = { count: 500, bytes: 128 * 1024 * 1024 }) {
    this.#limits = limits;
  }

  /** Keeps it for `KEPT_SECONDS`, or less where newer ones need the room. @returns the last two parts of its path */
  keep(kept: Kept): string {
    const id = randomBytes(16).toString('base64url');
    this.#kept.set(id, kept);
    this.#bytes += kept.bytes.length;
    setTimeout(() => this.#drop(id), KEPT_SECONDS * 1000).unref();
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#limits.count && this.#bytes <= this.#limits.bytes) break;
      this.#drop(oldest);
    }
    return `${id}/${encodeURIComponent(kept.name)}`;
  }

  find(id: string): Kept | undefined {
    return this.#kept.get(id);
  }

  #drop(id: string): void {
    this.#bytes -= this.#kept.get(id)?.bytes.length ?? 0;
    this.#kept.delete(id);
  }
}
