import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startApp } from './app.ts';
import { BLANKS, blank } from './blank.ts';

const dataSchema = z.object({ coverage: z.record(z.string(), z.number().min(0).max(1)), mask: z.string() });

const APPLE_AND_BOOK = new URL('../../adapters/web/samples/apple-and-book.png', import.meta.url);

/** The numbers in an indexed PNG, row by row: what a program reads that does not look at the palette. */
async function numbersIn(png: Uint8Array) {
  const { width, height, isPalette } = await sharp(png).metadata();
  expect(isPalette).toBe(true);
  const at = Buffer.from(png).indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + Buffer.from(png).readUInt32BE(at - 4)));
  const values = Buffer.concat(
    Array.from({ length: height }, (_, y) => rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))),
  );
  return { width, height, values };
}

function shareOf(values: Uint8Array, value: number): number {
  return values.filter((other) => other === value).length / values.length;
}

describe('/segment with the bundled model', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp('demo');
  });
  afterAll(() => app.close());

  const divide = async (labels: string, bytes: Uint8Array, locale: 'en' | 'ko' = 'en') => {
    const image = { name: 'scene.png', mediaType: '', size: bytes.length, ref: '', fetch: async () => bytes };
    const reply = await app.ask('/segment', [], { images: [image], options: { labels }, locale });
    return { ...reply, data: dataSchema.parse(reply.data) };
  };

  it('colours each thing where it is, and gives a number for each pixel as a file', async () => {
    const { data, text, images, files } = await divide('apple, elephant, book', await readFile(APPLE_AND_BOOK));
    expect(images).toMatchObject([{ name: 'scene-segmented.png', alt: expect.stringContaining('1 apple') }]);
    expect(files).toMatchObject([
      { name: data.mask, mediaType: 'image/png', description: expect.stringContaining('2 elephant, 3 book') },
    ]);
    const { width, height, values } = await numbersIn(files[0]?.bytes ?? new Uint8Array());
    const original = await sharp(await readFile(APPLE_AND_BOOK)).metadata();
    expect([width, height]).toEqual([original.width, original.height]);
    const at = (across: number, down: number) => values[Math.floor(down * height) * width + Math.floor(across * width)];
    expect(at(0.33, 0.55)).toBe(1);
    expect(at(0.62, 0.68)).toBe(3);
    expect(at(0.98, 0.04)).toBe(0);
    for (const [i, share] of Object.values(data.coverage).entries()) expect(share).toBe(shareOf(values, i + 1));
    expect(data.coverage.elephant).toBe(0);
    expect(text).toMatch(/1 apple \d+\.\d %; 3 book \d+\.\d %; not found: elephant/);
  });

  it.each(BLANKS)(
    'finds nothing on %i by %i pixels of one colour, and says what to do',
    async (width, height, advice, inKorean) => {
      const picture = await blank(width, height);
      const { data, text, files } = await divide('pizza, elephant', picture);
      expect(data.coverage).toEqual({ pizza: 0, elephant: 0 });
      expect(text).toContain('not found: pizza, elephant');
      expect(shareOf((await numbersIn(files[0]?.bytes ?? new Uint8Array())).values, 0)).toBe(1);
      expect(text).toContain(advice);
      const korean = await divide('pizza, elephant', picture, 'ko');
      expect(korean.text).toContain('찾지 못함: pizza, elephant');
      expect(korean.text).toContain(inKorean);
    },
  );
});

describe('/segment', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each([['wide.png'], ['tall.jpg'], ['tiny.png'], ['rgba.png'], ['exif-6.jpg']])(
    'gives %s a mask of its upright size',
    async (image) => {
      const { files, images } = await app.ask('/segment cat, dog', [image]);
      expect(images).toHaveLength(1);
      const bytes = await readFile(new URL(`../fixtures/images/${image}`, import.meta.url));
      const { autoOrient } = await sharp(bytes).metadata();
      const { width, height } = await numbersIn(files[0]?.bytes ?? new Uint8Array());
      expect([width, height]).toEqual([autoOrient.width, autoOrient.height]);
    },
  );

  it('takes the same label twice for one', async () => {
    const { data } = await app.ask('/segment cat, CAT, , cat', ['upright.jpg']);
    expect(Object.keys(dataSchema.parse(data).coverage)).toEqual(['cat']);
  });

  it('says which labels the model does not read to their end', async () => {
    expect((await app.ask(`/segment cat, ${'é漢'.repeat(45)}`, ['upright.jpg'])).text).toContain('only the beginning');
  });

  it.each([
    ['labels-missing', '/segment', /no labels yet/, /라벨/],
    ['too-many-labels', '/segment a, b, c, d, e, f, g, h, i, j, k', /11 labels are too many. Use 10/, /10개까지/],
    ['label-too-long', `/segment ${'x'.repeat(101)}`, /100/, /100/],
  ])('refuses as %s: %s', async (code, line, english, korean) => {
    expect(await app.run(line, ['upright.jpg'])).toMatchObject({ code, message: expect.stringMatching(english) });
    const inKorean = await app.run(line, ['upright.jpg'], { locale: 'ko' });
    expect(inKorean).toMatchObject({ code, message: expect.stringMatching(korean) });
  });
});
