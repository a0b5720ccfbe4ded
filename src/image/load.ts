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

/** As `loadPicture`, with so many pixels on the short side at least, where it has them. */
export async function loadFinePicture(source: Source, shortSide: number | undefined): Promise<Picture> {
  if (source.size >= MAX_BYTES) {
    throw new UserError('image-too-large', { name: source.name, megabytes: MAX_BYTES / 1e6 });
  }
  return decode(source.name, await source.fetch(), shortSide);
}
