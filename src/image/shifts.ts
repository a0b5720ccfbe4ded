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

const SEED = 20210226;
const NOISE = 60;
const JPEG_QUALITY = 4;
const DEGREES = 30;
const CROPPED_TO = 0.5;
const LEVELS = 3;
const LAPLACE = { width: 3, height: 3, kernel: [-1, -1, -1, -1, 8, -1, -1, -1, -1], scale: 1 };

/** The shifted copies of a picture, the same each time; without silhouette and background where no foreground is found. */
export async function shiftPicture(picture: Picture): Promise<Shifted[]> {
  const opaque = await dropAlpha(picture);
  const foreground = await findForeground(picture);
  const whole = WHOLE.map(async (shift) => ({ shift, picture: await apply(shift, opaque) }));
  const cut = foreground ? CUT.map(async (shift) => ({ shift, picture: await cutOut(shift, opaque, foreground) })) : [];
  return Promise.all([...whole, ...cut]);
}

/** Without its transparency, which the encoder does not see either. */
export function dropAlpha(picture: Picture): Promise<Picture> {
  const { columns, rows, channels, pixels } = picture;
  return render(picture, sharp(pixels, { raw: { width: columns, height: rows, channels } }));
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
      return {
        ...picture,
        pixels: pixels.map((value) => Math.round((value / 255) * (LEVELS - 1)) * (255 / (LEVELS - 1))),
      };
    case 'inverted':
      return render(picture, image.negate());
  }
}

async function cutOut(shift: (typeof CUT)[number], picture: Picture, foreground: Uint8Array): Promise<Picture> {
  const { columns, rows, pixels } = picture;
  const ground = shift === 'silhouette' ? pixels.map(() => 255) : await clouds(columns, rows);
  const mixed = ground.map((below, i) => {
    const share = (foreground[Math.floor(i / 3)] ?? 0) / 255;
    const above = shift === 'silhouette' ? 0 : (pixels[i] ?? 0);
    return Math.round(share * above + (1 - share) * below);
  });
  return { ...picture, pixels: mixed };
}

/** Light where lightness changes. */
function outline(image: Sharp): Promise<Buffer> {
  return image.greyscale().blur(1).convolve(LAPLACE).linear(4, 0).extractChannel(0).raw().toBuffer();
}

/** Normally distributed, by the sum of four even ones. */
function addNoise(pixels: Uint8Array): Uint8Array {
  const random = seeded(SEED);
  return pixels.map((value) => {
    const noise = (random() + random() + random() + random() - 2) * Math.sqrt(3) * NOISE;
    return Math.max(0, Math.min(255, Math.round(value + noise)));
  });
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
  const pixels =
    info.channels === 1 ? Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)] ?? 0) : data;
  return { ...picture, width, height, columns: width, rows: height, channels: 3, pixels };
}
