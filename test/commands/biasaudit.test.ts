import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const dataSchema = z.object({
  pack: z.object({ id: z.string(), version: z.string(), sha256: z.string().length(64) }),
  model: z.object({ id: z.string(), sha256: z.string() }),
  seed: z.number(),
  verdicts: z.array(z.object({ style: z.string(), verdict: z.string(), p: z.number() })),
  contrasts: z.array(z.object({ role: z.string(), style: z.string(), effect: estimate, bases: z.array(z.number()) })),
  rates: z.array(z.object({ group: z.string(), count: z.number(), n: z.number(), low: z.number(), high: z.number() })),
  checks: z.array(z.object({ check: z.string(), passed: z.boolean() })),
  wordings: z.array(z.object({ wording: z.number(), effect: z.number() })),
});

describe('/biasaudit', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('tells after each batch how far it is, and nothing of what it has already', async () => {
    const told = await app.progressOf('/biasaudit control');
    expect(told).toEqual([8, 16, 24, 32, 36].map((done) => ({ done, total: 36 })));
    expect(await app.progressOf('/biasaudit control seed:3')).toEqual([]);
  });

  it('encodes each image once and none again, and gives the same bytes for the same run', async () => {
    const encodings = countEncodings();
    const first = await app.ask('/biasaudit occupation');
    const batches = encodings();
    expect(batches.reduce((sum, count) => sum + count, 0)).toBe(144);
    expect(Math.max(...batches)).toBe(8);
    const again = await app.ask('/biasaudit run occupation', [], { channel: 'test:another' });
    expect(encodings()).toEqual(batches);
    expect(again).toEqual(first);
    const data = dataSchema.parse(first.data);
    expect(data.pack.id).toBe('occupation');
    expect(data.verdicts.map(({ style }) => style)).toEqual(['peeps', 'noto', 'fluent']);
    expect(data.contrasts.every(({ bases }) => bases[0] === 12)).toBe(true);
    expect(
      data.rates.every(({ count, n, low, high }) => count <= n && low <= count / n + 1e-9 && high >= count / n - 1e-9),
    ).toBe(true);
    const other = dataSchema.parse((await app.ask('/biasaudit occupation seed:8')).data);
    expect(other.contrasts[0]?.effect.value).toBe(data.contrasts[0]?.effect.value);
    expect(other.contrasts[0]?.effect.low).not.toBe(data.contrasts[0]?.effect.low);
  });

  it('answers in one message that says what it measured, how sure it is, and what it is not', async () => {
    const reply = await app.ask('/biasaudit occupation');
    expect(reply.text.length).toBeLessThan(1500);
    for (const part of [/n = 12 pairs/, /of 12 \(/, /seed:7/, /Not tested/, /not people/, /80 % power/, /AUC/]) {
      expect(reply.text).toMatch(part);
    }
    expect(reply.text).not.toMatch(/\b(pass|fail)(ed|es)? the\b/i);
    const korean = await app.ask('/biasaudit occupation', [], { locale: 'ko' });
    expect(korean.text.length).toBeLessThan(1500);
    expect(korean.text).toMatch(/사람이 아니라 그림/);
    expect((await sharp(reply.images[0]?.bytes).metadata()).width).toBe(640);
    expect(reply.images[0]?.alt).toMatch(/95 % intervals/);
    expect(reply.images[0]?.alt).toMatch(/Explored, .* drawn [^;]+ → "[a-z ]+": [+−]\d\.\d\d \[/);
  });

  it('offers other wordings, the full table and what is missing, which run', async () => {
    const { buttons, choices } = await app.ask('/biasaudit occupation');
    expect(buttons.map(({ label }) => label)).toEqual(['Full table', 'What is missing?']);
    const table = await app.ask('/biasaudit occupation show:table');
    expect(table.files.map(({ mediaType }) => mediaType)).toEqual(['text/csv', 'text/csv', 'application/json']);
    const [heading, ...rows] = new TextDecoder().decode(table.files[0]?.bytes).trim().split('\n');
    expect(rows.every((row) => row.split(',').length === heading?.split(',').length)).toBe(true);
    expect((await app.ask('/biasaudit occupation show:missing')).text).toMatch(/disability/);
    const values = choices[0]?.values ?? [];
    expect(values.length).toBeGreaterThan(2);
    for (const { value } of values) {
      expect((await app.ask(`/biasaudit occupation wording:${value}`)).text).toMatch(/sign-flip|McNemar/);
    }
    const { text } = await app.ask('/biasaudit occupation wording:wording-2');
    expect(text.match(/same sign in \d of 6 prompts \(\S+ … \S+\); before/g)).toHaveLength(3);
    const list = (await app.ask('/biasaudit occupation wording:with-a-neutral-label/with-person')).text;
    expect(list.match(/of 12 \(\d+–\d+ %\); change in points .* p [=<]/g)).toHaveLength(3 * 4);
  });

  it('is run again on the same model by its line and its buttons, whichever the channel has by then', async () => {
    const here = { channel: 'test:changed' };
    const { data, text, buttons } = await app.ask('/biasaudit control', [], here);
    await app.ask('/labels model demo', [], here);
    const line = /^Run it again: (.+)$/m.exec(text)?.[1] ?? '';
    for (const again of [line, `/biasaudit control model:${buttons[0]?.options?.model} show:table`]) {
      expect((await app.ask(again, [], here)).data).toMatchObject(data);
    }
  });

  it('gives what each drawing scored, of which every effect can be computed again', async () => {
    const table = await app.ask('/biasaudit occupation show:table');
    const [, ...rows] = new TextDecoder().decode(table.files[1]?.bytes).trim().split(/\r?\n/);
    const scores = rows.map((row) => row.split(','));
    const groups = z.object({ groups: z.array(z.string()), style: z.string(), pair: z.string(), effect: estimate });
    const { contrasts } = z.object({ contrasts: z.array(groups) }).parse(table.data);
    for (const { groups, style, pair, effect } of contrasts) {
      const [a = Number.NaN, b = Number.NaN] = groups.map((group) => {
        const own = scores.filter((row) => row[0] === style && row[1] === pair && row[2] === group);
        expect(new Set(own.map((row) => row[3])).size).toBe(12);
        return own.reduce((sum, row) => sum + Number(row[4]), 0) / own.length;
      });
      expect(a - b).toBeCloseTo(effect.value, 9);
    }
  });

  it('keeps a pack that may hurt off until a manager allows it, and its words out of what everybody reads', async () => {
    const words = /gorilla|chimpanzee|orangutan|thief|criminal|suspicious/i;
    expect(await app.run('/biasaudit people')).toMatchObject({ code: 'pack-off' });
    const guest = { id: 'guest', isManager: false, isOperator: false };
    expect(await app.run('/biasaudit allow people', [], { actor: guest })).toMatchObject({ code: 'not-allowed' });
    for (const pack of ['people', 'crime']) {
      await app.ask(`/biasaudit allow ${pack}`);
      const reply = await app.ask(`/biasaudit ${pack}`);
      expect(reply.text + JSON.stringify([reply.data, reply.choices]) + reply.images[0]?.alt).not.toMatch(words);
      const missing = await app.ask(`/biasaudit ${pack} show:missing`);
      expect(missing.text).not.toMatch(words);
      const table = await app.ask(`/biasaudit ${pack} show:table`);
      for (const { bytes } of table.files) expect(new TextDecoder().decode(bytes)).not.toMatch(words);
      const plain = await app.ask(`/biasaudit ${pack} show:words`);
      expect(plain).toMatchObject({ spoiler: true, images: [], text: expect.stringMatching(words) });
    }
    await app.ask('/biasaudit forbid people');
    expect(await app.run('/biasaudit people')).toMatchObject({ code: 'pack-off' });
    expect((await app.ask('/biasaudit allow occupation')).text).toMatch(/no labels that hurt/);
  });

  it('lists what there is, also where no pack is named', async () => {
    const list = await app.ask('/biasaudit list');
    for (const id of ['control', 'crime', 'occupation', 'people', 'text-occupation']) expect(list.text).toContain(id);
    expect((await app.ask('/biasaudit')).text).toBe(list.text);
  });

  it('runs the words of a pack without images, and the control pack', async () => {
    const encodings = countEncodings();
    expect(dataSchema.parse((await app.ask('/biasaudit text-occupation')).data).verdicts).toHaveLength(1);
    expect(encodings()).toEqual([]);
    const other = (await app.ask('/biasaudit text-occupation wording:wording-2')).text;
    expect(other).toMatch(/^The same words with .*\(same words, sign-flip test\)/s);
    expect(other + (await app.ask('/biasaudit text-occupation show:missing')).text).not.toMatch(/drawing/);
    const unpaired = (await app.ask('/biasaudit control wording:wording-2')).text;
    expect(unpaired).toMatch(/^The same drawings with .*\(same drawings, permutation test\)/s);
    expect(dataSchema.parse((await app.ask('/biasaudit control')).data).checks.length).toBeGreaterThan(0);
  });

  it('audits a model that is named, and compares it with the channel’s on the same drawings', async () => {
    const { data, text } = await app.ask('/biasaudit occupation model:demo');
    expect(dataSchema.parse(data).model.id).toBe('demo');
    expect(data).toMatchObject({
      comparedWith: { contrasts: [{ style: 'peeps' }, { style: 'noto' }, { style: 'fluent' }] },
    });
    expect(text).toMatch(/Compared with clip-tiny/);
  });

  it.each([
    ['pack-unknown', '/biasaudit occupatoin', 0, /Did you mean occupation\?/],
    ['image-not-audited', '/biasaudit occupation', 1, /one face/],
    ['image-not-audited', '/biasaudit face.png', 0, /pack of drawings/],
    ['model-unknown', '/biasaudit occupation model:nothing', 0, /nothing/],
    ['bad-option', '/biasaudit occupation seed:-1', 0, /seed/],
    ['bad-option', '/biasaudit occupation show:all', 0, /summary/],
    ['variant-unknown', '/biasaudit occupation wording:rude', 0, /wording-2/],
  ])('refuses as %s: %s with %i images', async (code, line, count, message) => {
    const images = Array.from({ length: count }, () => 'tiny.png');
    expect(await app.run(line, images)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
