import sharp from 'sharp';
import type { Picture } from './picture.ts';

/** Long side of the copy on which the background is sought. */
const SOUGHT_AT = 160;
/** How far a channel may be from the colour at the edge where the background began. */
const TOLERANCE = 28;
/** Less or more of the picture than this is no object before a background. */
const SHARE = { least: 0.02, most: 0.9 };

/**
 * What stands before the background, 255 where it is, `rows * columns`: by the file's own transparency or, where it has
 * none, all that cannot be reached from the edges over pixels of the edge's colours. That finds things on plain grounds and
 * loses those that touch the edge.
 * @returns nothing where no such ground is found
 */
export async function findForeground(picture: Picture): Promise<Buffer | undefined> {
  const { rows, columns, channels, pixels } = picture;
  const image = sharp(pixels, { raw: { width: columns, height: rows, channels } });
  if (channels === 4) {
    const alpha = await image.clone().extractChannel(3).raw().toBuffer();
    if (isShare(alpha)) return alpha;
  }
  const scale = Math.min(1, SOUGHT_AT / Math.max(columns, rows));
  const width = Math.max(1, Math.round(columns * scale));
  const height = Math.max(1, Math.round(rows * scale));
  const small = await image.removeAlpha().resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const mask = flood(small, width, height);
  if (!isShare(mask)) return undefined;
  const raw = { width, height, channels: 1 } as const;
  return sharp(mask, { raw }).resize(columns, rows, { fit: 'fill' }).extractChannel(0).raw().toBuffer();
}

function isShare(mask: Uint8Array): boolean {
  const share = mask.reduce((sum, value) => sum + value, 0) / (255 * mask.length);
  return share >= SHARE.least && share <= SHARE.most;
}

/** Every edge pixel floods what is like itself. @returns 255 where no flood came */
function flood(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height).fill(255);
  const isLike = (at: number, seed: number) =>
    [0, 1, 2].every((c) => Math.abs((pixels[3 * at + c] ?? 0) - (pixels[3 * seed + c] ?? 0)) <= TOLERANCE);
  for (const seed of edge(width, height)) {
    const waiting = mask[seed] === 255 ? [seed] : [];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (mask[at] === 0 || !isLike(at, seed)) continue;
      mask[at] = 0;
      const x = at % width;
      if (x > 0) waiting.push(at - 1);
      if (x < width - 1) waiting.push(at + 1);
      if (at >= width) waiting.push(at - width);
      if (at < width * (height - 1)) waiting.push(at + width);
    }
  }
  return mask;
}

function edge(width: number, height: number): number[] {
  const rows = Array.from({ length: height }, (_, y) => [y * width, y * width + width - 1]);
  const columns = Array.from({ length: width }, (_, x) => [x, (height - 1) * width + x]);
  return [...columns, ...rows].flat();
}
