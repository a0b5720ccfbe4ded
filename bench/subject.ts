import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { readConfig } from '../src/config.ts';

/** Both sides of every comparison may use as many threads. */
export const THREADS = 2;

interface Question {
  photo: Uint8Array;
  labels: readonly string[];
  template?: string;
}

/** Cliplens as `main.ts` builds it, on one model, with a store of its own. */
export interface Subject {
  /**
   * Sends `/classify` through dispatch: bytes of a JPEG in, bytes of the annotated image out.
   * @throws Error where the answer is not that
   */
  classify(question: Question): Promise<Uint8Array>;
  /** The same with `/detect`. */
  detect(question: Question): Promise<Uint8Array>;
  close(): Promise<void>;
}

export async function openSubject(model: string): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-bench-data-'));
  const config = readConfig({ CLIP_MODEL: model, ENCODER_THREADS: String(THREADS), DATA_DIR: folder });
  const { dispatch, services } = await createApp(config, pino({ level: 'silent' }));
  await services.model.load();
  let asked = 0;
  const ask = async (command: string, { photo, labels, template }: Question) => {
    asked += 1;
    const outcome = await dispatch({
      command,
      options: { labels: labels.join(', '), ...(template === undefined ? {} : { template }) },
      archives: [],
      images: [
        { name: 'photo.jpg', mediaType: 'image/jpeg', size: photo.length, ref: 'photo', fetch: async () => photo },
      ],
      actor: { id: `bench:${asked}`, isManager: false, isOperator: true },
      channel: 'bench',
      locale: 'en',
    });
    if (outcome.kind === 'error') throw new Error(`/${command} answered ${outcome.code}: ${outcome.message}`);
    const [image] = outcome.reply.images;
    if (!image) throw new Error(`/${command} answered without an image`);
    return image.bytes;
  };
  return {
    classify: (question) => ask('classify', question),
    detect: (question) => ask('detect', question),
    async close() {
      await services.close();
      await rm(folder, { recursive: true });
    },
  };
}
