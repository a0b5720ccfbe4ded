import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const score = z.object({ label: z.string(), probability: z.number(), similarity: z.number() });
const dataSchema = z.object({ variants: z.array(z.object({ name: z.string(), scores: z.array(score) })) });

describe('/prompts', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const ask = async (line: string, image = 'upright.jpg') => {
    const reply = await app.ask(`/prompts ${line}`, [image]);
    return { ...reply, variants: dataSchema.parse(reply.data).variants };
  };

  it('has the scores of /classify under each template, of one encoding of the image', async () => {
    const encodings = countEncodings();
    const { variants, images, text } = await ask('cat, red car template:"a sketch of a {label}"');
    expect(encodings()).toEqual([1]);
    expect(variants.map(({ name }) => name)).toEqual(['photo', 'plain', 'clip-7', 'clip-80', 'a sketch of a {label}']);
    for (const { name, scores } of variants) {
      const { data } = await app.ask(`/classify cat, red car template:"${name}"`, ['upright.jpg']);
      expect(data).toMatchObject({
        results: [{ scores: scores.map(({ label }) => expect.objectContaining({ label })) }],
      });
      expect(JSON.stringify(data)).toContain(JSON.stringify(scores[0]).slice(0, 40));
    }
    expect(text).toMatch(/moves from .* to .*\. The best (stays|changes)/);
    expect((await sharp(images[0]?.bytes).metadata()).width).toBe(640);
    for (const part of ['upright.jpg', 'cat', 'red car', 'clip-tiny']) expect(images[0]?.alt).toContain(part);
  });

  it('asks once where the own template is one that it has', async () => {
    for (const template of ['photo', 'a photo of a {label}', ' {label} ']) {
      const { variants } = await ask(`cat, dog template:"${template}"`);
      expect(variants.map(({ name }) => name)).toEqual(['photo', 'plain', 'clip-7', 'clip-80']);
    }
  });

  it('names the label that moves most, and whether the best changes', async () => {
    const { variants, text } = await ask('cat, red car, forest');
    const winners = new Set(variants.map(({ scores }) => scores[0]?.label));
    expect(text.includes('The best changes')).toBe(winners.size > 1);
    const range = (label: string) => {
      const values = variants.map(({ scores }) => scores.find((one) => one.label === label)?.probability ?? 0);
      return Math.max(...values) - Math.min(...values);
    };
    const mover = ['cat', 'red car', 'forest'].toSorted((a, b) => range(b) - range(a))[0];
    expect(text).toContain(`upright.jpg: "${mover}" moves from`);
  });

  it('puts one synonym after the other before the rest', async () => {
    const { variants, text } = await ask('cat, dog, forest synonyms:"dog, puppy, Hound"');
    expect(variants.map(({ name }) => name)).toEqual(['dog', 'puppy', 'Hound']);
    for (const { scores } of variants) {
      expect(scores.map(({ label }) => label).toSorted()).toEqual(['cat', 'dog / puppy / Hound', 'forest']);
      expect(scores.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    }
    expect(text).toContain('only the word changed');
  });

  it('does not take a synonym for the template of that name', async () => {
    const [drawing] = (await ask('red car synonyms:"photo, phone"', 'wide.png')).images;
    const { height } = await sharp(drawing?.bytes).metadata();
    // Right of where the numbered words end.
    const beside = { left: 150, top: height - 175, width: 450, height: 55 };
    const ink = await sharp(await sharp(drawing?.bytes).extract(beside).toBuffer()).stats();
    expect(ink.channels[0]?.min).toBeGreaterThan(240);
  });

  it.each([['tall.jpg'], ['wide.png'], ['tiny.png'], ['rgba.png'], ['grey16.png']])('holds %s', async (image) => {
    expect((await ask(`a/b, ${'x'.repeat(100)}, 🐶`, image)).images).toHaveLength(1);
  });

  it('takes the channel’s labels and template, and answers in Korean', async () => {
    await app.ask('/labels set 고양이, 개 template:"{label} 그림"');
    const { text, images, data } = await app.ask('/prompts', ['upright.jpg'], { locale: 'ko' });
    expect(dataSchema.parse(data).variants.at(-1)?.name).toBe('{label} 그림');
    expect(text).toContain('가장 크게 움직인 라벨은');
    expect(images[0]?.alt).toContain('문구별 점');
    await app.ask('/labels clear');
  });

  it.each([
    ['labels-missing', '/prompts', /no labels yet/],
    ['too-few-labels', '/prompts cat', /at least 2/],
    ['too-many-labels', '/prompts a, b, c, d, e, f, g, h, i', /9.*8/],
    ['too-many-labels', '/prompts cat synonyms:"a, b, c, d, e, f, g"', /7.*6/],
    ['too-few-synonyms', '/prompts cat, car synonyms:dog', /at least 2 words/],
    ['synonyms-alone', '/prompts dog synonyms:"dog, puppy"', /Add other labels/],
    ['template-slot', '/prompts cat, dog template:"a photo"', /\{label\}/],
  ])('refuses as %s: %s', async (code, line, message) => {
    expect(await app.run(line, ['upright.jpg'])).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
