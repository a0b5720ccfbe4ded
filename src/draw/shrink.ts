import sharp from 'sharp';

/** Tried in this order: first what is hardly seen, then fewer pixels. */
const STEPS = [
  { scale: 1, quality: 85 },
  { scale: 1, quality: 65 },
  { scale: 0.7, quality: 65 },
  { scale: 0.5, quality: 60 },
  { scale: 0.3, quality: 50 },
];

/**
 * Encodes a drawing as a smaller JPEG.
 * @returns the largest that has at most so many bytes, or none where all have more
 */
export async function shrink(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const { width } = await sharp(bytes).metadata();
  for (const { scale, quality } of STEPS) {
    const smaller = await sharp(bytes)
      .resize({ width: Math.max(1, Math.round(width * scale)) })
      .flatten({ background: 'white' })
      .jpeg({ quality })
      .toBuffer();
    if (smaller.length <= limit) return smaller;
  }
  return undefined;
}
