import type { Pack } from '../src/audit/load-pack.ts';
import type { Rate } from '../src/audit/rates.ts';
import type { Audit, ContrastResult, ModelDifference, Verdict } from '../src/audit/run.ts';
import { ALPHA, type Estimate } from '../src/audit/statistics/level.ts';
import { tellsApart } from '../src/audit/verdict.ts';
import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { drawForest, type ForestRow } from '../src/draw/forest.ts';
import type { Drawing } from '../src/draw/raster.ts';
import { likelihood, percents, rangeOf, signed, withInterval } from './biasaudit.figures.ts';
import { type Names, namesOf } from './biasaudit.names.ts';
import { biasAuditTexts } from './biasaudit.texts.ts';
import { cautions } from './cautions.ts';
import { nameOf } from './classify.texts.ts';
import { warningOf } from './warned.ts';

/** How many contrasts without a verdict the chart shows. */
const EXPLORED = 5;

/** What a run found, and what it was of. */
export interface Finding {
  pack: Pack;
  info: ModelInfo;
  seed: number;
  audit: Audit;
  /** What this model shows beyond another. */
  beyond: { info: ModelInfo; styles: readonly ModelDifference[] } | undefined;
}

/**
 * The summary in words, short enough for a chat's message.
 * @param notes what else there is to say of the images
 * @param replay the line that gives the same result again
 */
