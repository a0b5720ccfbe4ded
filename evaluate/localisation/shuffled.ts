import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { ModelFiles } from '../../src/clip/files.ts';
import type { ClipModel } from '../../src/clip/model.ts';
import type { Config } from '../../src/config.ts';
import { createModels } from '../../src/services.ts';
import { randomise } from './randomise.ts';

/**
 * Gives work a copy of a model whose vision encoder has shuffled weights, in a folder that is gone afterwards.
 * @param share of the weights, from the top down
 */
export async function withShuffled<T>(
  { folder, vision, dtype }: ModelFiles,
  config: Config,
  share: number,
  work: (model: ClipModel) => Promise<T>,
): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'cliplens-shuffled-'));
  try {
    await cp(folder, join(place, 'model'), { recursive: true, dereference: true });
    await randomise(join(place, 'model', relative(folder, vision)), 'shuffled', share);
    const own = { ...config, CLIP_MODEL: join(place, 'model'), CLIP_DTYPE: dtype, DATA_DIR: join(place, 'data') };
    const { models } = createModels(own);
    try {
      return await work(models.default);
    } finally {
      await models.close();
    }
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
