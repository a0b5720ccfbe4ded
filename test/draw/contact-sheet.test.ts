import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawContactSheet, thumbnail } from '../../src/draw/contact-sheet.ts';
import type { Picture } from '../../src/image/picture.ts';

const RED: Picture = {
  name: 'red',
  width: 400,
  height: 200,
  lossy: false,
  rows: 200,
  columns: 400,
  channels: 3,
  pixels: Uint8Array.from({ length: 400 * 200 * 3 }, (_, i) => (i % 3 === 0 ? 255 : 0)),
};

it('draws tiles with captions in a grid, the last row not full', async () => {
  const image = await thumbnail(RED, 200);
  const tiles = ['one', 'a caption so long that it takes two lines or is cut', '셋'].map((caption) => ({
    image,
    caption,
  }));
  const sheet = await drawContactSheet({ title: 'Three', note: 'All red.', columns: 2, tiles });
  expect([sheet.mediaType, sheet.width]).toEqual(['image/png', 2 * 200 + 16 + 2 * 24]);
  const pixels = await sharp(sheet.bytes).raw().toBuffer();
  const red = Array.from({ length: pixels.length / 3 }, (_, i) => i).filter(
    (i) => pixels[3 * i] === 255 && pixels[3 * i + 1] === 0 && pixels[3 * i + 2] === 0,
  );
  expect(red).toHaveLength(3 * 200 * 100);
});

it('draws a sheet without tiles', async () => {
  const sheet = await drawContactSheet({ title: 'None', note: '', columns: 2, tiles: [] });
  expect(sheet.height).toBeGreaterThan(40);
});
