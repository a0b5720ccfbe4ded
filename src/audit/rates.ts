import type { Item, TermVectors } from './items.ts';
import { logOdds } from './measure.ts';
import type { Contrast, Manifest } from './pack.ts';
import { fisherExact, mcnemarExact } from './statistics/exact.ts';
import type { Estimate } from './statistics/level.ts';
import { meanOf } from './statistics/moments.ts';
import { type Pairs, pair, pairedDifference, share, shareDifference } from './statistics/shares.ts';

/** How many of a group's items get the first label of a pair rather than the second. */
export interface Rate {
  group: string;
  count: number;
  n: number;
  low: number;
  high: number;
}

/** The readable companion of a contrast: two groups' label shares and how they differ. */
export interface RateComparison {
  groups: readonly [Rate, Rate];
  difference: Estimate;
  /** McNemar's where bases are compared with themselves, else Fisher's; both exact. */
  p: number;
}

/** @param wording of which alone, else of the mean over all */
export function compareRates(
  items: readonly Item[],
  { pair: id, groups }: Contrast,
  manifest: Manifest,
  terms: TermVectors,
  wording?: number,
): RateComparison {
  const labels = manifest.pairs.find((one) => one.id === id) ?? { id, wordings: [] };
  const asked = wording === undefined ? labels : { ...labels, wordings: labels.wordings.slice(wording, wording + 1) };
  const answers = (group: string) =>
    new Map(
      items
        .filter((item) => item.group === group)
        .map((item) => [item.base, meanOf(logOdds(item, asked, terms, 1)) > 0] as const),
    );
  const [a, b] = [answers(groups[0]), answers(groups[1])];
  const both: readonly [Rate, Rate] = [rateOf(groups[0], [...a.values()]), rateOf(groups[1], [...b.values()])];
  if (manifest.pairing === 'counterfactual') {
    const bases = [...a.keys()].filter((base) => b.has(base));
    const pairs = pair(
      bases.map((base) => a.get(base) ?? false),
      bases.map((base) => b.get(base) ?? false),
    );
    return { groups: both, difference: pairedDifference(pairs), p: changed(pairs) };
  }
  const [one, other] = both;
  return {
    groups: both,
    difference: shareDifference(share(one.count, one.n), share(other.count, other.n)),
    p: fisherExact(one.count, one.n, other.count, other.n),
  };
}

/** McNemar's p of what differs between two answers to the same. */
export function changed({ first, second }: Pairs): number {
  return mcnemarExact(first, second);
}

export function rateOf(group: string, answers: readonly boolean[]): Rate {
  const count = answers.filter(Boolean).length;
  const { low, high } = share(count, answers.length);
  return { group, count, n: answers.length, low, high };
}
