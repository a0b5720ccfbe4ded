import sharp from 'sharp';
import { UserError } from '../errors.ts';
import type { Picture } from './picture.ts';
import { isReadable, sniff } from './sniff.ts';

/** An image must be smaller than both. */
export const MAX_BYTES = 25_000_000;
const MAX_PIXELS = 60_000_000;

/** Pixels beyond this are of no use to a reader in a chat, nor, with a short side of at least `SHORT_SIDE`, to most encoders. */
const LONG_SIDE = 640;
const SHORT_SIDE = 320;

const TIME_LIMIT_SECONDS = 20;

interface Size {
  width: number;
  height: number;
}

/**
 * Decodes the first frame of an image, upright, in sRGB, no larger than it is of use.
 * Size and format are checked before anything is decoded; the work is done off the main thread.
 * @param shortSide pixels that the short side keeps at least, where it has them
 * @throws UserError `image-empty`, `image-too-large`, `image-format`, `image-too-many-pixels` or `image-broken`
 */
export async function decode(name: string, bytes: Uint8Array, shortSide = SHORT_SIDE): Promise<Picture> {
  if (bytes.length === 0) throw new UserError('image-empty', { name });
  if (bytes.length >= MAX_BYTES) throw new UserError('image-too-large', { name, megabytes: MAX_BYTES / 1e6 });
  const format = sniff(bytes);
  if (!isReadable(format)) throw new UserError('image-format', { name, format });

  const image = sharp(bytes, { failOn: 'error', limitInputPixels: false }).timeout({ seconds: TIME_LIMIT_SECONDS });
  const metadata = await image.metadata().catch((cause) => broken(name, cause));
  if (metadata.width * metadata.height >= MAX_PIXELS) {
    throw new UserError('image-too-many-pixels', { name, megapixels: MAX_PIXELS / 1e6 });
  }
  const { width, height } = metadata.autoOrient;
  const isInk = metadata.space === 'cmyk';
  const { data, info } = await (isInk
    ? image.pipelineColourspace('cmyk').toColourspace('cmyk')
    : image.toColourspace('srgb')
  )
    .autoOrient()
    .resize({ ...usefulSize(metadata.autoOrient, shortSide), fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause) => broken(name, cause));
  const pixels = isInk ? inkToLight(data) : data;
  const channels = info.channels === 4 && !isInk ? 4 : 3;
  const lossy = format === 'JPEG' || format === 'WebP' || format === 'AVIF';
  return { name, width, height, lossy, rows: info.height, columns: info.width, channels, pixels };
}

function usefulSize({ width, height }: Size, shortSide: number): Size {
  const scale = Math.min(1, Math.max(LONG_SIDE / Math.max(width, height), shortSide / Math.min(width, height)));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** CMYK to RGB as the reference does it (Pillow's Convert.c), without a profile: the encoders were trained on that. */
function inkToLight(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; from < cmyk.length; from += 4, to += 3) {
    const light = 255 - (cmyk[from + 3] ?? 0);
    for (let i = 0; i < 3; i++) rgb[to + i] = Math.round(((255 - (cmyk[from + i] ?? 0)) * light) / 255);
  }
  return rgb;
}

function broken(name: string, cause: unknown): never {
  throw new UserError('image-broken', { name }, { cause });
}
