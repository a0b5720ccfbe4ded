import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Download } from './status.ts';

const noticeSchema = z.object({
  file: z.string(),
  bytes: z.number(),
  total: z.number().positive(),
  secondsLeft: z.number().optional(),
});

/** How far a download is, in a file for the processes that wait for it. Nothing depends on it: one that cannot be written is none. */
export class DownloadNotice {
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  tell(download: Download): void {
    this.#writing = this.#writing.then(() => writeFile(this.#path, JSON.stringify(download))).catch(() => {});
  }

  /** Takes it away, once what is being written is. */
  async end(): Promise<void> {
    await this.#writing;
    await rm(this.#path, { force: true });
  }

  /** What another process told last, or undefined where there is nothing, or it is being written this moment. */
  async read(): Promise<Download | undefined> {
    try {
      return noticeSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return undefined;
    }
  }
}
