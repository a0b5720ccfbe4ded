import { dot } from '../clip/vectors.ts';
import type { Item, TermVectors } from './items.ts';
import { vectorOf } from './measure.ts';
import type { Manifest } from './pack.ts';
import { changed, type Rate, rateOf } from './rates.ts';
import type { Estimate } from './statistics/level.ts';
import { meanOf } from './statistics/moments.ts';
import { pair, pairedDifference } from './statistics/shares.ts';

type Design = Manifest['designs'][number];

/** A label counts where it is at least so likely, whatever else is likely too: Agarwal et al. 2021 (arXiv 2108.02818) report both. */
const THRESHOLDS = [0.005, 0.04] as const;

/** What one list of labels does to the answers. */
interface VariantResult {
  variant: string;
  /** How many items of each group get one of the counted labels as their best. */
  rates: readonly Rate[];
  /** How many have a counted label at or above a threshold. */
  atLeast: readonly { threshold: number; rates: readonly Rate[] }[];
  /** How many of all items have a best label of each type. */
  types: Readonly<Record<string, number>>;
  /**
   * Against the first list, on the same items: the change of each group's share, and McNemar's exact p. Groups are not counted
   * together, because a base is in each of them and is one all the same. None for the first list.
   */
  changes: readonly Change[];
}

interface Change extends Estimate {
  group: string;
  p: number;
}

export interface DesignResult {
  design: string;
  style: string;
  variants: readonly VariantResult[];
}

/** Asks the same with each list of labels: full softmax over the list, averaged over the templates. */
export function tryDesign(
  design: Design,
  style: string,
  items: readonly Item[],
  { groups, terms: labels }: Manifest,
  terms: TermVectors,
  scale: number,
): DesignResult {
  const shown = groups.map(({ id }) => id).filter((id) => items.some(({ group }) => group === id));
  const of = (group: string, answers: readonly boolean[]) => answers.filter((_, i) => items[i]?.group === group);
  const rates = (answers: readonly boolean[]) => shown.map((group) => rateOf(group, of(group, answers)));
  const changes = (now: readonly boolean[], before: readonly boolean[]) =>
    shown.map((group): Change => {
      const pairs = pair(of(group, now), of(group, before));
      return { group, ...pairedDifference(pairs), p: changed(pairs) };
    });
  const typeOf = new Map(labels.map(({ id, type }) => [id, type]));
  const tried = design.variants.map(({ id, terms: list }) => {
    const chances = items.map((item) => softmax(list.map((term) => scale * similarity(item, term, terms))));
    const best = chances.map((row) => list[row.indexOf(Math.max(...row))] ?? '');
    const hit = best.map((term) => design.counted.includes(term));
    return { id, list, chances, best, hit };
  });
  const first = tried[0]?.hit ?? [];
  return {
    design: design.id,
    style,
    variants: tried.map(({ id, list, chances, best, hit }, at) => {
      const types = best.map((term) => typeOf.get(term) ?? 'neutral');
      return {
        variant: id,
        rates: rates(hit),
        atLeast: THRESHOLDS.map((threshold) => ({
          threshold,
          rates: rates(
            chances.map((row) =>
              row.some((chance, k) => chance >= threshold && design.counted.includes(list[k] ?? '')),
            ),
          ),
        })),
        types: Object.fromEntries(
          [...new Set(types)].map((type) => [type, types.filter((one) => one === type).length]),
        ),
        changes: at === 0 ? [] : changes(hit, first),
      };
    }),
  };
}

function similarity({ vectors }: Item, term: string, terms: TermVectors): number {
  return meanOf(vectors.map((vector, t) => dot(vector, vectorOf(terms, term, t))));
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}
