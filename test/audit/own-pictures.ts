import sharp from 'sharp';
import type { FileReference } from '../../src/chat/request.ts';
import { type Entry, zip } from '../archive/zip.ts';

/** Pictures of a disc in a colour, each of another size and place, as PNG, JPEG and WebP in turns. */
export async function discs(folder: string, colour: string, count: number, from = 0): Promise<Entry[]> {
  const all = Array.from({ length: count }, async (_, k) => {
    const i = from + k;
    const disc = `<circle cx="${30 + ((7 * i) % 40)}" cy="${66 - ((5 * i) % 30)}" r="${14 + (i % 9)}" fill="${colour}"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${96 + i}" height="96"><rect width="100%" height="100%" fill="white"/>${disc}</svg>`;
    const format = (['png', 'jpeg', 'webp'] as const)[i % 3] ?? 'png';
    return { path: `${folder}/${i}.${format}`, content: await sharp(Buffer.from(svg)).toFormat(format).toBuffer() };
  });
  return Promise.all(all);
}

export function sent(entries: readonly Entry[], name = 'photos.zip'): FileReference {
  const bytes = zip(entries);
  return { name, mediaType: 'application/zip', size: bytes.length, ref: name, fetch: async () => bytes };
}
