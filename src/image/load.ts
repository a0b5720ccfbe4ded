import { UserError } from '../errors.ts';
import { decode, MAX_BYTES } from './decode.ts';
import type { Picture } from './picture.ts';

interface Source {
  name: string;
  size: number;
  fetch(): Promise<Uint8Array>;
}

/** Fetches and decodes an image; one that says it is too large is not even fetched. */
export async function loadPicture(source: Source): Promise<Picture> {
  if (source.size >= MAX_BYTES) {
    throw new UserError('image-too-large', { name: source.name, megabytes: MAX_BYTES / 1e6 });
  }
  return decode(source.name, await source.fetch());
}
