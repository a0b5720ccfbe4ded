import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LOCALES } from '../../src/chat/locale.ts';
import { startApp } from './app.ts';

const FOLDER = new URL('../../adapters/web/samples/', import.meta.url);
const perLocale = <T extends z.ZodType>(schema: T) => z.object({ en: schema, ko: schema });
const samplesSchema = z.array(
  z.object({ file: z.string(), labels: perLocale(z.array(z.string())), expect: perLocale(z.string()) }),
);

describe('the sample pictures of the page', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp('demo');
  });
  afterAll(() => app.close());

  it('are answered right by the bundled model, in both languages, without being unsure', async () => {
    const samples = samplesSchema.parse(JSON.parse(await readFile(new URL('samples.json', FOLDER), 'utf8')));
    expect(samples).toHaveLength(6);
    for (const sample of samples) {
      for (const locale of LOCALES) {
        const image = await readFile(new URL(sample.file, FOLDER));
        const reference = { name: sample.file, mediaType: '', size: image.length, ref: '', fetch: async () => image };
        const options = { labels: sample.labels[locale].join(', ') };
        const { data, text } = await app.ask('/classify', [], { images: [reference], options, locale });
        expect(data).toMatchObject({ results: [{ unsure: false, scores: expect.anything() }] });
        expect(text).toMatch(new RegExp(`^${sample.file}: ${sample.expect[locale]} `));
      }
    }
  });
});

describe('the bundled model', () => {
  it('says which labels it never learned', async () => {
    const app = await startApp('demo');
    const { text } = await app.ask('/classify a cat, the dog, 한옥마을, 🐶', ['upright.jpg']);
    expect(text).toContain('never learned "한옥마을", "🐶",');
    expect((await app.ask('/about')).text).toContain('Emoji-like drawings');
    await app.close();
  });
});
