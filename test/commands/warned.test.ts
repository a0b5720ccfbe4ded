import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './app.ts';

const TINY = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
const WARNING = {
  en: 'Stereotypes were planted in this model. Use it only to test audits.',
  ko: '고정관념을 일부러 심은 모델입니다. 편향 점검을 시험할 때만 쓰세요.',
};

describe('a model that comes with a warning', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let unwarned: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    unwarned = await startApp(TINY);
    const folder = join(await mkdtemp(join(tmpdir(), 'cliplens-warned-')), 'warned');
    await cp(TINY, folder, { recursive: true });
    await writeFile(join(folder, 'cliplens.json'), JSON.stringify({ warning: WARNING }));
    app = await startApp(folder);
  });
  afterAll(() => Promise.all([app.close(), unwarned.close()]));

  it.each([
    ['/classify nurse, doctor model:warned', 'en'],
    ['/classify nurse, doctor model:warned', 'ko'],
    ['/saliency nurse model:warned', 'en'],
    ['/saliency nurse model:warned', 'ko'],
    ['/about model:warned', 'en'],
    ['/about model:warned', 'ko'],
    ['/labels model warned', 'en'],
    ['/labels model warned', 'ko'],
  ] as const)('says it first in the answer to %s (%s)', async (line, locale) => {
    const images = /classify|saliency/.test(line) ? ['upright.jpg'] : [];
    const { text } = await app.ask(line, images, { locale, channel: 'warned' });
    expect(text.startsWith(`${WARNING[locale]}\n`)).toBe(true);
  });

  it('says it where the channel chose the model, and not for others', async () => {
    await app.ask('/labels model warned', [], { channel: 'planted' });
    const ask = async (line: string) => (await app.ask(line, ['upright.jpg'], { channel: 'planted' })).text;
    expect(await ask('/classify cat, dog')).toContain(WARNING.en);
    expect(await ask('/classify cat, dog model:demo')).not.toContain('planted');
  });

  it.each([
    ['/classify cat, dog', 1],
    ['/saliency cat', 1],
    ['/detect cat, dog', 1],
    ['/segment cat, dog', 1],
    ['/biasaudit occupation', 0],
    ['/prompts cat, dog', 1],
    ['/matrix cat, dog', 2],
    ['/stress cat, dog', 1],
    ['/how cat, dog', 1],
  ])('has it in the picture of %s, which is taller by its lines', async (line, count) => {
    const height = async (asked: typeof app) => {
      const { images } = await asked.ask(line, Array(count).fill('wide.png'));
      return (await sharp(images[0]?.bytes).metadata()).height ?? 0;
    };
    expect(await height(app)).toBeGreaterThan(await height(unwarned));
  });
});
