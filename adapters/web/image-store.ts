import { randomBytes } from 'node:crypto';
import type { ReplyImage } from '../../src/chat/reply.ts';

/** How long an image of an answer can be fetched. */
export const IMAGE_SECONDS = 15 * 60;

interface Limits {
  count: number;
  bytes: number;
}

/** Holds the images of recent answers in memory, the oldest giving way, at addresses nobody can guess. */
export class ImageStore {
  readonly #limits: Limits;
  readonly #images = new Map<string, ReplyImage>();
  #bytes = 0;

  constructor(limits: Limits = { count: 500, bytes: 128 * 1024 * 1024 }) {
    this.#limits = limits;
  }

  /** Keeps an image for `IMAGE_SECONDS`, or less where newer ones need the room, and returns its path. */
  keep(image: ReplyImage): string {
    const id = randomBytes(16).toString('base64url');
    this.#images.set(id, image);
    this.#bytes += image.bytes.length;
    setTimeout(() => this.#drop(id), IMAGE_SECONDS * 1000).unref();
    for (const oldest of this.#images.keys()) {
      if (this.#images.size <= this.#limits.count && this.#bytes <= this.#limits.bytes) break;
      this.#drop(oldest);
    }
    return `/images/${id}/${encodeURIComponent(image.name)}`;
  }

  find(id: string): ReplyImage | undefined {
    return this.#images.get(id);
  }

  #drop(id: string): void {
    this.#bytes -= this.#images.get(id)?.bytes.length ?? 0;
    this.#images.delete(id);
  }
}
