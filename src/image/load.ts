import { UserError } from '../errors.ts';
import { decode, MAX_BYTES } from './decode.ts';
import type { Picture } from './picture.ts';

interface Source {
  name: string;
  size: number;
  fetch(): Promise<Uint8Array>;
}

/** Fetches and decodes an image; one that says it is too large is not even fetched. */
export function loadPicture(source: Source): Promise<Picture> {
  return loadFinePicture(source, undefined);
}

/**
 * The picture of a command that takes one.
 * @param shortSide so many pixels there at least, where it has them
 * @throws UserError `image-missing`, and as `loadPicture`
 */
export async function loadOnlyPicture([source]: readonly Source[], shortSide?: number): Promise<Picture> {
  if (!source) throw new UserError('image-missing', {});
  return loadFinePicture(source, shortSide);
}

async function loadFinePicture(source: Source, shortSide: number | undefined): Promise<Picture> {
  if (source.size >= MAX_BYTES) {
    throw new UserError('image-too-large', { name: source.name, megabytes: MAX_BYTES / 1e6 });
  }
  return decode(source.name, await source.fetch(), shortSide);
}
