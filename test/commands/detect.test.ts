import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeScene, readArt } from '../../evaluate/localisation/scene.ts';
import { overlap } from '../../src/clip/regions.ts';
import { startApp } from './app.ts';
import { BLANKS, blank } from './blank.ts';
import { dataSchema } from './boxes.ts';

/** Of two things each, and asked for a third. */
const SCENES = 12;

const APPLE_AND_BOOK = new URL('../../adapters/web/samples/apple-and-book.png', import.meta.url);

describe('/detect with the bundled model', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp('demo');
  });
  afterAll(() => app.close());

  const find = async (labels: string, bytes: Uint8Array, locale: 'en' | 'ko' = 'en') => {
    const image = { name: 'scene.png', mediaType: '', size: bytes.length, ref: '', fetch: async () => bytes };
    const reply = await app.ask('/detect', [], { images: [image], options: { labels }, locale });
    return { ...reply, data: dataSchema.parse(reply.data) };
  };

  it('puts a box around what is there, and says what is not', async () => {
    const { data, text, images, buttons } = await find('book, elephant', await readFile(APPLE_AND_BOOK));
    const [book] = data.boxes;
    if (!book) throw new Error('no box');
    expect(book.label).toBe('book');
    expect(data.boxes.map(({ label }) => label)).not.toContain('elephant');
    expect(text).toMatch(/1 book, (right|bottom|bottom right) \(\d+\.\d %\).*not found: elephant/);
    const [image] = images;
    expect(image?.name).toBe('scene-detected.png');
    for (const part of ['scene.png', 'book', 'not found: elephant', 'demo']) expect(image?.alt).toContain(part);
    expect((await sharp(image?.bytes).metadata()).width).toBe(640);
    expect(buttons).toMatchObject([{ command: 'detect', ask: ['labels'], options: { labels: 'book, elephant' } }]);
  });

  it('stands closely around each of two things', async () => {
    const { data } = await find('apple, book, elephant', await readFile(APPLE_AND_BOOK));
    expect(data.boxes.map(({ label }) => label).toSorted()).toEqual(['apple', 'book']);
    // Where the drawings lie in the picture of 640 x 480.
    const places = {
      apple: { x: 118, y: 130, width: 184, height: 220 },
      book: { x: 320, y: 204, width: 220, height: 165 },
    };
    for (const box of data.boxes) {
      expect(overlap(box, box.label === 'apple' ? places.apple : places.book)).toBeGreaterThan(0.4);
    }
  });

  it('finds things in scenes that no threshold was chosen on, hardly one that is not there', async () => {
    const art = await readArt();
    const found = { there: 0, absent: 0 };
    for (let number = 0; number < SCENES; number++) {
      const { picture, objects, ...scene } = await composeScene(art, 'where they are', number, 2);
      const [absent = ''] = scene.absent;
      const { pixels, columns: width, rows: height } = picture;
      const nouns = objects.map(({ noun }) => noun);
      const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      const { data } = await find([...nouns, absent].join(', '), bytes);
      const labels = data.boxes.map(({ label }) => label);
      found.there += nouns.filter((noun) => labels.includes(noun)).length;
      found.absent += labels.includes(absent) ? 1 : 0;
    }
    expect(found.there).toBeGreaterThanOrEqual(1.6 * SCENES);
    expect(found.absent).toBeLessThanOrEqual(0.25 * SCENES);
  });

  it.each(BLANKS)(
    'finds nothing on %i by %i pixels of one colour, and says what to do',
    async (width, height, advice, inKorean) => {
      const picture = await blank(width, height);
      const { data, text, images } = await find('pizza, elephant', picture);
      expect(data.boxes).toEqual([]);
      expect(text).toContain('not found: pizza, elephant');
      expect(images[0]?.alt).toContain('not found: pizza, elephant');
      expect(text).toContain(advice);
      const korean = await find('pizza, elephant', picture, 'ko');
      expect(korean.text).toContain('찾지 못함: pizza, elephant');
      expect(korean.text).toContain(inKorean);
    },
  );
});

