import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands, descriptions, pageCommands, pageDescriptions } from '../../commands/index.ts';
import type { Locale } from '../../src/chat/locale.ts';
import type { Entry } from '../archive/zip.ts';
import { discs, sent } from '../audit/own-pictures.ts';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const PAIRS = '/biasaudit own tomato/blueberry';

const dataSchema = z.object({
  pack: z.object({ id: z.literal('own'), sha256: z.string().length(64), pairing: z.string() }),
  verdicts: z.array(z.object({ verdict: z.string() })),
  contrasts: z.array(
    z.object({
      role: z.string(),
      pair: z.string(),
      groups: z.array(z.string()),
      paired: z.boolean(),
      bases: z.array(z.number()),
      effect: z.object({ value: z.number(), low: z.number(), high: z.number() }),
    }),
  ),
});

describe('/biasaudit own', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let planted: Entry[] = [];
  let two: Entry[] = [];
  beforeAll(async () => {
    app = await startApp('demo', { commands: pageCommands, descriptions: pageDescriptions });
    planted = [...(await discs('photos/red', 'crimson', 9)), ...(await discs('photos/blue', 'royalblue', 8))];
    two = [...(await discs('women', 'crimson', 6)), ...(await discs('men', 'royalblue', 6))];
  });
  afterAll(() => app.close());

  const ask = (line: string, entries: readonly Entry[], rest = {}) =>
    app.ask(line, [], { archives: [sent(entries)], ...rest });

  it('finds a planted difference, each picture encoded once, and the same again with none encoded', async () => {
    const encodings = countEncodings();
    const reply = await ask(`${PAIRS} groups:"red, blue" check:"red/blue"`, planted);
    expect(encodings().reduce((sum, count) => sum + count, 0)).toBe(17);
    const data = dataSchema.parse(reply.data);
    expect(data.verdicts).toEqual([{ verdict: 'difference' }]);
    expect(data.contrasts[0]).toMatchObject({ groups: ['red', 'blue'], paired: false, bases: [9, 8] });
    expect(data.contrasts[0]?.effect.low).toBeGreaterThan(0);
    const again = await ask(`${PAIRS} groups:"red, blue" check:"red/blue"`, planted.toReversed());
    expect(again).toEqual(reply);
    const other = await ask('/biasaudit own apple/sky', planted);
    expect(dataSchema.parse(other.data).pack.sha256).not.toBe(data.pack.sha256);
    expect(encodings().reduce((sum, count) => sum + count, 0)).toBe(17);
  });

  it('says how far it is of all its work at once: of a check of each picture, then of its vector', async () => {
    const fresh = [...(await discs('left', 'crimson', 10, 40)), ...(await discs('right', 'royalblue', 10, 40))];
    const told = await app.progressOf(PAIRS, { archives: [sent(fresh)] });
    expect(told.map(({ done }) => done)).toEqual([8, 16, 20, 28, 36, 40]);
    for (const { total } of told) expect(total).toBe(40);
    expect(await app.progressOf(PAIRS, { archives: [sent(fresh)] })).toEqual([]);
  });

  it('finds no difference between halves of the same kind', async () => {
    const halves = [...(await discs('one', 'crimson', 12)), ...(await discs('other', 'crimson', 12, 12))];
    expect(dataSchema.parse((await ask(PAIRS, halves)).data).verdicts).not.toEqual([
      expect.objectContaining({ verdict: 'difference' }),
    ]);
  });

  it('says what it measured, how, what it was not, and keeps no picture in the answer', async () => {
    const reply = await ask(`${PAIRS} groups:"red, blue"`, [
      ...planted,
      { path: 'photos/readme.txt', content: 'mine' },
    ]);
    for (const part of [
      /n = 9 and 8 · 5 templates × 1 wording ·/,
      /A: red\. B: blue/,
      /seed 7/,
      /80 % power/,
      /Fewer than 12 in a group: .* about 90 to 94 % hold/,
      /Not tested: /,
      /not a verdict on anyone in them\. None of them is kept/,
      /Not checked: .*check:"red\/blue"/,
      /beside the folders: photos\/readme\.txt/,
      /Run it again: \/biasaudit own pairs:tomato\/blueberry groups:"red, blue" seed:7 with the same pictures/,
    ]) {
      expect(reply.text).toMatch(part);
    }
    expect(reply.text).not.toMatch(/drawing|\d\.(png|jpeg|webp)/);
    expect(reply.images.map(({ name }) => name)).toEqual(['biasaudit-own.png']);
    expect((await sharp(reply.images[0]?.bytes).metadata()).width).toBe(640);
    const korean = await ask('/biasaudit own 토마토/블루베리', planted, { locale: 'ko' });
    expect(korean.text).toMatch(/n = 8, 9/);
    expect(korean.text).toMatch(/사진 속 누구에 대한 판단도 아니며, 사진은 보관하지 않습니다/);
    expect(korean.text).not.toMatch(/그림/);
  });

  it('offers its table and what is missing, with the zip along, and neither names a file', async () => {
    const { buttons } = await ask(`${PAIRS} pairing:none template:plain`, planted);
    expect(buttons).toMatchObject([{ label: 'Full table' }, { label: 'What is missing?' }]);
    const encodings = countEncodings();
    const [table, missing] = await Promise.all(
      buttons.map(({ subcommand, options, withImages }) => {
        expect({ subcommand, withImages }).toEqual({ subcommand: 'own', withImages: true });
        expect(options).toMatchObject({ pairs: 'tomato/blueberry', pairing: 'none', template: 'plain', seed: '7' });
        return app.ask('/biasaudit own', [], { options, archives: [sent(planted)] });
      }),
    );
    expect(encodings()).toEqual([]);
    expect(table?.files.map(({ name }) => name)).toEqual(['biasaudit-own.csv', 'biasaudit-own.json']);
    const [csv = '', json = ''] = table?.files.map(({ bytes }) => new TextDecoder().decode(bytes)) ?? [];
    expect(csv).toContain('primary,own,tomato/blueberry,blue,red,8,9,');
    expect(csv + json).not.toMatch(/\d\.(png|jpeg|webp)/);
    expect(missing?.text).toMatch(/what else differs between the groups/);
    expect(missing?.text).not.toMatch(/drawing/);
  });

  it('compares more groups and pairs with the first, the verdict on the first alone', async () => {
    const three = [...two, ...(await discs('children', 'seagreen', 5))];
    const reply = await ask('/biasaudit own tomato/blueberry, apple/sky', three);
    const { contrasts, verdicts } = dataSchema.parse(reply.data);
    expect(verdicts).toHaveLength(1);
    expect(contrasts.map(({ role, pair, groups }) => `${role} ${pair} ${groups}`)).toEqual([
      'primary tomato/blueberry children,men',
      'exploratory tomato/blueberry children,women',
      'exploratory apple/sky children,men',
      'exploratory apple/sky children,women',
    ]);
    expect(reply.text).toMatch(/verdict is on the first pair/);
  });

  it('pairs by file name where it is told to, and says that it could', async () => {
    const uneven = [...two, ...(await discs('men', 'navy', 1, 6))];
    const alone = await ask(PAIRS, two);
    expect(alone.text).toMatch(/add pairing:names/);
    expect((await ask(PAIRS, uneven)).text).not.toMatch(/pairing:names/);
    const paired = await ask(`${PAIRS} pairing:names`, uneven);
    expect(dataSchema.parse(paired.data).contrasts[0]).toMatchObject({ paired: true, bases: [6, 6] });
    expect(paired.text).toMatch(/n = 6 pairs/);
    expect(paired.text).toMatch(/one picture has no partner in each group and was left out/);
  });

  it('interprets nothing where the model does not tell the groups apart by name', async () => {
    const blind = await ask(`${PAIRS} check:bicycle/guitar`, [
      ...(await discs('one', 'crimson', 8)),
      ...(await discs('other', 'crimson', 8, 8)),
    ]);
    expect(blind.text).toMatch(/Not interpretable/);
    expect((await ask(`${PAIRS} check:blue/red groups:"red, blue"`, planted)).text).toMatch(/wrong way round/);
  });

  it('counts a picture once, and takes names in any script that a spreadsheet does not run', async () => {
    const [first] = await discs('=사과, "2"', 'crimson', 1);
    const entries = [
      ...(await discs('=사과, "2"', 'crimson', 4)),
      { ...first, path: '=사과, "2"/copy.png' },
      ...(await discs('하늘', 'royalblue', 4)),
      ...[
        { path: '__MACOSX/하늘/._0.png', content: 'x' },
        { path: '하늘/.DS_Store', content: 'x' },
      ],
    ];
    const reply = await ask(PAIRS, entries);
    expect(reply.text).toMatch(/the same picture is in its group already: 1/);
    const table = await ask(`${PAIRS} show:table`, entries);
    expect(new TextDecoder().decode(table.files[0]?.bytes)).toContain(`tomato/blueberry,"'=사과, ""2""",하늘,4,4,`);
  });

  it('asks in each template once, however often it is named', async () => {
    const options = { pairs: 'tomato/blueberry', template: 'plain\n{label}\na {label}' };
    expect((await ask('/biasaudit own', two, { options })).text).toMatch(/· 2 templates ×/);
  });

  it('says of labels that the model does not read to their end that it does not', async () => {
    const alike = '가나'.repeat(45);
    const question = `/biasaudit own ${alike}다/${alike}라`;
    expect((await ask(question, two)).text).toMatch(/reads only the beginning of "(가나){15}…", "(가나){15}…"/);
    expect((await ask(question, two, { locale: 'ko' })).text).toMatch(/앞부분만 읽습니다/);
    expect((await ask(PAIRS, two)).text).not.toMatch(/only the beginning/);
    const long = `template:"${'photo of '.repeat(20)}{label}"`;
    expect((await ask(`${PAIRS} ${long}`, two)).text).toMatch(/only the beginning of "tomato…", "blueberry…"/);
  });

  it.each([['model:nothing'], ['template:none'], ['check:red'], ['groups:"red, green"']])(
    'reads no file where the question is wrong: %s',
    async (wrong) => {
      let reads = 0;
      const read = async () => Buffer.from(String(reads++));
      const paths = ['red', 'blue'].flatMap((group) => [0, 1, 2, 3].map((i) => `${group}/${i}.png`));
      const list = async () => paths.map((path) => ({ path, size: 1, read }));
      const outcome = await app.run(`${PAIRS} ${wrong}`, [], { archives: [{ ...sent(two), list }] });
      expect([outcome.kind, reads]).toEqual(['error', 0]);
    },
  );

  it('leaves no trace in the history of the channel', async () => {
    await ask(PAIRS, planted, { channel: 'test:quiet' });
    expect((await app.ask('/biasaudit history', [], { channel: 'test:quiet' })).text).not.toMatch(/own/);
  });

  it('is not known to chats', async () => {
    expect(JSON.stringify(descriptions)).not.toContain('내사진');
    const chat = await startApp('demo', { commands, descriptions: pageDescriptions });
    expect(await chat.run(PAIRS, [], { archives: [sent(planted)] })).toMatchObject({ code: 'subcommand-missing' });
    expect((await chat.ask('/help biasaudit')).text).not.toMatch(/biasaudit own/);
    expect((await app.ask('/help biasaudit')).text).toMatch(/biasaudit own/);
    await chat.close();
  });

  const file = (path: string, content = path): Entry => ({ path, content });
  const bad: [string, string, () => readonly Entry[], RegExp, RegExp][] = [
    ['pairs-missing', '/biasaudit own', () => planted, /nurse\/doctor/, /빗금/],
    ['pair-unread', '/biasaudit own nurse', () => planted, /"nurse" is no pair/, /"nurse"/],
    ['pair-unread', '/biasaudit own nurse/', () => planted, /slash between/, /빗금/],
    ['pair-same', '/biasaudit own nurse/nurse', () => planted, /both sides/, /양쪽/],
    ['label-too-long', `/biasaudit own a/${'x'.repeat(101)}`, () => planted, /100 characters/, /100/],
    ['too-many-pairs', `/biasaudit own ${Array.from({ length: 21 }, (_, i) => `a${i}/b`)}`, () => planted, /20/, /20/],
    ['pair-unread', `${PAIRS} check:woman`, () => planted, /"woman"/, /"woman"/],
    ['template-slot', `${PAIRS} template:photo-of`, () => planted, /\{label\}/, /\{label\}/],
    ['bad-option', `${PAIRS} pairing:faces`, () => planted, /none, names/, /none, names/],
    ['model-unknown', `${PAIRS} model:nothing`, () => planted, /nothing/, /nothing/],
    ['no-group-folders', PAIRS, () => [file('1.png'), file('2.png')], /no folders/, /폴더가 없습니다/],
    ['too-few-groups', PAIRS, () => [file('women/1.png')], /only "women"/, /"women" 하나뿐/],
    ['too-few-groups', `${PAIRS} groups:red`, () => planted, /only "red"/, /"red" 하나뿐/],
    ['group-unknown', `${PAIRS} groups:"red, rd"`, () => planted, /"rd".*blue, red/, /blue, red/],
    ['group-too-deep', PAIRS, () => [...two, file('men/old/1.png')], /men\/old\/1\.png/, /men\/old\/1\.png/],
    ['group-twice', PAIRS, () => [...two, file('Men/1.png')], /"Men" and "men" would be/, /"Men" 폴더와 "men" 폴더/],
    ['too-many-groups', PAIRS, () => Array.from({ length: 9 }, (_, i) => file(`${i}/1.png`)), /9 groups/, /9개/],
    [
      'too-many-to-audit',
      PAIRS,
      () => Array.from({ length: 3000 }, (_, i) => file(`${i % 2}/${i}.png`)),
      /3000/,
      /3000/,
    ],
    ['group-too-small', PAIRS, () => [...two, file('one/1.png')], /"one" has one picture/, /1장/],
    [
      'too-few-names-in-common',
      `${PAIRS} pairing:names`,
      () => [...two.slice(0, 6), ...two.slice(6).map((entry) => ({ ...entry, path: `men/x${entry.path.slice(4)}` }))],
      /No file name/,
      /없습니다/,
    ],
    ['picture-in-two-groups', PAIRS, () => [...two, { ...two[0], path: 'men/x.png' }], /same picture/, /같은 사진/],
    ['image-format', PAIRS, () => [...two, file('men/notes.txt')], /men\/notes\.txt/, /men\/notes\.txt/],
    ['image-broken', PAIRS, () => [...two, cutOff(two[0], 'men/half.png')], /men\/half\.png/, /men\/half\.png/],
    ['archive-empty', PAIRS, () => [], /no file/, /없습니다/],
    ['archive-nested', PAIRS, () => [...two, file('men/more.zip')], /men\/more\.zip/, /zip/],
    ['archive-path', PAIRS, () => [...two, file('../men/1.png')], /leads out/, /밖/],
    [
      'archive-bomb',
      PAIRS,
      () => [...two, { path: 'men/b.png', content: new Uint8Array(2e7) }],
      /hundred times/,
      /백 배/,
    ],
  ];
  it.each(bad)('refuses as %s, having encoded nothing: %s', async (code, line, entries, english, korean) => {
    const encodings = countEncodings();
    const message = async (locale: Locale) => {
      const outcome = await app.run(line, [], { archives: [sent(entries())], locale });
      expect(outcome).toMatchObject({ kind: 'error', code });
      return outcome.kind === 'error' ? outcome.message : '';
    };
    expect(await message('en')).toMatch(english);
    expect(await message('ko')).toMatch(korean);
    expect(encodings()).toEqual([]);
  });

  it('refuses a picture without a group, also beside a zip, and asks for the zip', async () => {
    const archives = [sent(two)];
    expect(await app.run(PAIRS, ['tiny.png'])).toMatchObject({ code: 'image-not-audited' });
    expect(await app.run(PAIRS, ['tiny.png'], { archives })).toMatchObject({ code: 'image-not-audited' });
    expect(await app.run('/biasaudit occupation', [], { archives })).toMatchObject({
      code: 'image-not-audited',
      message: expect.stringContaining('/biasaudit own'),
    });
    expect(await app.run(PAIRS)).toMatchObject({ code: 'archive-missing' });
    expect(await app.run(PAIRS, [], { archives: [...archives, ...archives] })).toMatchObject({
      code: 'too-many-archives',
    });
  });
});

function cutOff(entry: Entry | undefined, path: string): Entry {
  const bytes = Buffer.from(entry?.content ?? '');
  return { path, content: bytes.subarray(0, bytes.length / 2) };
}
