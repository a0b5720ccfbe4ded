import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/image/decode.ts';
import { loadPicture } from '../../src/image/load.ts';

const IMAGES = fileURLToPath(new URL('../fixtures/images/', import.meta.url));
const decodeFile = async (name: string) => decode(name, await readFile(IMAGES + name));

describe('decode', () => {
  it.each([
    ['zero.png', 'image-empty', {}],
    ['text.png', 'image-format', { format: 'text' }],
    ['picture.svg', 'image-format', { format: 'SVG' }],
    ['picture.heic', 'image-format', { format: 'HEIC' }],
    ['truncated.jpg', 'image-broken', {}],
    ['bomb-60mp.png', 'image-too-many-pixels', { megapixels: 60 }],
  ])('refuses %s with %s', async (file, code, parameters) => {
    await expect(decodeFile(`bad/${file}`)).rejects.toMatchObject({
      code,
      parameters: { name: `bad/${file}`, ...parameters },
    });
  });

  it('refuses 25 MB before looking at it', async () => {
    await expect(decode('big.png', new Uint8Array(25_000_000))).rejects.toMatchObject({ code: 'image-too-large' });
  });

  it('does not even fetch what says it is too large', async () => {
    const fetch = () => Promise.reject(new Error('fetched'));
    await expect(loadPicture({ name: 'big.png', size: 25_000_000, fetch })).rejects.toMatchObject({
      code: 'image-too-large',
    });
  });

  it('refuses a PNG, a WebP and a GIF that were cut off', async () => {
    for (const name of ['rgba.png', 'lossless.webp', 'animation.gif']) {
      const bytes = await readFile(IMAGES + name);
      for (const share of [0.1, 0.3]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        await expect(decode(name, cut), `${name} ${share}`).rejects.toMatchObject({ code: 'image-broken' });
      }
    }
  });

  it('reads a file by its bytes, whatever its name', async () => {
    expect(await decodeFile('bad/wrong-extension.png')).toMatchObject({ lossy: true });
  });

  it('takes the first frame of an animation', async () => {
    const first = await sharp(await readFile(`${IMAGES}animation.gif`))
      .removeAlpha()
      .raw()
      .toBuffer();
    const { pixels, channels } = await decodeFile('animation.gif');
    const rgb = channels === 3 ? pixels : pixels.filter((_, i) => i % 4 !== 3);
    expect(Buffer.compare(Buffer.from(rgb), first)).toBe(0);
  });

  it('keeps transparency, and the exact pixels of a small file', async () => {
    const { pixels, channels } = await decodeFile('rgba.png');
    const original = await sharp(await readFile(`${IMAGES}rgba.png`))
      .raw()
      .toBuffer();
    expect(channels).toBe(4);
    expect(Buffer.compare(Buffer.from(pixels), original)).toBe(0);
  });

  it('turns all eight orientations upright', async () => {
    const reference = await decodeFile('exif-1.jpg');
    for (let orientation = 2; orientation <= 8; orientation++) {
      const { width, height, pixels } = await decodeFile(`exif-${orientation}.jpg`);
      expect([width, height]).toEqual([reference.width, reference.height]);
      const difference = pixels.reduce((sum, value, i) => sum + Math.abs(value - (reference.pixels[i] ?? 0)), 0);
      expect(difference / pixels.length, `orientation ${orientation}`).toBeLessThan(8);
    }
  });

  it('decodes a large picture no larger than it is of use, and tells its real size', async () => {
    expect(await decodeFile('large.jpg')).toMatchObject({
      width: 1920,
      height: 1080,
      columns: 640,
      rows: 360,
      channels: 3,
    });
  });

  it('leaves the short side larger where more is of use, and enlarges nothing', async () => {
    const read = async (name: string) => decode(name, await readFile(`${IMAGES}${name}`), 768);
    expect(await read('large.jpg')).toMatchObject({ width: 1920, height: 1080, columns: 1365, rows: 768 });
    expect(await read('upright.jpg')).toMatchObject({ columns: 640, rows: 427 });
  });

  it('does not squeeze the short side of a long strip', async () => {
    expect(await decodeFile('wide.png')).toMatchObject({ columns: 1200, rows: 60 });
  });

  it('reads a single pixel', async () => {
    expect(await decodeFile('tiny.png')).toMatchObject({ columns: 1, rows: 1 });
  });
});
