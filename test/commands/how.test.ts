import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const score = z.object({ label: z.string(), probability: z.number(), similarity: z.number() });
const dataSchema = z.object({
  input: z.object({ width: z.number(), height: z.number(), patches: z.object({ rows: z.number() }).nullable() }),
  templates: z.array(z.string()),
  logitScale: z.number(),
  logitBias: z.number(),
  scores: z.array(score),
});

describe('/how', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('has numbers that follow from each other, of one encoding', async () => {
    const encodings = countEncodings();
    const reply = await app.ask('/how cat, red car, forest', ['upright.jpg']);
    expect(encodings()).toEqual([1]);
    const { scores, logitScale, input } = dataSchema.parse(reply.data);
    const sum = scores.reduce((total, { similarity }) => total + Math.exp(logitScale * similarity), 0);
    for (const { probability, similarity } of scores) {
      expect(probability).toBeCloseTo(Math.exp(logitScale * similarity) / sum, 6);
    }
    expect(reply.text).toContain(`${input.width} × ${input.height} pixels`);
    const [drawing] = reply.images;
    const { width, height } = await sharp(drawing?.bytes).metadata();
    expect(width).toBe(640);
    expect(height).toBeGreaterThan(900);
    for (const part of ['upright.jpg', 'patches', 'clip-tiny']) expect(drawing?.alt).toContain(part);
  });

  it('speaks of a sigmoid for SigLIP, whose numbers need not add up', async () => {
    const siglip = await startApp(new URL('../fixtures/reference/siglip-tiny', import.meta.url).pathname);
    const reply = await siglip.ask('/how cat, dog', ['upright.jpg']);
    expect(reply.text).toContain('through a sigmoid');
    const { scores, logitScale, logitBias } = dataSchema.parse(reply.data);
    for (const { probability, similarity } of scores) {
      expect(probability).toBeCloseTo(1 / (1 + Math.exp(-logitScale * similarity - logitBias)), 6);
    }
    await siglip.close();
  });

  it('does without a grid where the file does not tell its patches', async () => {
    const other = await startApp(new URL('../fixtures/reference/mobileclip-tiny', import.meta.url).pathname);
    const { data, images } = await other.ask('/how cat, dog', ['wide.png']);
    expect(dataSchema.parse(data).input.patches).toBeNull();
    expect(images).toHaveLength(1);
    await other.close();
  });

  it.each([
    ['clip-80', 80],
    ['clip-7', 7],
    ['plain', 1],
  ])('tells how many sentences %s has', async (template, count) => {
    const { text, data } = await app.ask(`/how cat, dog template:${template}`, ['tall.jpg']);
    expect(text).toContain(count === 1 ? 'one sentence per label' : `${count} sentences per label`);
    expect(dataSchema.parse(data).templates).toHaveLength(count);
  });

  it('counts what it leaves out: of an ensemble sentences, else labels', async () => {
    const height = async (labels: string, template: string) => {
      const { images } = await app.ask(`/how ${labels} template:${template}`, ['wide.png']);
      return (await sharp(images[0]?.bytes).metadata()).height ?? 0;
    };
    const lines = async (template: string) =>
      (await height('a, b, c, d, e, f', template)) - (await height('a, b, c, d, e', template));
    // Below labels, cosines and probabilities, or below the latter two.
    expect((await lines('clip-7')) / (await lines('plain'))).toBeCloseTo(2 / 3, 5);
  });

  it.each([['tiny.png'], ['wide.png'], ['rgba.png'], ['grey.png'], ['exif-6.jpg']])('holds %s', async (image) => {
    const line = `/how a/b, ${'x'.repeat(100)}, 🐶, مرحبا, e, f, g`;
    expect((await app.ask(line, [image], { locale: 'ko' })).images[0]?.alt).toContain('네 단계');
  });

  it.each([
    ['labels-missing', '/how', /no labels yet/],
    ['too-few-labels', '/how cat', /at least 2/],
    ['template-slot', '/how cat, dog template:photos', /\{label\}/],
  ])('refuses as %s: %s', async (code, line, message) => {
    expect(await app.run(line, ['upright.jpg'])).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
