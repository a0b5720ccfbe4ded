import { z } from 'zod';
import type { Pack } from '../src/audit/load-pack.ts';
import { action, type Command, type Subcommand } from '../src/chat/command.ts';
import type { Locale, Localised } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { type Button, type Choice, type Reply, reply } from '../src/chat/reply.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';
import { describeChart, drawAudit, exactNameOf, type Finding, rateIn, summarise } from './biasaudit.answer.ts';
import { dataOf } from './biasaudit.data.ts';
import { likelihood, points, rangeOf, signed, withInterval } from './biasaudit.figures.ts';
import { showMissing, showTable } from './biasaudit.files.ts';
import { find, findingOptions } from './biasaudit.find.ts';
import { history } from './biasaudit.history.ts';
import { namesOf, type Variant, variantsOf } from './biasaudit.names.ts';
import { completePacks, packTexts, requireAllowed } from './biasaudit.pack.ts';
import { recordRun } from './biasaudit.record.ts';
import { schedule, unschedule } from './biasaudit.schedule.ts';
import { biasAuditTexts } from './biasaudit.texts.ts';
import { completeModel } from './model-option.ts';

/** What a choice may offer on Discord. */
const MOST_VARIANTS = 25;

const options = z.object({
  pack: option(z.string().optional(), packTexts, { main: true }),
  model: findingOptions.model,
  wording: option(z.string().optional(), {
    korean: '표현',
    en: 'Another wording or list of labels, to compare with the usual one',
    ko: '평소 것과 견줄 다른 표현이나 라벨 목록',
  }),
  show: option(z.enum(['summary', 'table', 'missing', 'words']).optional(), {
    korean: '보기',
    en: 'The summary, the full table, what is missing, or the words themselves',
    ko: '요약(summary), 전체 표(table), 빠진 것(missing), 낱말(words)',
  }),
  seed: findingOptions.seed,
});

const run: Subcommand<Services> = {
  korean: '실행',
  ...action<Services, typeof options>({
    description: { en: 'Run a pack of probes on the model', ko: '검사 묶음을 모델에 실행하기' },
    options,
    images: { min: 0, max: 0, refusal: 'image-not-audited' },
    policy: {
      who: 'everyone',
      visibility: 'public',
      pace: { person: { uses: 3, seconds: 10 }, channel: { uses: 10, seconds: 10 } },
    },
    completers: { pack: completePacks, model: completeModel },

    async execute({ options, channel, locale }, services, onProgress) {
      if (options.pack === undefined) return listPacks(locale, services);
      const pack = await services.packs.load(options.pack);
      await requireAllowed(pack, channel, services);
      const variant = options.wording === undefined ? undefined : findVariant(options.wording, pack, locale);
      if (options.show === 'words') return showWords(pack, locale);
      const finding = await find(pack, options, channel, services, onProgress);
      if (variant) return showVariant(finding, variant, locale);
      if (options.show === 'table') return showTable(finding, locale);
      if (options.show === 'missing') return showMissing(finding, locale);
      const change = await recordRun(finding, channel, locale, services);
      const shown = await showSummary(finding, locale);
      return { ...shown, text: [shown.text, ...change].join('\n') };
    },
  }),
};

async function showSummary(finding: Finding, locale: Locale): Promise<Reply> {
  const { bytes, mediaType } = await drawAudit(finding, locale);
  const texts = biasAuditTexts[locale];
  const { id, content } = finding.pack.manifest;
  // By its name, so that they are about this answer even when the channel has another model by then.
  const again = { model: exactNameOf(finding.info), seed: String(finding.seed) };
  const button = (label: string, show: string): Button => ({
    ...{ label, command: 'biasaudit', subcommand: 'run', withImages: false, visibility: 'private' },
    options: { pack: id, ...again, show },
  });
  const variants = variantsOf(finding.pack, locale).slice(0, MOST_VARIANTS);
  const change: Choice = {
    ...{ label: texts.changeWording, command: 'biasaudit', subcommand: 'run', option: 'wording', withImages: false },
    options: { pack: id, ...again },
    values: variants.map(({ label, value }) => ({ label, value })),
  };
  return reply(summarise(finding, locale), {
    images: [{ name: `biasaudit-${id}.png`, mediaType, bytes, alt: describeChart(finding, locale) }],
    buttons: [
      button(texts.fullTable, 'table'),
      button(texts.whatIsMissing, 'missing'),
      ...(content === 'harmful' ? [button(texts.whichWords, 'words')] : []),
    ],
    choices: variants.length > 0 ? [change] : [],
    data: dataOf(finding),
  });
}

/** The labels as the model reads them: covered where they may hurt, and never beside a picture. */
function showWords({ manifest: { terms, templates, content } }: Pack, locale: Locale): Reply {
  const lines = terms.map(({ text, type }) => `${text} (${type})`);
  return reply(biasAuditTexts[locale].wordsText(lines, templates), { spoiler: content === 'harmful' });
}

/** The same drawings asked otherwise, with the change and how sure it is. */
function showVariant(finding: Finding, { at, label }: Variant, locale: Locale): Reply {
  const lines =
    at.kind === 'wording' ? wordingLines(finding, at.index, label, locale) : designLines(finding, at, locale);
  return reply([...lines, biasAuditTexts[locale].limits[finding.pack.kind]].join('\n'), {
    data: dataOf(finding),
  });
}

