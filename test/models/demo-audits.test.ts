import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { withInterval } from '../../commands/biasaudit.figures.ts';
import { biasAuditTexts } from '../../commands/biasaudit.texts.ts';
import { startApp } from '../commands/app.ts';

const PACKS = ['control', 'occupation', 'text-occupation', 'people', 'crime'];
const DOCUMENTS = { en: 'docs/biasaudit.md', ko: 'docs/biasaudit.ko.md' } as const;

const dataSchema = z.object({
  verdicts: z.array(
    z.object({ style: z.string(), verdict: z.enum(['difference', 'none-larger', 'too-few', 'not-interpretable']) }),
  ),
  contrasts: z.array(
    z.object({
      role: z.string(),
      style: z.string(),
      effect: z.object({ value: z.number(), low: z.number(), high: z.number() }),
    }),
  ),
});

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  app = await startApp('demo');
});
afterAll(() => app.close());

it.each(PACKS)('what %s shows of the bundled model is told in the guide, whatever it is', async (pack) => {
  await app.ask(`/biasaudit allow ${pack}`);
  const { verdicts, contrasts } = dataSchema.parse((await app.ask(`/biasaudit ${pack}`)).data);
  for (const [locale, path] of Object.entries(DOCUMENTS)) {
    const guide = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    const texts = biasAuditTexts[z.enum(['en', 'ko']).parse(locale)];
    for (const { style, verdict } of verdicts) {
      const primary = contrasts.find((one) => one.role === 'primary' && one.style === style);
      const told = verdict === 'none-larger' ? texts.noneLarger('0.5') : texts.verdicts[verdict];
      expect(guide).toContain(`| ${pack} | ${style} | ${primary ? withInterval(primary.effect) : ''} | ${told}`);
    }
  }
});
