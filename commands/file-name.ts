import type { Drawing } from '../src/draw/raster.ts';

/** The name of a drawing's file: that of the image it was made from, and what was done with it. */
export function fileName(image: string, done: string, { mediaType }: Pick<Drawing, 'mediaType'>): string {
  return `${baseName(image)}-${done}.${mediaType === 'image/png' ? 'png' : 'jpg'}`;
}

/** Of a file's name what is safe everywhere, and short enough for what is appended: a file name holds 255 bytes. */
function baseName(name: string): string {
  const safe = name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return [...safe].slice(0, 50).join('') || 'image';
}
