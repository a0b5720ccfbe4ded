import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { countEncodings } from '../clip/encodings.ts';
import { startApp } from './app.ts';

const MANY = ['tall.jpg', 'wide.png', 'tiny.png', 'rgba.png', 'grey.jpg'];
const bob = { id: 'bob', isManager: false, isOperator: false };

describe('/teach', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const inRoom = (channel: string) => ({
    ask: (line: string, images: readonly string[] = [], rest = {}) => app.ask(line, images, { channel, ...rest }),
    run: (line: string, images: readonly string[] = [], rest = {}) => app.run(line, images, { channel, ...rest }),
  });

  it('learns labels from images of any size and mode, each encoded once, and answers with them', async () => {
    const { ask } = inRoom('a');
    const encodings = countEncodings();
    const first = await ask('/teach add 24/7 shop', MANY);
    expect(encodings()).toEqual([5]);
    expect(first.data).toMatchObject({ label: '24/7 shop', added: MANY, total: 5, labels: 1 });
    expect(first.text).toMatch(/second label next/);
    expect(first.buttons).toMatchObject([{ command: 'teach', subcommand: 'undo' }]);
    await ask('/teach add label:"red car"', ['cmyk.jpg', 'palette.png']);
    const { text, data, images } = await ask('/teach test', ['tall.jpg', 'cmyk.jpg']);
    expect(text).toMatch(/tall\.jpg: 24\/7 shop .*%/);
    expect(text).toMatch(/7 examples of 2 labels; it knows no others/);
    const best = (i: number) => resultsOf(data)[i]?.scores[0];
    expect(best(0)).toMatchObject({ label: '24/7 shop', similarity: expect.closeTo(1, 5) });
    expect(images).toHaveLength(2);
    expect(images[0]?.alt).toContain('Linear probe of 7 examples');
  });

  it('counts the same image once under a label in any case, and says where another label has it', async () => {
    const { ask } = inRoom('b');
    await ask('/teach add Cat', ['tall.jpg', 'tall.jpg']);
    const again = await ask('/teach add cat', ['tall.jpg', 'wide.png']);
    expect(again.data).toMatchObject({ label: 'Cat', again: ['tall.jpg'], added: ['wide.png'], total: 2 });
    expect(again.text).toMatch(/not counted twice: tall\.jpg/);
    const other = await ask('/teach add dog', ['tall.jpg']);
    expect(other.text).toMatch(/tall\.jpg is an example of "Cat" as well/);
    expect((await ask('/teach add dog', ['tall.jpg'])).text).toMatch(/^Nothing was added/);
    expect((await ask('/teach add dog', ['tall.jpg'], { locale: 'ko' })).text).toMatch(/두 번 세지 않았습니다/);
  });

  it('shows zero-shot and taught answers side by side, from one encoding, and follows every change', async () => {
    const { ask } = inRoom('c');
    const before = await ask('/classify cat, dog', ['upright.jpg']);
    expect(resultsOf(before.data)[0]).not.toHaveProperty('taught');
    await ask('/teach add sun', ['tall.jpg']);
    await ask('/teach add moon', ['wide.png']);
    const encodings = countEncodings();
    const both = await ask('/classify cat, dog', ['upright.jpg']);
    expect(encodings()).toEqual([1]);
    expect(resultsOf(both.data)[0]?.scores).toEqual(resultsOf(before.data)[0]?.scores);
    expect(
      resultsOf(both.data)[0]
        ?.taught?.map(({ label }) => label)
        .sort(),
    ).toEqual(['moon', 'sun']);
    expect(both.text).toMatch(/Taught here by 2 examples: /);
    const [small, large] = await Promise.all(
      [before, both].map(async ({ images }) => (await sharp(images[0]?.bytes).metadata()).height),
    );
    expect(large).toBeGreaterThan((small ?? 0) + 100);
    await ask('/teach add star', ['tiny.png']);
    expect(resultsOf((await ask('/classify cat, dog', ['tall.jpg'])).data)[0]?.taught).toHaveLength(3);
    await ask('/teach forget whose:everyone');
    expect(resultsOf((await ask('/classify cat, dog', ['upright.jpg'])).data)[0]).not.toHaveProperty('taught');
  });

  it('is unsure where two labels are close, though one of two always has half', async () => {
    const { ask } = inRoom('close');
    await ask('/teach add sun', ['tall.jpg']);
    await ask('/teach add moon', ['tall.jpg']);
    expect((await ask('/teach test', ['tall.jpg'])).text).toMatch(/^tall\.jpg: unsure\. Closest: \w+ 50\.0/);
    expect((await ask('/classify cat, dog', ['tall.jpg'])).text).toMatch(/by 2 examples: unsure\. Closest: /);
    const korean = await ask('/teach test', ['tall.jpg'], { locale: 'ko' });
    expect(korean.text).toMatch(/^tall\.jpg: 확실하지 않습니다\. 가장 가까운 라벨: /);
    await ask('/teach undo');
    await ask('/teach add moon', ['wide.png']);
    expect((await ask('/teach test', ['tall.jpg'])).text).toMatch(/^tall\.jpg: sun /);
  });

  it('lets people take back their own, and managers all', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-25T23:59:59Z') });
    onTestFinished(() => void vi.useRealTimers());
    const { ask, run } = inRoom('d');
    await ask('/teach add cat', ['tall.jpg', 'wide.png']);
    await ask('/teach add dog', ['tiny.png'], { actor: bob });
    await ask('/teach add dog', ['rgba.png'], { actor: bob });
    const shown = await ask('/teach show', [], { actor: bob });
    expect(shown.data).toMatchObject({
      labels: [
        { label: 'cat', examples: 2, yours: 0 },
        { label: 'dog', examples: 2, yours: 2 },
      ],
      people: 2,
    });
    expect(shown.text).toContain('By 2 people, 2026-11-25.');
    expect(shown.text).not.toContain('bob');
    expect((await ask('/teach undo', [], { actor: bob })).data).toEqual({ removed: 1 });
    expect(await run('/teach forget cat', [], { actor: bob })).toMatchObject({ code: 'nothing-of-yours' });
    expect(await run('/teach forget whose:everyone', [], { actor: bob })).toMatchObject({ code: 'not-allowed' });
    expect((await ask('/teach forget', [], { actor: bob })).data).toEqual({ removed: 1 });
    expect(await run('/teach undo', [], { actor: bob })).toMatchObject({ code: 'nothing-of-yours' });
    expect((await ask('/teach forget CAT whose:everyone')).data).toEqual({ removed: 2 });
    expect(await run('/teach show')).toMatchObject({ code: 'nothing-taught' });
  });

  it('asks for the images again where the model was changed, and has the old ones back with the old model', async () => {
    const { ask, run } = inRoom('e');
    await ask('/teach add cat', ['tall.jpg']);
    await ask('/teach add dog', ['wide.png']);
    await ask('/labels model demo');
    expect(await run('/teach test', ['tall.jpg'])).toMatchObject({
      code: 'taught-other-model',
      message: expect.stringMatching(/2 examples/),
    });
    expect((await ask('/teach show')).text).toMatch(/2 examples here belong to another model/);
    expect((await ask('/classify cat, dog', ['tall.jpg'])).text).toMatch(/2 examples here belong to another model/);
    expect((await ask('/teach add cat', ['tall.jpg'])).data).toMatchObject({ total: 1, labels: 1, otherModel: 2 });
    expect((await ask('/classify cat, dog', ['tall.jpg'])).text).not.toContain('Taught');
    await ask('/labels model');
    expect((await ask('/teach test', ['tall.jpg'])).data).toMatchObject({
      labels: [{ label: 'cat', examples: 1 }, {}],
    });
  });

  it.each([
    ['nothing-taught', '/teach test', ['tall.jpg'], /\/teach add/],
    ['image-missing', '/teach add cat', [], /no image/],
    ['too-many-images', '/teach add cat', Array.from({ length: 11 }, () => 'tiny.png'), /10/],
    ['option-missing', '/teach add', ['tiny.png'], /label/],
    ['one-label', '/teach add cat, dog', ['tiny.png'], /one label/],
    ['one-label', '/teach add ,', ['tiny.png'], /one label/],
    ['image-broken', '/teach add cat', ['tall.jpg', 'bad/truncated.jpg'], /truncated/],
    ['nothing-of-yours', '/teach undo', [], /show/],
    ['bad-option', '/teach forget whose:yours', [], /mine, everyone/],
  ])('refuses as %s: %s', async (code, line, images, message) => {
    const outcome = await inRoom('f').run(line, images);
    expect(outcome).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await inRoom('f').run('/teach show')).toMatchObject({ code: 'nothing-taught' });
  });

  it('completes the labels that were taught', async () => {
    await inRoom('i').ask('/teach add Cat', ['tall.jpg']);
    await inRoom('i').ask('/teach add dog', ['wide.png']);
    const asked = { command: 'teach', subcommand: 'add', option: 'label', channel: 'i', locale: 'en' } as const;
    expect(await app.complete({ ...asked, typed: '' })).toEqual(['Cat', 'dog']);
    expect(await app.complete({ ...asked, typed: 'c' })).toEqual(['Cat']);
  });

  it('says that one label is not enough', async () => {
    const { ask, run } = inRoom('g');
    await ask('/teach add cat', ['tall.jpg']);
    expect(await run('/teach test', ['tall.jpg'])).toMatchObject({
      code: 'taught-one-label',
      message: expect.stringMatching(/Only "cat"/),
    });
  });

  it('holds fifty labels and no more', async () => {
    const { ask, run } = inRoom('h');
    for (let i = 0; i < 50; i++) await ask(`/teach add label ${i}`, ['tiny.png']);
    expect(await run('/teach add one more', ['tiny.png'])).toMatchObject({ code: 'too-many-labels' });
    expect((await ask('/teach add LABEL 3', ['tall.jpg'])).data).toMatchObject({ label: 'label 3', labels: 50 });
  });
});

const score = z.object({ label: z.string(), probability: z.number(), similarity: z.number() });
const dataSchema = z.object({
  results: z.array(z.object({ scores: z.array(score), taught: z.array(score).optional() })),
});

function resultsOf(data: unknown) {
  return dataSchema.parse(data).results;
}
