import type { ClipModel } from '../clip/model.ts';
import type { OnProgress } from '../progress.ts';
import { PromiseCache } from '../promise-cache.ts';
import { ImageVectors } from './image-vectors.ts';
import type { Pack } from './load-pack.ts';
import { type Audit, audit, compareModels, type ModelDifference } from './run.ts';

/** Some 500 kB each. */
const KEPT = 50;

/** Runs of packs: each is made once, so that what is asked about it afterwards costs nothing. */
export class Audits {
  readonly #vectors = new ImageVectors();
  readonly #runs = new PromiseCache<Audit>(KEPT);
  readonly #differences = new PromiseCache<ModelDifference[]>(KEPT);

  /** @throws UserError for an image of a pack that cannot be read, where its vector is not known yet */
  async check(model: ClipModel, { images }: Pack, onProgress: OnProgress): Promise<void> {
    await this.#vectors.check(model, images, onProgress);
  }

  async run(model: ClipModel, pack: Pack, seed: number, onProgress: OnProgress): Promise<Audit> {
    const key = [await nameOf(model), pack.sha256, seed].join(' ');
    return this.#runs.get(key, () => audit(model, { pack, seed, vectors: this.#vectors, onProgress }));
  }

  /** What the first model shows beyond the second, on the same drawings. */
  async compare(
    [one, other]: readonly [ClipModel, ClipModel],
    pack: Pack,
    seed: number,
    onProgress: OnProgress,
  ): Promise<ModelDifference[]> {
    const key = [await nameOf(one), await nameOf(other), pack.sha256, seed].join(' ');
    return this.#differences.get(key, () =>
      compareModels([one, other], { pack, seed, vectors: this.#vectors, onProgress }),
    );
  }
}

/** All that a result depends on: the weights, and the scale that stands beside them. */
async function nameOf(model: ClipModel): Promise<string> {
  const { sha256, logitScale } = await model.info();
  return `${sha256} ${logitScale}`;
}