function wordingLines({ pack, audit }: Finding, index: number, label: string, locale: Locale): string[] {
  const texts = biasAuditTexts[locale];
  const names = namesOf(pack, locale);
  const [a, b] = names.labels(pack.manifest.primary);
  const primaries = audit.contrasts.filter(({ role }) => role === 'primary');
  return [
    texts.wordingText(pack.kind, label, texts.wording(1, a, b)),
    ...primaries.flatMap(({ style, paired, wordings, wordingRates }) => {
      const [now, before] = [wordings[index], wordings[0]];
      if (!now?.change || !before) return [];
      const shares = (wordingRates[index]?.groups ?? []).map((rate, i) => {
        const first = wordingRates[0]?.groups[i];
        return texts.shareLine(
          names.style(style),
          names.group(rate.group),
          rateIn(rate, locale),
          first ? rateIn(first, locale) : '',
        );
      });
      const { sameSign, count } = now.prompts;
      const line = texts.wordingLine(pack.kind, names.style(style), {
        now: signed(now.effect),
        prompts: texts.sameSign(sameSign, count, rangeOf(now.prompts)),
        before: signed(before.effect),
        change: withInterval(now.change),
        p: likelihood(now.change.p),
        paired,
      });
      return [line, ...shares];
    }),
  ];
}

function designLines(
  { pack, audit }: Finding,
  { design, index }: Extract<Variant['at'], { kind: 'design' }>,
  locale: Locale,
): string[] {
  const texts = biasAuditTexts[locale];
  const names = namesOf(pack, locale);
  const [first, chosen] = [design.variants[0], design.variants[index]];
  const counted = [...new Set(design.counted.map(names.term))].join(', ');
  return [
    texts.design(design.question[locale], chosen?.name[locale] ?? '', first?.name[locale] ?? '', counted),
    ...audit.designs
      .filter((one) => one.design === design.id)
      .flatMap(({ style, variants }) => {
        const [before, now] = [variants[0], variants[index]];
        if (!before || !now) return [];
        return now.changes.flatMap((change, i) => {
          const [rate, earlier] = [now.rates[i], before.rates[i]];
          if (!rate || !earlier) return [];
          const shares = [rateIn(rate, locale), rateIn(earlier, locale)] as const;
          const shareLine = texts.shareLine(names.style(style), names.group(change.group), ...shares);
          return [`${shareLine}; ${texts.shareChange(points(change), likelihood(change.p))}`];
        });
      }),
  ];
}

/** @throws UserError `variant-unknown` */
function findVariant(name: string, pack: Pack, locale: Locale): Variant {
  const variants = variantsOf(pack, locale);
  const found = variants.find(({ value }) => value === name.trim().toLowerCase());
  if (found) return found;
  throw new UserError('variant-unknown', { name, variants: variants.map(({ value }) => value).join(', ') });
}

const packOnly = z.object({ pack: option(z.string(), packTexts, { main: true }) });

/** A subcommand that turns a harmful pack on or off in a channel. */
function switching(korean: string, description: Localised, turn: 'allow' | 'forbid'): Subcommand<Services> {
  return {
    korean,
    ...action<Services, typeof packOnly>({
      description,
      options: packOnly,
      images: { min: 0, max: 0 },
      policy: { who: 'manager', visibility: 'public' },
      completers: { pack: completePacks },
      async execute({ options, channel, locale }, { packs, allowedPacks, schedules }) {
        const { id, content } = (await packs.load(options.pack)).manifest;
        const texts = biasAuditTexts[locale];
        if (content === 'ordinary') return reply(texts.noHarmful(id));
        await allowedPacks[turn](channel, id);
        if (turn === 'forbid') await schedules.end(channel, id);
        return reply(turn === 'allow' ? texts.allowed(id) : texts.forbidden(id), { data: { pack: id, turn } });
      },
    }),
  };
}

const list: Subcommand<Services> = {
  korean: '목록',
  ...action<Services, z.ZodObject>({
    description: { en: 'Show the packs of probes', ko: '검사 묶음 보기' },
    options: z.object({}),
    images: { min: 0, max: 0 },
    policy: { who: 'everyone', visibility: 'private' },
    execute: ({ locale }, services) => listPacks(locale, services),
  }),
};

async function listPacks(locale: Locale, { packs }: Services): Promise<Reply> {
  const texts = biasAuditTexts[locale];
  const all = await Promise.all((await packs.ids()).map(async (id) => (await packs.load(id)).manifest));
  const lines = all.map(({ id, title, question, content }) =>
    texts.listed(id, title[locale], question[locale], content === 'harmful'),
  );
  return reply([texts.list, ...lines, texts.howToList].join('\n'), {
    data: { packs: all.map(({ id, version, content }) => ({ id, version, content })) },
  });
}

export const biasaudit = {
  kind: 'group',
  name: 'biasaudit',
  korean: '편향검사',
  offeredTo: 'everyone',
  description: { en: 'Measure what the model assumes, on packs of drawings', ko: '그림 묶음으로 모델의 선입견 재기' },
  usual: 'run',
  subcommands: {
    run,
    list,
    allow: switching(
      '허용',
      { en: 'Turn on a pack with labels that may hurt', ko: '아프게 할 수 있는 묶음 켜기' },
      'allow',
    ),
    forbid: switching('금지', { en: 'Turn it off again', ko: '다시 끄기' }, 'forbid'),
    history,
    schedule,
    unschedule,
  },
} satisfies Command<Services>;
