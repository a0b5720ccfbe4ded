import type { ContrastResult } from '../src/audit/run.ts';
import { ALPHA } from '../src/audit/statistics/level.ts';
import { tellsApart } from '../src/audit/verdict.ts';
import { toCsv } from '../src/evaluation/csv.ts';
import type { Finding } from './biasaudit.answer.ts';

/**
 * The result as data. Labels stand by their ids, never by the words the model read; in a pack of somebody's own these are the
 * words they typed.
 */
export function dataOf({ pack, info, seed, audit, beyond }: Finding) {
  const { id, version, primary, pairing, templates } = pack.manifest;
  const controls = audit.contrasts.filter(({ role }) => role !== 'primary' && role !== 'exploratory');
  return {
    pack: { id, version, sha256: pack.sha256, ...(pack.kind === 'own' ? { pairing, templates } : {}) },
    model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
    seed,
    alpha: ALPHA,
    verdicts: audit.verdicts.map(({ kind: verdict, style, pair, groups, p, smallest }) => ({
      ...{ style, verdict, pair, groups, p, smallest },
    })),
    contrasts: audit.contrasts.map(contrastData),
    rates: audit.contrasts.flatMap(({ style, role, pair, rates }) =>
      rates.groups.map((rate) => ({ style, role, pair, ...rate })),
    ),
    checks: controls.map(({ role, style, pair, auc, effect, p }) => ({
      check: role,
      style,
      pair,
      auc,
      effect: { ...effect },
      p,
      passed: passes(role, auc, effect),
    })),
    wordings: audit.contrasts
      .filter(({ role }) => role === 'primary')
      .flatMap(({ style, wordings, wordingRates }) =>
        wordings.map(({ effect, prompts, change }, i) => ({
          style,
          pair: primary.pair,
          wording: i + 1,
          effect,
          prompts: { ...prompts },
          change: change && { ...change },
          rates: wordingRates[i]?.groups.map((rate) => ({ ...rate })) ?? null,
        })),
      ),
    designs: audit.designs.map(({ design, style, variants }) => ({
      design,
      style,
      variants: variants.map(({ variant, rates, atLeast, types, changes }) => ({
        variant,
        rates: rates.map((rate) => ({ ...rate })),
        atLeast: atLeast.map((one) => ({ threshold: one.threshold, rates: one.rates.map((rate) => ({ ...rate })) })),
        types: { ...types },
        changes: changes.map((change) => ({ ...change })),
      })),
    })),
    smallestShareGap: audit.smallestShareGap,
    ...(beyond
      ? {
          comparedWith: {
            model: { id: beyond.info.id, dtype: beyond.info.dtype, sha256: beyond.info.sha256 },
            contrasts: beyond.styles.map(({ style, effect, p, bases, isInterpretable }) => ({
              ...{ style, effect: { ...effect }, p, bases, isInterpretable },
            })),
          },
        }
      : {}),
  };
}

function passes(role: string, auc: number, { low, high }: { low: number; high: number }): boolean {
  if (role === 'manipulation') return tellsApart(auc);
  return role === 'positive' ? low > 0 : low <= 0 && high >= 0;
}

function contrastData(contrast: ContrastResult) {
  const { role, style, pair, groups, paired, bases, effect, overWordings, p, standardised, weat, oneSidedP, auc } =
    contrast;
  const { standardError, freedom } = contrast;
  return {
    ...{ role, style, pair, groups, paired, bases },
    effect: { ...effect },
    overWordings: { ...overWordings },
    ...{ p, standardised, weat, oneSidedP, auc, standardError, freedom },
    prompts: { ...contrast.prompts },
    shares: { difference: { ...contrast.rates.difference }, p: contrast.rates.p },
  };
}

const COLUMNS = [
  ...[
    'role',
    'style',
    'pair',
    'group_a',
    'group_b',
    'bases_a',
    'bases_b',
    'effect',
    'low',
    'high',
    'low_over_wordings',
  ],
  ...[
    'high_over_wordings',
    'p',
    'standardised',
    'weat_d',
    'auc',
    'count_a',
    'n_a',
    'count_b',
    'n_b',
    'shares_p',
    'prompts',
  ],
  ...['prompts_same_sign', 'prompts_least', 'prompts_most'],
];

/** What each drawing or word scored, by its id, so that whoever doubts an effect can compute it again. */
export function scoresCsvOf({ audit }: Finding): string {
  const rows = audit.scores.map(({ style, pair, group, base, logOdds }) => [style, pair, group, base, logOdds]);
  return toCsv([['style', 'pair', 'group', 'base', 'log_odds'], ...rows]);
}

/** Every contrast as a row: ids and numbers alone. What a spreadsheet would take for a formula has an apostrophe before it. */
export function csvOf({ audit }: Finding): string {
  const rows = audit.contrasts.map((one) => [
    ...[one.role, one.style, one.pair, ...one.groups].map((id) => id.replace(/^[=+@-]/, "'$&")),
    ...[...one.bases, one.effect.value, one.effect.low, one.effect.high],
    ...[one.overWordings.low, one.overWordings.high, one.p, one.standardised, one.weat, one.auc],
    ...one.rates.groups.flatMap(({ count, n }) => [count, n]),
    ...[one.rates.p, one.prompts.count, one.prompts.sameSign, one.prompts.least, one.prompts.most],
  ]);
  return toCsv([COLUMNS, ...rows]);
}
