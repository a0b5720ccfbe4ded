import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';
import { BLANKS, blank } from './blank.ts';

const dataSchema = z.object({
  method: z.string(),
  grid: z.object({ rows: z.number(), columns: z.number() }),
  maps: z.array(
    z.object({ text: z.string(), similarity: z.number(), values: z.array(z.number()), clear: z.boolean() }),
  ),
});

describe('/saliency', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const look = async (line: string, image = 'upright.jpg') => {
    const reply = await app.ask(`/saliency ${line}`, [image]);
    return { ...reply, data: dataSchema.parse(reply.data) };
  };

  it.each(['dense', 'gradcam', 'hirescam', 'attention', 'occlusion'])(
    'answers by %s with a map of the whole picture for each text, and a drawing that tells of it',
    async (method) => {
      const { data, images, text } = await look(`cat, red car method:${method}`);
      expect(data.method).toBe(method);
      const { rows, columns } = data.grid;
      expect(data.maps.map((map) => map.text)).toEqual(['cat', 'red car']);
      for (const { values } of data.maps) {
        expect(values).toHaveLength(rows * columns);
        expect(new Set(values).size).toBeGreaterThan(1);
      }
      const [image] = images;
      expect((await sharp(image?.bytes).metadata()).width).toBe(640);
      for (const part of ['upright.jpg', 'cat', 'red car', method, 'clip-tiny']) expect(image?.alt).toContain(part);
      expect(text).toMatch(/cosine/);
    },
  );

  it('has the cosines of /classify, whatever the map', async () => {
    const { data } = await app.ask('/classify cat, red car', ['upright.jpg']);
    const { results } = z
      .object({
        results: z.array(z.object({ scores: z.array(z.object({ label: z.string(), similarity: z.number() })) })),
      })
      .parse(data);
    const { maps } = (await look('cat, red car')).data;
    for (const { label, similarity } of results[0]?.scores ?? []) {
      expect(maps.find(({ text }) => text === label)?.similarity).toBeCloseTo(similarity, 5);
    }
  });

  it('contrasts texts with each other, and with those that are only compared', async () => {
    const values = async (line: string) => (await look(line)).data.maps[0]?.values;
    const alone = await values('cat');
    expect(await values('cat against:forest')).not.toEqual(alone);
    expect((await look('cat against:forest')).data.maps).toHaveLength(1);
    expect(await values('cat, forest')).toEqual(await values('cat against:forest'));
  });

  it('looks for the best of the channel’s labels where no text is given', async () => {
    await app.ask('/labels set cat, red car, forest');
    const encodings = countEncodings();
    const { data } = await look('');
    // To find the best label and to explain it.
    expect(encodings()).toEqual([1]);
    const best = await app.ask('/classify', ['upright.jpg']);
    expect(JSON.stringify(best.data)).toContain(`"scores":[{"label":"${data.maps[0]?.text}"`);
    expect(data.maps).toHaveLength(1);
    await app.ask('/labels clear');
  });

  it('is a button below /classify’s answer on one image, for the best label against the rest', async () => {
    const { buttons, data } = await app.ask('/classify cat, red car, forest template:plain', ['upright.jpg']);
    const [why] = buttons;
    expect(why).toMatchObject({ label: 'Why?', command: 'saliency', withImages: true });
    const { text = '', against = '', template } = why?.options ?? {};
    expect([text, ...against.split(', ')].toSorted()).toEqual(['cat', 'forest', 'red car']);
    expect(JSON.stringify(data)).toContain(`"scores":[{"label":"${text}"`);
    expect(template).toBe('plain');
    const two = await app.ask('/classify cat, dog', ['upright.jpg', 'tall.jpg']);
    expect(two.buttons.map(({ label }) => label)).not.toContain('Why?');
  });

  it('offers every other method of the same question', async () => {
    const { choices } = await look('cat against:forest template:plain method:gradcam');
    expect(choices[0]).toMatchObject({
      option: 'method',
      options: { text: 'cat', against: 'forest', template: 'plain' },
    });
    expect(choices[0]?.values.map(({ value }) => value)).toEqual(['dense', 'hirescam', 'attention', 'occlusion']);
  });

  it('takes the same text twice for one', async () => {
    expect((await look('cat, CAT, cat')).data.maps).toHaveLength(1);
  });

  it.each([['wide.png'], ['tall.jpg'], ['tiny.png'], ['rgba.png'], ['exif-6.jpg']])('holds %s', async (image) => {
    const { data, images } = await look('cat', image);
    expect(data.maps[0]?.values).toHaveLength(data.grid.rows * data.grid.columns);
    expect(images).toHaveLength(1);
  });

  it('says which texts the model does not read to their end', async () => {
    const long = 'é漢'.repeat(45);
    expect((await look(long)).text).toContain('reads only the beginning');
    expect((await look('a cat on a sofa')).text).not.toContain('reads only the beginning');
  });

  it.each([
    ['texts-missing', '/saliency', /Write what to look for/],
    ['texts-missing', '/saliency , ,', /Write what to look for/],
    ['too-many-texts', '/saliency a, b, c, d, e', /5 texts are too many.*up to 4/],
    ['bad-option', '/saliency cat method:magic', /dense, gradcam, hirescam, attention, occlusion/],
    ['label-too-long', `/saliency ${'x'.repeat(101)}`, /100/],
  ])('refuses as %s: %s', async (code, line, message) => {
    expect(await app.run(line, ['upright.jpg'])).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('answers in Korean', async () => {
    const { images, text } = await app.ask('/saliency 고양이', ['upright.jpg'], { locale: 'ko' });
    expect(text).toContain('모델이 본 upright.jpg');
    expect(images[0]?.alt).toContain('방법 dense');
  });
});

describe('/saliency on a model whose file cannot be explained', () => {
  it('covers parts of the image instead, and says so', async () => {
    const app = await startApp(new URL('../fixtures/reference/mobileclip-tiny', import.meta.url).pathname);
    const { text, data, choices } = await app.ask('/saliency cat', ['upright.jpg']);
    expect(text).toContain('its graph has no LayerNorm before the projection');
    // Any other would give the same.
    expect(choices).toEqual([]);
    expect(dataSchema.parse(data)).toMatchObject({ method: 'occlusion', grid: { rows: 7, columns: 7 } });
    await app.close();
  });
});

describe('/saliency with the bundled model', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp('demo');
  });
  afterAll(() => app.close());

  const look = async (text: string, bytes: Uint8Array, locale: 'en' | 'ko' = 'en') => {
    const image = { name: 'scene.png', mediaType: '', size: bytes.length, ref: '', fetch: async () => bytes };
    const reply = await app.ask('/saliency', [], { images: [image], options: { text }, locale });
    return { ...reply, data: dataSchema.parse(reply.data) };
  };

  it('finds each thing where it is, and none where there is none', async () => {
    const scene = await readFile(new URL('../../adapters/web/samples/apple-and-book.png', import.meta.url));
    const { data, text } = await look('apple, book, elephant', scene);
    expect(data.maps.map(({ clear }) => clear)).toEqual([true, true, false]);
    expect(text).toContain('"elephant" no clear region');
    expect(text).toContain('try another word');
    expect((await look('apple, book', scene)).text).not.toContain('try another word');
    // The apple lies on the left, the book on the right of the middle.
    const [apple = [], book = []] = data.maps.map(({ values }) => values);
    expect(columnOf(apple, data.grid.columns)).toBeLessThan(data.grid.columns * 0.45);
    expect(columnOf(book, data.grid.columns)).toBeGreaterThan(data.grid.columns * 0.5);
  });

  it.each(BLANKS)(
    'finds nothing on %i by %i pixels of one colour, and says what to do',
    async (width, height, advice, inKorean) => {
      const picture = await blank(width, height);
      const { data, text } = await look('pizza, elephant', picture);
      expect(data.maps.map(({ clear }) => clear)).toEqual([false, false]);
      expect(text).toContain('no clear region');
      expect(text).toContain(advice);
      expect((await look('pizza, elephant', picture, 'ko')).text).toContain(inKorean);
    },
  );
});

/** The column of the largest value. */
function columnOf(values: readonly number[], columns: number): number {
  return values.indexOf(Math.max(...values)) % columns;
}
