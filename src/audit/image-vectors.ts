import type { ClipModel } from '../clip/model.ts';
import { decode } from '../image/decode.ts';
import type { Picture } from '../image/picture.ts';
import type { OnProgress } from '../progress.ts';
import { PromiseCache } from '../promise-cache.ts';
import type { LoadedImage } from './load-pack.ts';

/** As many as the encoder takes at once. */
const BATCH = 8;

/** About 8 MB at 512 dimensions: all packs with several models. */
const KEPT = 4000;

type StoredImage = Pick<LoadedImage, 'file' | 'sha256' | 'read'>;

/** The vectors of packs' images, so that each image is encoded once by each model, whatever is asked of it. */
export class ImageVectors {
  readonly #vectors = new PromiseCache<Float32Array>(KEPT);

  /** Decodes what has no vector yet, so that one that is broken is told before any is encoded. @throws UserError as `decode` */
  async check(model: ClipModel, images: readonly StoredImage[], onProgress: OnProgress): Promise<void> {
    const { sha256 } = await model.info();
    const missing = images.filter((image) => !this.#vectors.has(`${sha256} ${image.sha256}`));
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      await Promise.all(batch.map(open));
      onProgress(start + batch.length, missing.length);
    }
  }

  /** @returns a vector for each image, in their order; progress is that of those which have none yet */
  async of(model: ClipModel, images: readonly StoredImage[], onProgress: OnProgress): Promise<Float32Array[]> {
    const { sha256 } = await model.info();
    const missing: { image: StoredImage; settle: PromiseWithResolve }[] = [];
    const vectors = images.map((image) =>
      this.#vectors.get(`${sha256} ${image.sha256}`, () => {
        const settle = promiseWithResolve();
        missing.push({ image, settle });
        return settle.promise;
      }),
    );
    const all = Promise.all(vectors);
    all.catch(() => {});
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      try {
        const pictures = await Promise.all(batch.map(({ image }) => open(image)));
        const embedded = await model.embedImages(pictures);
        for (const [i, { settle }] of batch.entries()) settle.resolve(embedded[i] ?? new Float32Array());
        onProgress(start + batch.length, missing.length);
      } catch (error) {
        for (const { settle } of missing.slice(start)) settle.reject(error);
        break;
      }
    }
    return all;
  }
}

async function open({ file, read }: StoredImage): Promise<Picture> {
  return decode(file, await read());
}

interface PromiseWithResolve {
  promise: Promise<Float32Array>;
  resolve(vector: Float32Array): void;
  reject(error: unknown): void;
}

function promiseWithResolve(): PromiseWithResolve {
  let resolve: PromiseWithResolve['resolve'] = () => {};
  let reject: PromiseWithResolve['reject'] = () => {};
  const promise = new Promise<Float32Array>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
