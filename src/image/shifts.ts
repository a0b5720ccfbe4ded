import sharp, { type Sharp } from 'sharp';
import { findForeground } from './foreground.ts';
import type { Picture } from './picture.ts';
import { seeded } from './random.ts';

/** Ways in which pictures differ from those that a model learned from. */
const WHOLE = [
  'grey',
  'blur',
  'noise',
  'jpeg',
  'rotated',
  'cropped',
  'edges',
  'sketch',
  'posterised',
  'inverted',
] as const;
/** These need a foreground. */
const CUT = ['silhouette', 'background'] as const;
export type Shift = (typeof WHOLE)[number] | (typeof CUT)[number];

interface Shifted {
  shift: Shift;
  picture: Picture;
}

/** Pixels along the long side. */
const LONGEST = 4096;
const SEED = 20210226;
const NOISE = 60;
/** Noise for a prime number of values, so that it does not repeat in columns; normal, by the sum of four even ones. */
const GRAIN = grain(65_521);
const JPEG_QUALITY = 4;
const DEGREES = 30;
const CROPPED_TO = 0.5;
const LEVELS = 3;
/** What each value becomes when there are but so many. */
const SHADES = Uint8Array.from(
  { length: 256 },
  (_, value) => Math.round((value / 255) * (LEVELS - 1)) * (255 / (LEVELS - 1)),
);
const LAPLACE = { width: 3, height: 3, kernel: [-1, -1, -1, -1, 8, -1, -1, -1, -1], scale: 1 };

/** The shifted copies of a picture, the same each time; without silhouette and background where no foreground is found. */
export async function shiftPicture(picture: Picture): Promise<Shifted[]> {
  const opaque = await dropAlpha(picture);
  const foreground = await findForeground(await shorten(picture));
  const whole = WHOLE.map(async (shift) => ({ shift, picture: await apply(shift, opaque) }));
  const cut = foreground ? CUT.map(async (shift) => ({ shift, picture: await cutOut(shift, opaque, foreground) })) : [];
  return Promise.all([...whole, ...cut]);
}

/** Without its transparency, which the encoder does not see either, and not longer than is of use. */
export async function dropAlpha(picture: Picture): Promise<Picture> {
  const short = await shorten(picture);
  const { columns, rows, channels, pixels } = short;
  return render(short, sharp(pixels, { raw: { width: columns, height: rows, channels } }));
}

/** Turned, a strip of 100,000 pixels would take gigabytes, and no JPEG is as long. */
async function shorten(picture: Picture): Promise<Picture> {
  const { columns, rows, channels, pixels } = picture;
  const scale = LONGEST / Math.max(columns, rows);
  if (scale >= 1) return picture;
  const width = Math.max(1, Math.round(columns * scale));
  const height = Math.max(1, Math.round(rows * scale));
  const image = sharp(pixels, { raw: { width: columns, height: rows, channels } });
  const smaller = await image.resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { ...picture, columns: width, rows: height, pixels: smaller };
}

async function apply(shift: (typeof WHOLE)[number], picture: Picture): Promise<Picture> {
  const { columns, rows, pixels } = picture;
  const image = sharp(pixels, { raw: { width: columns, height: rows, channels: 3 } });
  const short = Math.min(columns, rows);
  switch (shift) {
    case 'grey':
      return render(picture, image.greyscale());
    case 'blur':
      return render(picture, image.blur(Math.max(0.3, short * 0.03)));
    case 'noise':
      return { ...picture, pixels: addNoise(pixels) };
    case 'jpeg':
      return render(picture, sharp(await image.jpeg({ quality: JPEG_QUALITY }).toBuffer()));
    case 'rotated':
      return render(picture, image.rotate(DEGREES, { background: edgeColour(picture) }));
    case 'cropped': {
      const width = Math.max(1, Math.round(columns * CROPPED_TO));
      const height = Math.max(1, Math.round(rows * CROPPED_TO));
      const [left, top] = [Math.floor((columns - width) / 2), Math.floor((rows - height) / 2)];
      return render(picture, image.extract({ left, top, width, height }));
    }
    case 'edges':
      return render(picture, sharp(await outline(image), { raw: { width: columns, height: rows, channels: 1 } }));
    case 'sketch':
      return render(
        picture,
        sharp(await outline(image), { raw: { width: columns, height: rows, channels: 1 } }).negate(),
      );
    case 'posterised':
      return { ...picture, pixels: posterise(pixels) };
    case 'inverted':
      return render(picture, image.negate());
  }
}

async function cutOut(shift: (typeof CUT)[number], picture: Picture, foreground: Buffer): Promise<Picture> {
  const { columns: width, rows: height, pixels } = picture;
  const mask = { width, height, channels: 1 } as const;
  if (shift === 'silhouette') return render(picture, sharp(foreground, { raw: mask }).negate());
  const object = sharp(pixels, { raw: { width, height, channels: 3 } }).joinChannel(foreground, { raw: mask });
  const input = await object.raw().toBuffer();
  const ground = sharp(await clouds(width, height), { raw: { width, height, channels: 3 } });
  return render(picture, ground.composite([{ input, raw: { width, height, channels: 4 } }]));
}

/** Light where lightness changes. */
function outline(image: Sharp): Promise<Buffer> {
  return image.greyscale().blur(1).convolve(LAPLACE).linear(4, 0).extractChannel(0).raw().toBuffer();
}

function grain(length: number): Int16Array {
  const random = seeded(SEED);
  return Int16Array.from({ length }, () => {
    const sum = random() + random() + random() + random();
    return Math.round((sum - 2) * Math.sqrt(3) * NOISE);
  });
}

/** Loops here and below, as a call for each of a million values would hold up the main thread. */
function addNoise(pixels: Uint8Array): Uint8Array {
  const noisy = new Uint8ClampedArray(pixels.length);
  for (let i = 0; i < pixels.length; i++) noisy[i] = (pixels[i] ?? 0) + (GRAIN[i % GRAIN.length] ?? 0);
  return new Uint8Array(noisy.buffer);
}

function posterise(pixels: Uint8Array): Uint8Array {
  const posterised = new Uint8Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) posterised[i] = SHADES[pixels[i] ?? 0] ?? 0;
  return posterised;
}

/** A ground of soft colours that no object has. */
async function clouds(width: number, height: number): Promise<Uint8Array> {
  const random = seeded(SEED);
  const seeds = Uint8Array.from({ length: 6 * 6 * 3 }, () => Math.floor(256 * random()));
  const raw = { width: 6, height: 6, channels: 3 } as const;
  return sharp(seeds, { raw }).resize(width, height, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
}

function edgeColour({ columns, rows, pixels }: Picture): { r: number; g: number; b: number } {
  const corners = [0, columns - 1, (rows - 1) * columns, rows * columns - 1];
  const mean = (c: number) =>
    Math.round(corners.reduce((sum, at) => sum + (pixels[3 * at + c] ?? 0), 0) / corners.length);
  return { r: mean(0), g: mean(1), b: mean(2) };
}

async function render(picture: Picture, image: Sharp): Promise<Picture> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  // What is grey comes back with one channel.
  const pixels = info.channels === 1 ? triple(data) : data;
  return { ...picture, width, height, columns: width, rows: height, channels: 3, pixels };
}

function triple(grey: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(3 * grey.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = grey[Math.floor(i / 3)] ?? 0;
  return pixels;
}
