import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const dataSchema = z.object({
  images: z.array(z.string()),
  texts: z.array(z.string()),
  cosines: z.array(z.array(z.number())),
});

describe('/matrix', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('has the cosines of /classify, in the order of images and texts, and encodes each image once', async () => {
    const images = ['upright.jpg', 'tall.jpg', 'grey.png'];
    const encodings = countEncodings();
    const reply = await app.ask('/matrix cat, red car', images);
    expect(encodings()).toEqual([3]);
    const { cosines } = dataSchema.parse(reply.data);
    for (const [i, image] of images.entries()) {
      const { data } = await app.ask('/classify cat, red car', [image]);
      for (const [k, label] of ['cat', 'red car'].entries()) {
        const similarity = scoresOf(data).find((score) => score.label === label)?.similarity;
        expect(cosines[i]?.[k]).toBeCloseTo(similarity ?? 9, 5);
      }
    }
    expect(reply.text).toMatch(/pulls the diagonal up and pushes everything else/);
    const [drawing] = reply.images;
    expect((await sharp(drawing?.bytes).metadata()).width).toBe(640);
    for (const part of [...images, 'cat, red car', 'clip-tiny']) expect(drawing?.alt).toContain(part);
  });

  it('encodes the same image given twice once', async () => {
    const encodings = countEncodings();
    const { data } = await app.ask('/matrix cat, dog', ['tiny.png', 'tiny.png']);
    expect(encodings()).toEqual([1]);
    expect(new Set(dataSchema.parse(data).cosines.map((row) => row.join())).size).toBe(1);
  });

  it('takes the channel’s labels where no texts are given', async () => {
    await app.ask('/labels set cat, red car, forest');
    expect(dataSchema.parse((await app.ask('/matrix', ['tall.jpg', 'wide.png'])).data).texts).toHaveLength(3);
    await app.ask('/labels clear');
  });

  it('holds ten images of any size and mode against ten texts, however long', async () => {
    const images = 'tall.jpg wide.png tiny.png rgba.png grey.jpg grey16.png cmyk.jpg palette.png exif-6.jpg rgba.png';
    const texts = `a/b, ${'x'.repeat(100)}, 고양이, 🐶, مرحبا, f, g, h, i, j`;
    const { images: drawings } = await app.ask(`/matrix ${texts}`, images.split(' '), { locale: 'ko' });
    expect(drawings[0]?.alt).toContain('대각선');
  });

  it('tells SigLIP’s training from CLIP’s', async () => {
    const siglip = await startApp(new URL('../fixtures/reference/siglip-tiny', import.meta.url).pathname);
    expect((await siglip.ask('/matrix cat, dog', ['tall.jpg', 'wide.png'])).text).toContain('each by itself');
    await siglip.close();
  });

  it.each([
    ['labels-missing', '/matrix', 2, /no labels yet/],
    ['too-few-texts', '/matrix cat', 2, /at least 2 texts/],
    ['too-many-labels', '/matrix a, b, c, d, e, f, g, h, i, j, k', 2, /11.*10/],
    ['too-few-images', '/matrix cat, dog', 1, /at least 2 images/],
    ['too-many-images', '/matrix cat, dog', 11, /10/],
    ['image-missing', '/matrix cat, dog', 0, /no image/],
  ])('refuses as %s: %s with %i images', async (code, line, count, message) => {
    const images = Array.from({ length: count }, () => 'tiny.png');
    expect(await app.run(line, images)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

function scoresOf(data: unknown) {
  const score = z.object({ label: z.string(), similarity: z.number() });
  return z.object({ results: z.array(z.object({ scores: z.array(score) })) }).parse(data).results[0]?.scores ?? [];
}