export function summarise(
  finding: Finding,
  locale: Locale,
  { notes = [], replay = replayOf(finding) }: { notes?: readonly string[]; replay?: string } = {},
): string {
  const { pack, info, seed, audit, beyond } = finding;
  const texts = biasAuditTexts[locale];
  const { manifest } = pack;
  const names = namesOf(pack, locale);
  const { groups, pair } = manifest.primary;
  const wordings = manifest.pairs.find(({ id }) => id === pair)?.wordings.length ?? 1;
  const first = audit.contrasts.find(({ role }) => role === 'primary');
  const asked = askedWords(pack);
  return [
    `${texts.title(manifest.title[locale])} · ${nameOf(info)}`,
    texts.setting(
      [texts.packOf(manifest.id, manifest.version, pack.sha256.slice(0, 8)), first ? countOf(first, locale) : ''].join(
        ' · ',
      ),
      manifest.templates.length,
      wordings,
      seed,
      audit.verdicts.length,
    ),
    texts.groups(names.group(groups[0]), names.group(groups[1]), ...names.labels(manifest.primary)),
    ...audit.verdicts.map((verdict) => `${titleOf(verdict, finding, locale)}: ${sentenceOf(verdict, finding, locale)}`),
    checksOf(finding, locale),
    ...notes,
    ...(beyond
      ? [texts.comparedWith(nameOf(beyond.info)), ...beyond.styles.map((one) => beyondOf(one, names, locale))]
      : []),
    smallestOf(finding, locale),
    texts.notTested(manifest.notTested[locale].slice(0, 3).join('; ')),
    texts.limits[pack.kind],
    texts.replay(replay),
    ...cautions([...asked.keys()], info, locale, (word) => names.term(asked.get(word) ?? word)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The labels of the declared contrast as a model of few words would know them, each with its term's id. */
function askedWords({ kind, manifest }: Pack): ReadonlyMap<string, string> {
  const { terms, pairs, primary } = manifest;
  const first = pairs.find(({ id }) => id === primary.pair)?.wordings[0];
  // In a pack of somebody's own all of them were declared by whoever reads the answer.
  const asked = terms.filter(({ id }) => kind === 'own' || id === first?.a || id === first?.b);
  return new Map(asked.map(({ id, name }) => [name.en, id]));
}

/** The line that gives the same result again, whichever model the channel has by then. */
function replayOf({ pack, seed, info }: Finding): string {
  return `/biasaudit ${pack.manifest.id} seed:${seed} model:${exactNameOf(info)}`;
}

/** As the option `model` takes it. */
export function exactNameOf({ id, dtype }: Pick<ModelInfo, 'id' | 'dtype'>): string {
  return `${id}:${dtype}`;
}

export function smallestOf({ audit }: Finding, locale: Locale): string {
  const largest = Math.max(...audit.verdicts.map(({ smallest }) => smallest));
  return biasAuditTexts[locale].smallest(audit.smallestShareGap, largest.toFixed(2));
}

/** The verdict and the style it is about. */
function titleOf({ kind, style }: Verdict, { pack, audit }: Pick<Finding, 'pack' | 'audit'>, locale: Locale): string {
  const texts = biasAuditTexts[locale];
  const { effects } = pack.manifest;
  const verdict = kind === 'none-larger' ? texts.noneLarger(String(effects.equivalence)) : texts.verdicts[kind];
  return audit.verdicts.length > 1 || pack.kind === 'drawings'
    ? `${verdict} (${namesOf(pack, locale).style(style)})`
    : verdict;
}

function sentenceOf(verdict: Verdict, { pack, audit }: Finding, locale: Locale): string {
  const texts = biasAuditTexts[locale];
  const contrast = audit.contrasts.find(({ role, style }) => role === 'primary' && style === verdict.style);
  if (!contrast) return '';
  const { count, sameSign } = contrast.prompts;
  return [
    `${withInterval(contrast.effect)} ${texts.logOdds}`,
    likelihood(verdict.p),
    sharesOf(contrast, namesOf(pack, locale), locale),
    texts.sameSign(sameSign, count, rangeOf(contrast.prompts)),
    ...(verdict.kind === 'too-few' && verdict.p < ALPHA && isOff(contrast.effect)
      ? [texts.someDifference(String(pack.manifest.effects.minimum))]
      : []),
    ...(verdict.kind === 'difference' && sameSign < count ? [texts.someOpposite] : []),
  ].join(' · ');
}

/** Whether an interval leaves out zero. */
function isOff({ low, high }: Estimate): boolean {
  return low > 0 || high < 0;
}

function countOf({ paired, bases }: ContrastResult, locale: Locale): string {
  const texts = biasAuditTexts[locale];
  return paired ? texts.pairs(bases[0]) : texts.each(...bases);
}

function sharesOf(contrast: ContrastResult, names: Names, locale: Locale): string {
  const [a, b] = contrast.rates.groups;
  return biasAuditTexts[locale].rates(names.labels(contrast)[0], rateIn(a, locale), rateIn(b, locale));
}

export function rateIn(rate: Rate, locale: Locale): string {
  return biasAuditTexts[locale].rate(rate.count, rate.n, ...percents(rate));
}

/** What the controls say, in the order of the verdicts. */
function checksOf({ audit }: Finding, locale: Locale): string {
  const texts = biasAuditTexts[locale];
  const of = (role: ContrastResult['role'], figures: (contrast: ContrastResult) => string) =>
    audit.contrasts
      .filter((contrast) => contrast.role === role)
      .map(figures)
      .join(' / ');
  const auc = of('manipulation', ({ auc }) => `${auc.toFixed(2)}${tellsApart(auc) ? '' : ` ${texts.failed}`}`);
  const negative = of('negative', ({ effect }) => `${signed(effect.value)}${isOff(effect) ? '*' : ''}`);
  const positive = of('positive', ({ effect }) => signed(effect.value));
  const parts = [
    ...(auc ? [texts.tellsApart(auc)] : []),
    ...(negative ? [texts.negative(negative)] : []),
    ...(negative.includes('*') ? [texts.notNone] : []),
    ...(positive ? [texts.positive(positive)] : []),
  ];
  return parts.length > 0 ? `${texts.checks} ${parts.join(' · ')}` : '';
}

function beyondOf({ style, effect, p, isInterpretable }: ModelDifference, names: Names, locale: Locale): string {
  const texts = biasAuditTexts[locale];
  const line = texts.beyond(names.style(style), withInterval(effect), likelihood(p));
  return isInterpretable ? line : `${line} · ${texts.oneIsBlind}`;
}

/** Effects with their intervals: the declared contrast of each style, its controls, and the largest of those explored. */
export async function drawAudit(finding: Finding, locale: Locale): Promise<Drawing> {
  const { pack, info, seed, audit } = finding;
  const texts = biasAuditTexts[locale];
  const { manifest } = pack;
  const names = namesOf(pack, locale);
  const rowOf = (contrast: ContrastResult, detail: string): ForestRow => ({
    label: names.labels(contrast).join(' / '),
    detail,
    figures: withInterval(contrast.effect),
    ...contrast.effect,
    isMain: contrast.role === 'primary',
  });
  const { title, largest } = exploredIn(finding, locale);
  const [a, b] = manifest.primary.groups.map(names.group);
  const [labelA, labelB] = names.labels(manifest.primary);
  return drawForest({
    heading: texts.heading(manifest.title[locale]),
    compared: [`A: ${a}`, `B: ${b}`],
    sides: [`\u2190 ${labelB}`, `${labelA} \u2192`],
    sections: [
      ...audit.verdicts.map((verdict) => {
        const mine = audit.contrasts.filter(({ style }) => style === verdict.style);
        const primary = mine.filter(({ role }) => role === 'primary');
        const negative = mine.filter(({ role }) => role === 'negative');
        return {
          title: titleOf(verdict, finding, locale),
          rows: [...primary, ...negative].map((contrast) => rowOf(contrast, '')),
          notes: primary.map((contrast) => `${countOf(contrast, locale)} · ${sharesOf(contrast, names, locale)}`),
        };
      }),
      ...(largest.length > 0
        ? [
            {
              title,
              rows: largest.map((contrast) => rowOf(contrast, directionOf(contrast, finding, locale))),
              notes: [],
            },
          ]
        : []),
    ],
    footer: [
      ...texts.footer(
        pack.kind,
        nameOf(info),
        texts.packOf(manifest.id, manifest.version, pack.sha256.slice(0, 8)),
        seed,
      ),
      ...warningOf(info, locale),
    ],
  });
}

/** The largest effects of those that have no verdict, and what they are. */
function exploredIn({ audit }: Finding, locale: Locale): { title: string; largest: readonly ContrastResult[] } {
  const explored = audit.contrasts.filter(({ role }) => role === 'exploratory');
  const largest = [...explored].sort((a, b) => Math.abs(b.effect.value) - Math.abs(a.effect.value)).slice(0, EXPLORED);
  return { title: biasAuditTexts[locale].explored(largest.length, explored.length), largest };
}

/** Which group an effect that was explored pulls to which label, if to any: the arrows above are about the declared contrast. */
function directionOf(contrast: ContrastResult, { pack }: Finding, locale: Locale): string {
  const names = namesOf(pack, locale);
  const [labelA, labelB] = names.labels(contrast);
  const [a = '', b] = contrast.groups.map(names.group);
  const label = contrast.effect.value < 0 ? labelB : labelA;
  const pulled = isOff(contrast.effect) ? biasAuditTexts[locale].pulls(label, a) : a;
  // The style is the same in all that somebody asks of their own pictures; what the first group is compared with is not.
  return pack.kind === 'own' ? `${pulled} (${a} \u2013 ${b})` : `${names.style(contrast.style)} · ${pulled}`;
}

/** What the chart says, for those who do not see it. */
export function describeChart(finding: Finding, locale: Locale): string {
  const { pack, info, audit } = finding;
  const findings = audit.verdicts.map((verdict) => {
    const contrast = audit.contrasts.find(({ role, style }) => role === 'primary' && style === verdict.style);
    return `${titleOf(verdict, finding, locale)}: ${contrast ? withInterval(contrast.effect) : ''}`;
  });
  const { title, largest } = exploredIn(finding, locale);
  const explored = largest.map((one) => `${directionOf(one, finding, locale)}: ${withInterval(one.effect)}`);
  const told = [...findings, ...(largest.length > 0 ? [`${title}: ${explored.join('; ')}`] : [])];
  return biasAuditTexts[locale].alt(pack.manifest.title[locale], nameOf(info), `${told.join('. ')}.`);
}
