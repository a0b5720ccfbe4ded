import sharp from 'sharp';
import type { Picture } from '../image/picture.ts';
import { type Filter, resample } from './resample.ts';

/** How a model's processor brings an image to its input size, as its `preprocessor_config.json` says. */
export interface Geometry {
  /** `shortest`: the short side becomes `height`, the proportions stay. `exact`: squashed to `width` and `height`. */
  resize: 'shortest' | 'exact';
  /** Pixels. */
  width: number;
  height: number;
  /** What is cut from the middle afterwards, or the whole. */
  crop: { width: number; height: number } | undefined;
  filter: Filter;
}

/**
 * The RGB pixels that the encoder receives, `height * width * 3`. Transparency is dropped, not blended, as the reference
 * does. transformers.js resizes without the antialiasing that the reference has, so the resizing is ours.
 */
export async function toInputPixels(picture: Picture, geometry: Geometry): Promise<Uint8Array> {
  const { columns, rows } = picture;
  const resized = resizedSize(picture, geometry);
  const crop = geometry.crop ?? resized;
  const left = Math.floor((resized.width - crop.width) / 2);
  const top = Math.floor((resized.height - crop.height) / 2);
  // What shrinks, shrinks first and off the main thread; only what is small then is left to be enlarged here.
  const shrunk = { width: Math.min(columns, resized.width), height: Math.min(rows, resized.height) };
  const image = sharp(opaque(picture), { raw: { width: columns, height: rows, channels: 3 } });
  image.resize({ ...shrunk, fit: 'fill', kernel: geometry.filter });
  if (shrunk.width === resized.width && shrunk.height === resized.height) {
    return image.extract({ left, top, width: crop.width, height: crop.height }).raw().toBuffer();
  }
  const across = { start: left, length: crop.width };
  const down = { start: top, length: crop.height };
  const size = { columns: shrunk.width, rows: shrunk.height };
  return resample(await image.raw().toBuffer(), size, resized, across, down, geometry.filter);
}

function opaque({ pixels, channels, rows, columns }: Picture): Uint8Array {
  if (channels === 3) return pixels;
  const rgb = new Uint8Array(rows * columns * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    rgb[to] = pixels[from] ?? 0;
    rgb[to + 1] = pixels[from + 1] ?? 0;
    rgb[to + 2] = pixels[from + 2] ?? 0;
  }
  return rgb;
}

function resizedSize({ width, height }: Picture, geometry: Geometry): { width: number; height: number } {
  if (geometry.resize === 'exact') return { width: geometry.width, height: geometry.height };
  const short = geometry.height;
  return width < height
    ? { width: short, height: Math.trunc((short * height) / width) }
    : { width: Math.trunc((short * width) / height), height: short };
}
