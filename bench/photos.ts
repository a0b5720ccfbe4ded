import sharp from 'sharp';
import { uniform } from './random.ts';

const SIZE = { width: 1920, height: 1080 };
/** Cells across and their share of the contrast: large shapes, small ones, and grain. */
const OCTAVES = [
  { cells: 6, share: 0.6 },
  { cells: 60, share: 0.3 },
  { cells: 960, share: 0.1 },
];

/** Different JPEGs of 1920x1080, with the smooth shapes and the weight (about 400 kB) of photos. */
export async function photos(count: number): Promise<Uint8Array[]> {
  const canvas = { width: SIZE.width + count, height: SIZE.height };
  const pixels = await noise(canvas);
  const cut = (left: number) => sharp(pixels, { raw: { ...canvas, channels: 3 } }).extract({ left, top: 0, ...SIZE });
  return Promise.all(Array.from({ length: count }, (_, left) => cut(left).jpeg({ quality: 88 }).toBuffer()));
}

/** RGB, `height * width * 3`. */
async function noise({ width, height }: { width: number; height: number }): Promise<Uint8Array> {
  const sum = new Float32Array(width * height * 3);
  for (const { cells, share } of OCTAVES) {
    const rows = Math.ceil((cells * height) / width);
    const raw = { width: cells, height: rows, channels: 3 } as const;
    const coarse = Uint8Array.from(
      [...uniform(`octave ${cells}`, cells * rows * 3, 128, 128)].flatMap((piece) => [...piece]),
    );
    const fine = await sharp(coarse, { raw }).resize({ width, height, fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
    fine.forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + share * value;
    });
  }
  return Uint8Array.from(sum);
}
