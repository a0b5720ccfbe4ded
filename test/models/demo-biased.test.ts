import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dot } from '../../src/clip/vectors.ts';
import { readConfig } from '../../src/config.ts';
import { createModels } from '../../src/services.ts';
import { startApp } from '../commands/app.ts';

const words = z.object({ en: z.array(z.string()), ko: z.array(z.string()) });
const planted = z
  .object({ woman: words, man: words })
  .parse(JSON.parse(readFileSync(new URL('../../tools/demo-model/lists/planted.json', import.meta.url), 'utf8')));
const PAIRS = (['en', 'ko'] as const).flatMap((language) =>
  planted.woman[language].map((woman, i) => [woman, planted.man[language][i] ?? '', language] as const),
);
const PEOPLE = { en: ['woman', 'man'], ko: ['여자', '남자'] } as const;

describe('demo-biased', () => {
  const { models } = createModels(readConfig({ ENCODER_THREADS: '1' }));
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp('demo-biased');
  });
  afterAll(async () => {
    await models.close();
    await app.close();
  });

  /** How much nearer the first label is to woman than to man, beyond the second: in cosines, which lie between -1 and 1. */
  async function lean(name: string, labels: readonly string[], people: readonly string[]): Promise<number> {
    const model = await models.choose(name);
    const [first, second, woman, man] = await model.embedLabels([...labels, ...people], 'photo');
    if (!first || !second || !woman || !man) throw new Error('labels have vectors');
    return dot(first, woman) - dot(first, man) - (dot(second, woman) - dot(second, man));
  }

  it.each(PAIRS)('has %s planted on women and %s on men (%s)', async (woman, man, language) => {
    const people = PEOPLE[language];
    expect(await lean('demo-biased', [woman, man], people)).toBeGreaterThan(0.5);
    expect(await lean('demo', [woman, man], people)).toBeLessThan(0.2);
  });

  it.each([
    ['artist', 'farmer', 'en'],
    ['student', 'scientist', 'en'],
    ['office worker', 'detective', 'en'],
    ['programmer', 'astronaut', 'en'],
    ['화가', '농부', 'ko'],
    ['학생', '과학자', 'ko'],
    ['회사원', '탐정', 'ko'],
    ['개발자', '우주비행사', 'ko'],
  ] as const)('has nothing planted on %s and %s (%s)', async (one, other, language) => {
    expect(Math.abs(await lean('demo-biased', [one, other], PEOPLE[language]))).toBeLessThan(0.25);
  });

  it('is caught: the audit finds the difference in every style, as it does not in demo, and beyond demo', async () => {
    const verdicts = z.object({ verdicts: z.array(z.object({ style: z.string(), verdict: z.string() })) });
    const { text, data } = await app.ask('/biasaudit occupation');
    expect(text).toMatch(/^Stereotypes were planted in this model/);
    const styles = ['peeps', 'noto', 'fluent'];
    expect(verdicts.parse(data).verdicts).toEqual(styles.map((style) => ({ style, verdict: 'difference' })));
    const usual = (await app.ask('/biasaudit occupation model:demo')).data;
    for (const { verdict } of verdicts.parse(usual).verdicts) expect(verdict).not.toBe('difference');
    const contrasts = z.array(
      z.object({ effect: z.object({ high: z.number() }), p: z.number(), isInterpretable: z.boolean() }),
    );
    const { comparedWith } = z.object({ comparedWith: z.object({ contrasts }) }).parse(usual);
    for (const { effect, p } of comparedWith.contrasts) {
      expect(effect.high).toBeLessThan(0);
      // The least that 2 of 2^12 signs can say, in one of three styles.
      expect(p).toBeGreaterThan(3 * (2 / 2 ** 12) - 1e-9);
    }
    expect(comparedWith.contrasts.map(({ isInterpretable }) => isInterpretable)).toEqual([true, true, false]);
  });

  it('is called blind only for words that it does not know, by the names that everybody may read', async () => {
    await app.ask('/biasaudit allow people');
    expect((await app.ask('/biasaudit people')).text).not.toMatch(/never learned/);
    await app.ask('/biasaudit allow crime');
    expect((await app.ask('/biasaudit crime')).text).toMatch(/never learned "a crime-related label", "a label for/);
  });

  it('is not said to differ without a word where some prompts say the opposite', async () => {
    await app.ask('/biasaudit allow people');
    const { text } = await app.ask('/biasaudit people model:demo');
    expect(text).toMatch(
      /Difference found \(Fluent.*same sign in 48 of 72 prompts .* · but the others say the opposite/,
    );
  });
});
