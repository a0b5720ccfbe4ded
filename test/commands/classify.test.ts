import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startApp } from './app.ts';

const dataSchema = z.object({
  model: z.object({
    id: z.string(),
    family: z.string(),
    dtype: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  templates: z.array(z.string()),
  results: z.array(
    z.object({
      image: z.string(),
      unsure: z.boolean(),
      scores: z.array(z.object({ label: z.string(), probability: z.number(), similarity: z.number() })),
    }),
  ),
});

describe('/classify', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('answers with scores, an annotated image and its description', async () => {
    const reply = await app.ask('/classify cat, red car, forest', ['upright.jpg']);
    const { model, templates, results } = dataSchema.parse(reply.data);
    expect(model).toMatchObject({ id: 'clip-tiny', family: 'clip', dtype: 'fp32' });
    expect(templates).toEqual(['a photo of a {label}']);
    const probabilities = results[0]?.scores.map(({ probability }) => probability) ?? [];
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    const [image] = reply.images;
    const { width = 0, height = 0, format } = await sharp(image?.bytes).metadata();
    expect([image?.mediaType, format]).toEqual(['image/jpeg', 'jpeg']);
    expect(width).toBe(640);
    expect(height).toBeGreaterThan(427);
    for (const word of ['upright.jpg', 'cat', 'red car', 'forest', 'clip-tiny', '%'])
      expect(image?.alt).toContain(word);
    expect(reply.text).toContain('only compare these 3 labels');
  });

  it('gives one result per image, in the order given', async () => {
    const names = ['wide.png', 'tiny.png', 'rgba.png', 'tall.jpg'];
    const reply = await app.ask('/classify cat, dog', names);
    expect(dataSchema.parse(reply.data).results.map(({ image }) => image)).toEqual(names);
    expect(reply.images.map(({ mediaType }) => mediaType)).toEqual([
      'image/png',
      'image/png',
      'image/png',
      'image/jpeg',
    ]);
  });

  it('uses the channel’s labels and template where none are given', async () => {
    await app.ask('/labels set cat, dog template:clip-7');
    const { templates, results } = dataSchema.parse((await app.ask('/classify', ['grey.png'])).data);
    expect(templates).toHaveLength(7);
    expect(results[0]?.scores.map(({ label }) => label).sort()).toEqual(['cat', 'dog']);
  });

  it('shows only the best where asked to', async () => {
    const { results } = dataSchema.parse((await app.ask('/classify a, b, c, d top:2', ['grey.png'])).data);
    expect(results[0]?.scores).toHaveLength(2);
  });

  it('offers the same labels under other templates, with the image', async () => {
    const { choices } = await app.ask('/classify cat, dog template:plain', ['grey.png']);
    const values = [
      { label: 'a photo of a {label}', value: 'photo' },
      { label: 'clip-7 (7 templates)', value: 'clip-7' },
      { label: 'clip-80 (80 templates)', value: 'clip-80' },
    ];
    expect(choices).toMatchObject([
      { command: 'classify', options: { labels: 'cat, dog' }, option: 'template', withImages: true, values },
    ]);
  });

  it('offers other labels, to be typed over these, under the same template', async () => {
    const { buttons } = await app.ask('/classify cat, dog template:plain', ['grey.png']);
    const options = { labels: 'cat, dog', template: 'plain' };
    expect(buttons).toMatchObject([
      { command: 'saliency' },
      { command: 'detect' },
      { command: 'classify', options, ask: ['labels'], withImages: true },
    ]);
  });

  it('holds back who asks without end, in both languages', async () => {
    const actor = { id: 'eve', isManager: true, isOperator: false };
    for (let i = 0; i < 6; i++) await app.ask('/classify cat, dog', ['grey.png'], { actor });
    expect(await app.run('/classify cat, dog', ['grey.png'], { actor })).toMatchObject({ code: 'cooldown' });
    expect(await app.run('/classify cat, dog', ['grey.png'], { actor, locale: 'ko' })).toMatchObject({
      message: expect.stringMatching(/초 뒤에/),
    });
  });

  it('answers in Korean, and warns that this model knows no Korean', async () => {
    const { text, images } = await app.ask('/classify 강아지, 고양이', ['grey.png'], { locale: 'ko' });
    expect(text).toContain('라벨 2개');
    expect(text).toContain('영어만');
    expect(images[0]?.alt).toContain('강아지');
  });

  it('takes labels of any character literally', async () => {
    const labels = ['<b>bold</b>', '&amp;', '{label}', '%s $1', '🐶', '"quoted"', '@everyone', 'مرحبا'];
    const { results } = dataSchema.parse(
      (await app.ask('/classify', ['grey.png'], { options: { labels: labels.join() } })).data,
    );
    expect(results[0]?.scores.map(({ label }) => label).sort()).toEqual([...labels].sort());
  });

  it.each([
    ['image-missing', '/classify cat, dog', []],
    ['too-many-images', '/classify cat, dog', Array(11).fill('tiny.png')],
    ['too-few-labels', '/classify cat', ['grey.png']],
    ['labels-missing', '/classify , ,', ['grey.png']],
    ['too-many-labels', `/classify ${Array.from({ length: 101 }, (_, i) => `l${i}`).join()}`, ['grey.png']],
    ['label-too-long', `/classify cat, ${'x'.repeat(500)}`, ['grey.png']],
    ['label-control', '/classify cat, d\u0007og', ['grey.png']],
    ['template-slot', '/classify cat, dog template:nothing', ['grey.png']],
    ['bad-option', '/classify cat, dog top:0', ['grey.png']],
    ['image-format', '/classify cat, dog', ['bad/picture.heic']],
    ['image-broken', '/classify cat, dog', ['grey.png', 'bad/truncated.jpg']],
    ['image-empty', '/classify cat, dog', ['bad/zero.png']],
  ])('refuses with %s in both languages, and goes on', async (code, line, images) => {
    const english = await app.run(line, images);
    const korean = await app.run(line, images, { locale: 'ko' });
    expect(english).toMatchObject({ kind: 'error', code });
    expect(korean).toMatchObject({ kind: 'error', code, message: expect.stringMatching(/\p{Script=Hangul}/u) });
    expect(await app.run('/classify cat, dog', ['grey.png'])).toMatchObject({ kind: 'reply' });
  });

  it('says so when a channel has no labels', async () => {
    expect(await app.run('/classify', ['grey.png'], { channel: 'test:empty' })).toMatchObject({
      code: 'labels-missing',
      buttons: [{ label: 'Type them…', command: 'classify', ask: ['labels'], withImages: true }],
    });
  });
});

describe('/classify with a SigLIP model', () => {
  it('judges each label by itself, a single one too', async () => {
    const app = await startApp(new URL('../fixtures/reference/siglip-tiny', import.meta.url).pathname);
    const { data, text } = await app.ask('/classify cat', ['upright.jpg']);
    const { model, results } = dataSchema.parse(data);
    expect(model.family).toBe('siglip');
    expect(results[0]?.scores[0]?.probability).toBeLessThan(1);
    expect(text).toContain('by itself');
    await app.close();
  });
});
