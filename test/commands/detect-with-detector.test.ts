import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './app.ts';
import { BLANKS, blank } from './blank.ts';
import { dataSchema } from './boxes.ts';

const OWL = fileURLToPath(new URL('../fixtures/reference/owlvit-tiny', import.meta.url));
const TINY = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));

describe('/detect with a detector', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp(undefined, undefined, { DETECTOR_MODEL: OWL });
  });
  afterAll(() => app.close());

  const labels = 'cat, red car, forest, palace';

  it('draws what the detector finds, says who it is and what its scores mean, in both languages', async () => {
    const { data, text, images } = await app.ask(`/detect ${labels}`, ['upright.jpg']);
    const { boxes } = dataSchema.parse(data);
    expect(boxes.length).toBeGreaterThan(3);
    expect(boxes.length).toBeLessThanOrEqual(20);
    expect(boxes.map(({ score }) => score)).toEqual(boxes.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { score, x, y, width, height } of boxes) {
      expect(score).toBeGreaterThan(0.1);
      expect(x + width).toBeLessThanOrEqual(640);
      expect(y + height).toBeLessThanOrEqual(427);
    }
    expect(data).toMatchObject({ model: { id: 'owlvit-tiny', family: 'owlvit', dtype: 'fp32' } });
    expect(text).toMatch(/as the detector owlvit-tiny sees it: 1 [\s\S]*the detector's own score/);
    expect(text).toContain('no cosine');
    expect(images[0]?.alt).toContain('Detector owlvit-tiny');
    const korean = await app.ask(`/detect ${labels}`, ['upright.jpg'], { locale: 'ko' });
    expect(korean.text).toMatch(/owlvit-tiny 탐지 모델이 본 upright.jpg: 1 [\s\S]*매긴 점수/);
  });

  it('takes CLIP’s maps where a model is named, and the detector by its own name', async () => {
    const clip = await app.ask(`/detect ${labels} model:clip-tiny`, ['upright.jpg']);
    expect(clip.data).toMatchObject({ model: { id: 'clip-tiny', family: 'clip' } });
    expect(clip.text).toContain('other labels and everyday words');
    expect(clip.buttons[0]?.options).toMatchObject({ model: 'clip-tiny' });
    const own = await app.ask(`/detect ${labels} model:owlvit-tiny`, ['upright.jpg']);
    expect(own.data).toMatchObject({ model: { id: 'owlvit-tiny' } });
    const segmented = await app.ask(`/segment ${labels}`, ['upright.jpg']);
    expect(segmented.data).toMatchObject({ model: { id: 'clip-tiny' } });
    expect(await app.run(`/classify ${labels} model:owlvit-tiny`, ['upright.jpg'])).toMatchObject({
      code: 'model-unknown',
    });
    expect((await app.ask('/about')).text).toContain('Detector: owlvit-tiny');
  });

  it.each([['wide.png'], ['tall.jpg'], ['tiny.png'], ['rgba.png'], ['exif-6.jpg'], ['large.jpg']])(
    'holds %s',
    async (image) => {
      for (const template of ['plain', 'clip-7']) {
        const { data, images } = await app.ask(`/detect cat, dog template:${template}`, [image]);
        dataSchema.parse(data);
        expect(images).toHaveLength(1);
      }
    },
  );

  it.each(BLANKS)('finds nothing on %i by %i pixels of one colour, and says so', async (width, height) => {
    const bytes = await blank(width, height);
    const image = { name: 'blank.png', mediaType: '', size: bytes.length, ref: '', fetch: async () => bytes };
    const { data, text } = await app.ask(`/detect ${labels}`, [], { images: [image] });
    expect(dataSchema.parse(data).boxes).toEqual([]);
    expect(text).toContain(`not found: ${labels}`);
  });

  it('says which labels it does not read to their end, and which language it never learned', async () => {
    const long = 'a small black cat with white paws on the old sofa by the window';
    const { text } = await app.ask(`/detect cat, ${long}`, ['upright.jpg']);
    expect(text).toContain('reads only the beginning of "a small black cat');
    expect(text).not.toContain('"cat…"');
    expect((await app.ask('/detect 고양이', ['upright.jpg'])).text).toContain('learned English only');
  });
});

