import { dot } from '../clip/vectors.ts';
import type { Item, TermVectors } from './items.ts';
import type { Contrast, Manifest } from './pack.ts';
import type { Table } from './statistics/compare.ts';
import { meanOf } from './statistics/moments.ts';

type LabelPair = Manifest['pairs'][number];

/**
 * How much rather the model calls an item by the one label of a pair than by the other: the log-odds of the two, in which
 * a label's own frequency stays, but goes away between groups.
 * @returns by wording, then by template
 */
export function logOdds(item: Item, pair: LabelPair, terms: TermVectors, scale: number): number[] {
  return pair.wordings.flatMap(({ a, b }) =>
    item.vectors.map((vector, t) => scale * (dot(vector, vectorOf(terms, a, t)) - dot(vector, vectorOf(terms, b, t)))),
  );
}

/** What one item scored on one pair, averaged over its prompts: what every effect is a difference of means of. */
export interface Score {
  style: string;
  pair: string;
  group: string;
  base: string;
  logOdds: number;
}

/** Every item's score on every pair. */
export function scoresOf(
  items: readonly Item[],
  { pairs }: Pick<Manifest, 'pairs'>,
  terms: TermVectors,
  scale: number,
): Score[] {
  return pairs.flatMap((pair) =>
    items.map((item) => {
      const { style, group, base } = item;
      return { style, pair: pair.id, group, base, logOdds: meanOf(logOdds(item, pair, terms, scale)) };
    }),
  );
}

export function vectorOf(terms: TermVectors, id: string, template: number): Float32Array {
  return terms.get(id)?.[template] ?? new Float32Array();
}

/** The log-odds of two groups' items of one style: a row for each base, rows side by side where bases are compared with themselves. */
export function tableOf(
  items: readonly Item[],
  contrast: Contrast,
  { pairs, pairing, templates }: Manifest,
  terms: TermVectors,
  scale: number,
): Table {
  const pair = pairs.find(({ id }) => id === contrast.pair) ?? { id: '', wordings: [] };
  const [a, b] = contrast.groups.map((group) => {
    const members = items.filter((item) => item.group === group);
    return new Map(members.map((item) => [item.base, logOdds(item, pair, terms, scale)]));
  });
  const paired = pairing === 'counterfactual';
  const bases = [...(a?.keys() ?? [])].filter((base) => b?.has(base));
  const rows = (group: Map<string, number[]> | undefined) =>
    paired ? bases.map((base) => group?.get(base) ?? []) : [...(group?.values() ?? [])];
  return { paired, templates: templates.length, a: rows(a), b: rows(b) };
}