describe('/detect', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each([['wide.png'], ['tall.jpg'], ['tiny.png'], ['rgba.png'], ['exif-6.jpg']])('holds %s', async (image) => {
    const { data, images } = await app.ask('/detect cat, dog', [image]);
    dataSchema.parse(data);
    expect(images).toHaveLength(1);
  });

  it('takes the same label twice for one', async () => {
    const { buttons } = await app.ask('/detect cat, CAT, , cat', ['upright.jpg']);
    expect(buttons[0]?.options).toMatchObject({ labels: 'cat' });
  });

  it('looks for the channel’s labels where none are given', async () => {
    await app.ask('/labels set red car, forest template:plain');
    const { buttons } = await app.ask('/detect', ['upright.jpg']);
    expect(buttons[0]?.options).toMatchObject({ labels: 'red car, forest', template: 'plain' });
    await app.ask('/labels clear');
  });

  it('asks for some of the channel’s labels where those are too many', async () => {
    await app.ask('/labels preset objects');
    const refused = await app.run('/detect', ['upright.jpg']);
    expect(refused).toMatchObject({
      code: 'too-many-channel-labels',
      message: expect.stringMatching(/12 labels.*up to 10 of them/),
      buttons: [{ command: 'detect', ask: ['labels'] }],
    });
    const inKorean = await app.run('/detect', ['upright.jpg'], { locale: 'ko' });
    expect(inKorean).toMatchObject({ message: expect.stringMatching(/12개.*10개까지/) });
    await app.ask('/labels clear');
  });

  it('says which labels the model does not read to their end', async () => {
    const { text } = await app.ask(`/detect cat, ${'é漢'.repeat(45)}`, ['upright.jpg']);
    expect(text).toContain('reads only the beginning');
    const korean = await app.ask(`/detect cat, ${'é漢'.repeat(45)}`, ['upright.jpg'], { locale: 'ko' });
    expect(korean.text).toContain('앞부분만');
  });

  it.each([
    ['labels-missing', '/detect', /no labels yet/, /라벨/],
    ['labels-missing', '/detect , ,', /no labels yet/, /라벨/],
    ['too-many-labels', '/detect a, b, c, d, e, f, g, h, i, j, k', /11 labels are too many. Use 10/, /10개까지/],
    ['label-too-long', `/detect ${'x'.repeat(101)}`, /100/, /100/],
  ])('refuses as %s: %s', async (code, line, english, korean) => {
    expect(await app.run(line, ['upright.jpg'])).toMatchObject({ code, message: expect.stringMatching(english) });
    const inKorean = await app.run(line, ['upright.jpg'], { locale: 'ko' });
    expect(inKorean).toMatchObject({ code, message: expect.stringMatching(korean) });
  });

  it('is a button below /classify’s answer on one image, for the best ten labels', async () => {
    const labels = Array.from({ length: 12 }, (_, i) => `thing ${i}`);
    const { buttons, data } = await app.ask(`/classify ${labels.join(', ')} template:plain`, ['upright.jpg']);
    const where = buttons.find(({ label }) => label === 'Where?');
    expect(where).toMatchObject({ command: 'detect', withImages: true, options: { template: 'plain' } });
    const best = where?.options.labels?.split(', ') ?? [];
    expect(best).toHaveLength(10);
    expect(JSON.stringify(data)).toContain(`"scores":[{"label":"${best[0]}"`);
    const two = await app.ask('/classify cat, dog', ['upright.jpg', 'tall.jpg']);
    expect(two.buttons.map(({ label }) => label)).not.toContain('Where?');
  });
});

describe('/detect on a model whose file cannot be explained', () => {
  it('says what to do instead', async () => {
    const app = await startApp(new URL('../fixtures/reference/mobileclip-tiny', import.meta.url).pathname);
    const refused = await app.run('/detect cat', ['upright.jpg']);
    expect(refused).toMatchObject({
      code: 'not-explainable',
      message: expect.stringMatching(/no LayerNorm before the projection.*model:NAME.*\/saliency/),
    });
    await app.close();
  });
});
