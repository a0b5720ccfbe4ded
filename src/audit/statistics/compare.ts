import { bootstrapMean, twoWayBootstrap } from './bootstrap.ts';
import { areaUnderCurve, hedgesG, pairedEffect, weatEffect } from './effects.ts';
import type { Estimate } from './level.ts';
import { meanOf, varianceOf } from './moments.ts';
import { permutationTest } from './permutation.ts';
import { signFlipTest } from './sign-flip.ts';
import { freedomOf } from './student.ts';

/** Scores of two groups: a row for each base, a column for each template of each wording. */
export interface Table {
  /** Whether the rows of the two groups are the same bases, in the same order. */
  paired: boolean;
  templates: number;
  a: readonly (readonly number[])[];
  b: readonly (readonly number[])[];
}

/** What the scores of two groups show. */
export interface Comparison {
  paired: boolean;
  /** How many bases in each group. */
  bases: readonly [number, number];
  /** The mean difference, first group less second, with the interval for other bases of the kind. */
  effect: Estimate;
  /** The same, with the interval for other bases and other wordings. */
  overWordings: Estimate;
  p: number;
  /** Paired: the mean difference in its own standard deviations. Else Hedges' g. */
  standardised: number;
  weat: number;
  /** Of WEAT: how likely a difference as high is if the groups were drawn by lot. For unpaired groups. */
  oneSidedP: number | null;
  /** How often an item of the first group scores above one of the second. */
  auc: number;
  /** The effect's standard error, and its degrees of freedom. */
  standardError: number;
  freedom: number;
  /** Over all templates of all wordings. */
  prompts: Prompts;
  /** By wording, over its templates; the change is against the first one, on the same bases. */
  wordings: readonly { effect: number; prompts: Prompts; change: (Estimate & { p: number }) | null }[];
}

/** The least and the most of several prompts' effects, and how many of these have the sign of their mean. */
interface Prompts {
  count: number;
  least: number;
  most: number;
  sameSign: number;
}

export function compare(table: Table, random: () => number): Comparison {
  const { paired, templates } = table;
  const all = meansOf(table);
  const cells = paired ? [difference(table.a, table.b)] : [table.a, table.b];
  const { effect, p, oneSidedP } = test(all, paired, random);
  const columns = Array.from({ length: table.a[0]?.length ?? 0 }, (_, k) => {
    const column = (rows: Table['a']) => meanOf(rows.map((row) => row[k] ?? 0));
    return column(table.a) - column(table.b);
  });
  const wordings = Array.from({ length: columns.length / templates }, (_, k) => k);
  return {
    paired,
    bases: [table.a.length, table.b.length],
    effect,
    overWordings: twoWayBootstrap(cells, random),
    p,
    standardised: paired ? pairedEffect(all.differences) : hedgesG(all.a, all.b),
    weat: weatEffect(all.a, all.b),
    oneSidedP,
    auc: areaUnderCurve(all.a, all.b),
    ...errorOf(paired ? [all.differences] : [all.a, all.b]),
    prompts: promptsOf(columns),
    wordings: wordings.map((k) => {
      const own = columns.slice(k * templates, (k + 1) * templates);
      const change = k === 0 ? null : changeOf(table, k, random);
      return { effect: meanOf(own), prompts: promptsOf(own), change };
    }),
  };
}

function promptsOf(effects: readonly number[]): Prompts {
  const mean = meanOf(effects);
  return {
    count: effects.length,
    least: Math.min(...effects),
    most: Math.max(...effects),
    sameSign: effects.filter((value) => value * mean > 0).length,
  };
}

interface Means {
  a: number[];
  b: number[];
  /** Of rows that belong together. */
  differences: number[];
}

function meansOf({ a, b }: Pick<Table, 'a' | 'b'>): Means {
  const means = { a: a.map(meanOf), b: b.map(meanOf) };
  return { ...means, differences: means.a.map((value, i) => value - (means.b[i] ?? 0)) };
}

function test({ a, b, differences }: Means, paired: boolean, random: () => number) {
  if (paired) {
    const effect = bootstrapMean(differences, undefined, random);
    return { effect, p: signFlipTest(differences, random), oneSidedP: null };
  }
  const effect = bootstrapMean(a, b, random);
  const { twoSided, oneSided } = permutationTest(a, b, random);
  return { effect, p: twoSided, oneSidedP: oneSided };
}

/** Of the mean of the only sample, or of the difference of two samples' means. */
function errorOf(samples: readonly (readonly number[])[]): Pick<Comparison, 'standardError' | 'freedom'> {
  const variance = samples.reduce((sum, values) => sum + varianceOf(values) / values.length, 0);
  return { standardError: Math.sqrt(variance), freedom: freedomOf(samples) };
}

/** What another wording does to the difference of the groups. */
function changeOf(table: Table, wording: number, random: () => number): Estimate & { p: number } {
  const { templates, paired } = table;
  const change = (rows: Table['a']) =>
    rows.map((row) => {
      const at = (k: number) => meanOf(row.slice(k * templates, (k + 1) * templates));
      return [at(wording) - at(0)];
    });
  const { effect, p } = test(meansOf({ a: change(table.a), b: change(table.b) }), paired, random);
  return { ...effect, p };
}

function difference(a: Table['a'], b: Table['b']): number[][] {
  return a.map((row, i) => row.map((value, k) => value - (b[i]?.[k] ?? 0)));
}
