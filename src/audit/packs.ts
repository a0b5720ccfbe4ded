import { nearest } from '../clip/nearest.ts';
import { UserError } from '../errors.ts';
import { loadPack, type Pack, packIds } from './load-pack.ts';

const IMAGE_NAME = /\.(png|jpe?g|webp|gif|avif|bmp|tiff?|heic)$/i;

/** The packs of a folder, by name. */
export class Packs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  ids(): Promise<string[]> {
    return packIds(this.#folder);
  }

  /** @throws UserError `pack-unknown` with the nearest there is, `image-not-audited` for a picture's name, and what `loadPack` throws */
  async load(name: string): Promise<Pack> {
    const id = name.trim().toLowerCase();
    const ids = await this.ids();
    if (ids.includes(id)) return loadPack(this.#folder, id);
    if (IMAGE_NAME.test(id)) throw new UserError('image-not-audited', {});
    const [first = '', ...others] = ids;
    throw new UserError('pack-unknown', { name, nearest: nearest(id, [first, ...others]), packs: ids.join(', ') });
  }
}
