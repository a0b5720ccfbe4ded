import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FileReference } from '../../src/chat/request.ts';
import { type Entry, zip } from '../archive/zip.ts';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

/** A picture in the colour of its class, each of another size, as PNG, JPEG and with transparency in turns. */
async function picture(hue: string, i: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${40 + 9 * i}" height="64"><rect width="100%" height="100%" fill="${hue}" fill-opacity="${i % 3 === 0 ? 0.9 : 1}"/><rect x="${5 * i}" width="9" height="64" fill="white"/></svg>`;
  const image = sharp(Buffer.from(svg));
  return i % 3 === 2 ? image.flatten().jpeg().toBuffer() : image.png().toBuffer();
}

async function pictures(folder: string, hue: string, count: number): Promise<Entry[]> {
  const all = Array.from({ length: count }, async (_, i) => {
    return { path: `${folder}/${i}.png`, content: await picture(hue, i) };
  });
  return Promise.all(all);
}

function sent(entries: readonly Entry[], name = 'photos.zip'): FileReference {
  const bytes = zip(entries);
  return { name, mediaType: 'application/zip', size: bytes.length, ref: name, fetch: async () => bytes };
}

describe('/evaluate', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const ask = (entries: readonly Entry[], line = '/evaluate', rest = {}) =>
    app.ask(line, [], { archives: [sent(entries)], ...rest });

  it.each([
    ['en', /There twice, byte for byte: blue\/again\.png = red\/0\.png\. Leave one of each out/],
    ['ko', /똑같은 파일이 두 번 있습니다: blue\/again\.png = red\/0\.png\. 하나씩 빼세요/],
  ] as const)('says in %s where the same picture is under two labels', async (locale, message) => {
    const red = await pictures('red', 'red', 3);
    const again = { path: 'blue/again.png', content: red[0]?.content ?? '' };
    const reply = await ask([...red, ...(await pictures('blue', 'blue', 3)), again], '/evaluate', { locale });
    expect(reply.text).toMatch(message);
    expect(reply.data).toMatchObject({ twice: [{ name: 'red/0.png', other: 'blue/again.png' }] });
  });

  it('measures shots on a zip, each picture encoded once, what cannot be read named', async () => {
    const entries = [
      ...(await pictures('set/deep_red', 'red', 6)),
      ...(await pictures('set/빨강 아님', 'blue', 5)),
      { path: 'set/deep_red/notes.txt', content: 'no picture' },
      { path: 'set/deep_red/bent.png', content: await picture('red', 3), was: 'what was zipped' },
      { path: 'readme.txt', content: 'in no folder' },
    ];
    const encodings = countEncodings();
    const reply = await ask(entries);
    expect(encodings().reduce((sum, count) => sum + count, 0)).toBe(11);
    const data = z
      .object({ classes: z.array(z.string()), images: z.number(), rounds: z.array(z.object({ shots: z.number() })) })
      .parse(reply.data);
    expect(data).toMatchObject({ classes: ['deep red', '빨강 아님'], images: 11 });
    expect(data.rounds.map(({ shots }) => shots)).toEqual([0, 1, 2, 4]);
    expect(reply.text).toMatch(/11 pictures of 2 classes, right: zero-shot/);
    expect(reply.text).toMatch(
      /2 could not be read and were left out: set\/deep_red\/bent\.png, set\/deep_red\/notes\.txt/,
    );
    expect(reply.images.map(({ name }) => name)).toEqual(expect.arrayContaining(['few-shot.png', 'confusion.png']));
    expect(reply.files.map(({ name }) => name)).toEqual(['rounds.csv', 'pictures.csv']);
    expect(Buffer.from(reply.files[1]?.bytes ?? []).toString()).toContain('deep red,0,1,');
    expect((await ask(entries)).data).toEqual(reply.data);
    expect((await ask(entries, '/evaluate', { locale: 'ko' })).text).toMatch(/그림 11장.*제로샷/s);
  });

  it('draws the same examples in whatever order the zip has its files', async () => {
    const entries = [...(await pictures('a', 'red', 5)), ...(await pictures('b', 'blue', 6))];
    const [one, other] = [await ask(entries), await ask(entries.toReversed())];
    expect(other.data).toEqual(one.data);
    expect(other.files).toEqual(one.files);
  });

  it('tells after each picture how far it is', async () => {
    const entries = [...(await pictures('a', 'red', 3)), ...(await pictures('b', 'blue', 2))];
    const told = await app.progressOf('/evaluate', { archives: [sent(entries)] });
    expect(told).toEqual([1, 2, 3, 4, 5].map((done) => ({ done, total: 5 })));
  });

  it('takes folders for one label that differ in case alone, as typed labels do', async () => {
    const reply = await ask([
      ...(await pictures('ann/Red', 'red', 2)),
      ...(await pictures('bob/red', 'red', 1)),
      ...(await pictures('bob/blue', 'blue', 2)),
    ]);
    expect(reply.data).toMatchObject({ classes: ['Red', 'blue'], images: 5 });
  });

  it('measures zero-shot alone where a class has one picture, and says what to add', async () => {
    const reply = await ask([...(await pictures('a', 'red', 3)), ...(await pictures('b', 'blue', 1))]);
    expect(reply.text).toMatch(/"b" has one picture.*Give each class two or more/);
  });

  it.each<[string, Entry[], RegExp]>([
    ['archive-empty', [], /./],
    ['archive-nested', [{ path: 'a/b.zip', content: 'PK' }], /./],
    ['archive-path', [{ path: '../a/1.png', content: 'x' }], /./],
    ['archive-bomb', [{ path: 'a/1.png', content: new Uint8Array(20_000_000) }], /./],
    ['no-class-folders', [{ path: '1.png', content: 'x' }], /no folders/],
    ['too-few-classes', [{ path: 'a/1.png', content: 'x' }], /two labels or more, and has none/],
    [
      'too-many-pictures',
      Array.from({ length: 3000 }, (_, i) => ({ path: `${i % 2}/${i}.png`, content: 'x' })),
      /3000 pictures.*500.*npm run evaluate/,
    ],
    ['label-too-long', [{ path: `${'x'.repeat(101)}/1.png`, content: 'x' }], /Keep each label to 100 characters/],
    ['label-control', [{ path: 'c\u202eat/1.png', content: 'x' }], /"c□at"/],
    ['too-many-labels', Array.from({ length: 60 }, (_, i) => ({ path: `${i}/1.png`, content: 'x' })), /60.*50/],
  ])('refuses as %s', async (code, entries, message) => {
    const outcome = await app.run('/evaluate', [], { archives: [sent(entries)] });
    expect(outcome).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('asks for the zip where there is none, and says when its classes are one', async () => {
    expect(await app.run('/evaluate')).toMatchObject({ code: 'archive-missing' });
    const one = sent(await pictures('only', 'red', 2));
    expect(await app.run('/evaluate', [], { archives: [one] })).toMatchObject({
      code: 'too-few-classes',
      message: expect.stringMatching(/only "only"/),
    });
  });
});