describe('/detect with a detector of another folder', () => {
  const broken = async (spoil: (folder: string) => Promise<void>) => {
    const folder = join(await mkdtemp(join(tmpdir(), 'owl-')), 'owl');
    await cp(OWL, folder, { recursive: true });
    await spoil(folder);
    return folder;
  };
  const model = 'onnx/model.onnx';
  const setting = (name: string, value: object) => (folder: string) =>
    writeFile(join(folder, name), JSON.stringify(value));

  it('stands behind what its cliplens.json says of it, where it can be used', async () => {
    const warning = { en: 'Boxes of this one are noise.', ko: '이 모델의 상자는 잡음입니다.' };
    const DETECTOR_MODEL = await broken(setting('cliplens.json', { warning, languages: ['en', 'ko'] }));
    const app = await startApp(undefined, undefined, { DETECTOR_MODEL });
    const { text } = await app.ask('/detect 고양이', ['upright.jpg']);
    expect(text).toMatch(/^Boxes of this one are noise\./);
    expect(text).not.toContain('English only');
    await app.close();
  });

  it.each([
    ['no folder', async () => './nowhere/owl', /detector "owl".*there is no folder owl;/],
    [
      'a CLIP',
      () => broken((folder) => cp(TINY, folder, { recursive: true })),
      /not that of an OWL-ViT; use one, such as/,
    ],
    ['an OWLv2', () => broken(setting('config.json', { model_type: 'owlv2' })), /is an OWLv2.*not supported/],
    ['no model at all', () => broken(setting('config.json', {})), /not that of an OWL-ViT/],
    [
      'a file cut short',
      () => broken((folder) => truncate(join(folder, model), 9_000)),
      /cannot be loaded; get it anew/,
    ],
    ['no ONNX file', () => broken((folder) => rm(join(folder, model))), /has no onnx\/model.onnx/],
    [
      'a crop',
      () => broken(setting('preprocessor_config.json', { size: 64, do_center_crop: true, crop_size: 64 })),
      /do not belong together/,
    ],
    [
      'another size',
      () => broken(setting('preprocessor_config.json', { size: { width: 32, height: 32 } })),
      /do not belong together/,
    ],
    [
      'the graph of an encoder',
      () => broken((folder) => cp(join(TINY, 'onnx/text_model.onnx'), join(folder, model))),
      /do not belong together/,
    ],
    ['an id that is not here, offline', async () => 'owner/owl', /HF_HUB_OFFLINE forbids to fetch it/],
    ['neither folder nor id', async () => 'owl vit', /no folder and no hub id/],
  ])('%s: says so and what to do, and the rest goes on', async (_, configure, message) => {
    const app = await startApp(undefined, undefined, { DETECTOR_MODEL: await configure(), HF_HUB_OFFLINE: '1' });
    const refused = await app.run('/detect cat', ['upright.jpg']);
    expect(refused).toMatchObject({ code: 'detector-unavailable', message: expect.stringMatching(message) });
    expect(refused).toMatchObject({ message: expect.stringMatching(/\(DETECTOR_MODEL\).*model:NAME/) });
    expect(refused).not.toMatchObject({ message: expect.stringContaining(tmpdir()) });
    const korean = await app.run('/detect cat', ['upright.jpg'], { locale: 'ko' });
    expect(korean).toMatchObject({ message: expect.stringMatching(/탐지 모델.*model:이름/) });
    const { data } = await app.ask('/detect cat model:clip-tiny', ['upright.jpg']);
    expect(data).toMatchObject({ model: { id: 'clip-tiny' } });
    await app.close();
  });
});
