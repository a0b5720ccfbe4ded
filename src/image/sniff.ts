/** What the first bytes of a file say it is. Names and media types are not asked: they lie. */
export type Format =
  | 'JPEG'
  | 'PNG'
  | 'WebP'
  | 'GIF'
  | 'AVIF'
  | 'HEIC'
  | 'SVG'
  | 'TIFF'
  | 'BMP'
  | 'PDF'
  | 'text'
  | 'unknown';

const READABLE: ReadonlySet<Format> = new Set(['JPEG', 'PNG', 'WebP', 'GIF', 'AVIF']);

export function isReadable(format: Format): boolean {
  return READABLE.has(format);
}

export function sniff(bytes: Uint8Array): Format {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 512));
  const ascii = head.toString('latin1');
  if (ascii.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (ascii.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'WebP';
  if (ascii.startsWith('GIF8')) return 'GIF';
  if (ascii.slice(4, 8) === 'ftyp') return /^(avif|avis)/.test(ascii.slice(8, 12)) ? 'AVIF' : 'HEIC';
  if (ascii.startsWith('II*\0') || ascii.startsWith('MM\0*')) return 'TIFF';
  if (ascii.startsWith('BM')) return 'BMP';
  if (ascii.startsWith('%PDF')) return 'PDF';
  if (/^\s*(<\?xml[\s\S]*|<!--[\s\S]*|<!DOCTYPE svg[\s\S]*)?<svg[\s>]/i.test(head.toString('utf8'))) return 'SVG';
  return isText(head) ? 'text' : 'unknown';
}

function isText(head: Buffer): boolean {
  return !head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
}
