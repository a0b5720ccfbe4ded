import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const score = z.object({ label: z.string(), probability: z.number(), similarity: z.number() });
const dataSchema = z.object({
  written: z.string(),
  original: score,
  shifts: z.array(z.object({ shift: z.string(), holds: z.boolean(), scores: z.array(score) })),
});

describe('/stress', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const ask = async (line: string, image: string) => {
    const reply = await app.ask(`/stress ${line}`, [image]);
    return { ...reply, data: dataSchema.parse(reply.data) };
  };

  it('encodes each picture once, answers the same each time, and tells how many hold', async () => {
    const encodings = countEncodings();
    const { data, text, images } = await ask('cat, red car, forest', 'rgba.png');
    const shifts = data.shifts.map(({ shift }) => shift);
    expect(encodings().reduce((sum, count) => sum + count, 0)).toBe(1 + shifts.length);
    expect(shifts).toEqual(
      'grey blur noise jpeg rotated cropped edges sketch posterised inverted silhouette background written'.split(' '),
    );
    expect((await ask('cat, red car, forest', 'rgba.png')).data).toEqual(data);
    const held = data.shifts.filter(({ holds, scores }) => {
      expect(holds).toBe(scores[0]?.label === data.original.label);
      return holds;
    });
    expect(text).toContain(`under ${held.length} of ${shifts.length} changes`);
    expect((await sharp(images[0]?.bytes).metadata()).width).toBe(656);
    for (const part of ['rgba.png', 'Silhouette', 'Sketch', 'clip-tiny']) expect(images[0]?.alt).toContain(part);
  });

  it('begins with the answer of /classify, and writes the second best unless told what', async () => {
    const { data } = await ask('cat, red car, forest', 'upright.jpg');
    const { data: classified } = await app.ask('/classify cat, red car, forest', ['upright.jpg']);
    expect(JSON.stringify(classified)).toContain(`"scores":[{"label":"${data.original.label}"`);
    expect(data.written).not.toBe(data.original.label);
    expect((await ask('cat, red car word:"stop, an iPod"', 'upright.jpg')).data.written).toBe('stop, an iPod');
    expect((await ask('cat, red car word:" "', 'upright.jpg')).data.written).toBe(
      data.original.label === 'cat' ? 'red car' : 'cat',
    );
  });

  it('keeps every figure, however long the labels, and tells them whole to those who cannot see', async () => {
    const { images, data } = await ask(`${'w'.repeat(90)}, ${'m'.repeat(90)}`, 'tiny.png');
    expect(images[0]?.alt).toContain(data.original.label);
    expect(images[0]?.alt).toMatch(/Grey [=≠] [<>\d.]+% [wm]{90};/);
  });

  it('leaves out what needs a foreground where there is none, and says so', async () => {
    const { data, text } = await ask('cat, dog', 'tiny.png');
    expect(data.shifts.map(({ shift }) => shift)).not.toContain('silhouette');
    expect(text).toContain('were left out');
  });

  it('encodes a picture once that several changes leave as it is', async () => {
    const encodings = countEncodings();
    const { data } = await ask('cat, dog', 'tiny.png');
    expect(encodings().reduce((sum, count) => sum + count, 0)).toBeLessThan(1 + data.shifts.length);
  });

  it.each([['tall.jpg'], ['wide.png'], ['grey-alpha.png'], ['grey16.png'], ['cmyk.jpg'], ['exif-6.jpg']])(
    'holds %s',
    async (image) => {
      const line = `/stress a/b, ${'x'.repeat(100)}, 🐶`;
      expect((await app.ask(line, [image], { locale: 'ko' })).images[0]?.alt).toContain('윤곽');
    },
  );

  it.each([
    ['labels-missing', '/stress', /no labels yet/],
    ['too-few-labels', '/stress cat', /at least 2/],
    ['label-too-long', `/stress cat, dog word:${'x'.repeat(101)}`, /100/],
  ])('refuses as %s: %s', async (code, line, message) => {
    expect(await app.run(line, ['upright.jpg'])).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
