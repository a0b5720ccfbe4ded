import sharp from 'sharp';
import type { Picture } from '../image/picture.ts';
import { PALETTE } from './palette.ts';
import type { Raster } from './raster.ts';

interface Size {
  width: number;
  height: number;
}

const TINY = 96;
const TINY_SHOWN = 192;
const CHECK = 12;

/**
 * The size at which `picture` is shown in `box`: scaled down if larger; enlarged by a whole factor, towards 192 pixels,
 * if smaller than 96 both ways; else pixel for pixel.
 */
export function fitPicture({ columns, rows }: Picture, box: Size): Size {
  const longest = Math.max(columns, rows);
  const scale = longest < TINY ? Math.floor(TINY_SHOWN / longest) : Math.min(1, box.width / columns, box.height / rows);
  return { width: Math.max(1, Math.round(columns * scale)), height: Math.max(1, Math.round(rows * scale)) };
}

/** Draws the picture at the size `shown` in the middle of a neutral stage; what is transparent shows a checkerboard. */
export async function drawStage(picture: Picture, shown: Size, stage: Size): Promise<Raster> {
  const { columns, rows, channels, pixels } = picture;
  const isWhole = columns === stage.width && rows === stage.height && channels === 3;
  if (isWhole) return { ...stage, pixels };
  const left = Math.floor((stage.width - shown.width) / 2);
  const top = Math.floor((stage.height - shown.height) / 2);
  const image = sharp(pixels, { raw: { width: columns, height: rows, channels } })
    .resize(shown.width, shown.height, { fit: 'fill', kernel: shown.width > columns ? 'nearest' : 'lanczos3' })
    .extend({
      left,
      top,
      right: stage.width - shown.width - left,
      bottom: stage.height - shown.height - top,
      background: PALETTE.stage,
    });
  if (channels === 4) image.composite([{ input: checkerboard(stage), tile: true, blend: 'dest-over' }]).removeAlpha();
  return { ...stage, pixels: await image.raw().toBuffer() };
}

/** Makes a square of so many pixels a side of each pixel. */
export async function scaleUp({ width, height, pixels }: Raster, factor: number): Promise<Raster> {
  const size = { width: width * factor, height: height * factor };
  const image = sharp(pixels, { raw: { width, height, channels: 3 } });
  return { ...size, pixels: await image.resize(size.width, size.height, { kernel: 'nearest' }).raw().toBuffer() };
}

/** A tile of it, which must not be larger than the stage that it covers. */
function checkerboard({ width, height }: Size): Buffer {
  const size = `width="${Math.min(width, 2 * CHECK)}" height="${Math.min(height, 2 * CHECK)}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>` +
      `<path fill="${PALETTE.checkLight}" d="M0 0H${2 * CHECK}V${2 * CHECK}H0Z"/>` +
      `<path fill="${PALETTE.checkDark}" d="M0 0H${CHECK}V${2 * CHECK}H${2 * CHECK}V${CHECK}H0Z"/></svg>`,
  );
}
