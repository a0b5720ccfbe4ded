import type { ClipModel } from '../clip/model.ts';
import type { OnProgress } from '../progress.ts';
import { type DesignResult, tryDesign } from './designs.ts';
import type { ImageVectors } from './image-vectors.ts';
import { embedItems, embedTerms, type Item, type TermVectors, WORDS } from './items.ts';
import type { Pack } from './load-pack.ts';
import { type Score, scoresOf, tableOf } from './measure.ts';
import type { Contrast, Manifest } from './pack.ts';
import { compareRates, type RateComparison } from './rates.ts';
import type { Comparison, Table } from './statistics/compare.ts';
import { smallestMean, smallestShareGap } from './statistics/detectable.ts';
import { areaUnderCurve } from './statistics/effects.ts';
import { holm } from './statistics/holm.ts';
import { compareInThread } from './statistics/in-thread.ts';
import type { Estimate } from './statistics/level.ts';
import { meanOf } from './statistics/moments.ts';
import { tellsApart, type VerdictKind, verdictOf } from './verdict.ts';

type Role = 'primary' | 'exploratory' | 'manipulation' | 'positive' | 'negative';

export interface ContrastResult extends Contrast, Comparison {
  role: Role;
  style: string;
  rates: RateComparison;
  /** By wording, where there is more than one. */
  wordingRates: readonly RateComparison[];
}

export interface Verdict extends Contrast {
  style: string;
  kind: VerdictKind;
  /** Adjusted for all primary contrasts of the run. */
  p: number;
  /** The smallest effect that would be called a difference in four of five such probes. */
  smallest: number;
}

/** All that one run of a pack on a model shows. */
export interface Audit {
  verdicts: readonly Verdict[];
  contrasts: readonly ContrastResult[];
  designs: readonly DesignResult[];
  scores: readonly Score[];
  /** In shares: the smallest gap that so many images could have shown, were they unpaired. */
  smallestShareGap: number | null;
}

/** What one model shows of the declared contrast beyond another, in one style. */
export interface ModelDifference {
  style: string;
  bases: Comparison['bases'];
  effect: Estimate;
  /** Adjusted for all styles. */
  p: number;
  /** Whether both tell the groups apart, where the pack checks that. */
  isInterpretable: boolean;
}

interface AuditOptions {
  pack: Pack;
  seed: number;
  vectors: ImageVectors;
  onProgress: OnProgress;
}

/**
 * Runs a pack on a model. Styles are replicates of each other and never counted together: each has its own contrasts and
 * its own verdict, and these share one family of tests.
 */
export async function audit(model: ClipModel, options: AuditOptions): Promise<Audit> {
  const { pack, seed } = options;
  const { manifest } = pack;
  const seen = await look(model, options);
  const planned = plan(manifest);
  const comparisons = await compareInThread({
    seed,
    tables: planned.map((one) => seen.table(one)),
  });
  const contrasts = planned.flatMap((one, i): ContrastResult[] => {
    const comparison = comparisons[i];
    if (!comparison) return [];
    const items = seen.items.filter(({ style }) => style === one.style);
    const wordings = manifest.pairs.find(({ id }) => id === one.pair)?.wordings ?? [];
    const rates = (wording?: number) => compareRates(items, one, manifest, seen.terms, wording);
    const wordingRates = wordings.length > 1 ? wordings.map((_, k) => rates(k)) : [];
    return [{ ...one, ...comparison, rates: rates(), wordingRates }];
  });
  const designs = stylesOf(manifest).flatMap((style) => {
    const items = seen.items.filter((item) => item.style === style);
    return manifest.designs.map((design) => tryDesign(design, style, items, manifest, seen.terms, seen.scale));
  });
  const n = Math.min(...contrasts.filter(({ role }) => role === 'primary').flatMap(({ bases }) => bases));
  return {
    ...{ verdicts: judge(contrasts, manifest), contrasts, designs },
    scores: scoresOf(seen.items, manifest, seen.terms, seen.scale),
    smallestShareGap: smallestShareGap(n) ?? null,
  };
}

/**
 * Runs a pack on two models and compares them on the same drawings.
 * @returns for each style, what the first model shows of the primary contrast beyond the second
 */
export async function compareModels(
  [one, other]: readonly [ClipModel, ClipModel],
  options: AuditOptions,
): Promise<ModelDifference[]> {
  // One after the other: both may not fit into memory.
  const first = await look(one, options);
  const second = await look(other, options);
  const everything = plan(options.pack.manifest);
  const planned = everything.filter(({ role }) => role === 'primary');
  const less = (a: Table['a'], b: Table['a']) => a.map((row, i) => row.map((value, k) => value - (b[i]?.[k] ?? 0)));
  const tables = planned.map((contrast): Table => {
    const [x, y] = [first.table(contrast), second.table(contrast)];
    return { ...x, a: less(x.a, y.a), b: less(x.b, y.b) };
  });
  const comparisons = await compareInThread({ seed: options.seed, tables });
  const adjusted = holm(comparisons.map(({ p }) => p));
  const isTold = (check: PlannedContrast) => [first, second].every((seen) => tellsApart(aucOf(seen.table(check))));
  return planned.flatMap(({ style }, i) => {
    const comparison = comparisons[i];
    if (!comparison) return [];
    const isInterpretable = everything
      .filter((one) => one.role === 'manipulation' && one.style === style)
      .every(isTold);
    return [{ style, bases: comparison.bases, effect: comparison.effect, p: adjusted[i] ?? 1, isInterpretable }];
  });
}

function aucOf({ a, b }: Table): number {
  return areaUnderCurve(a.map(meanOf), b.map(meanOf));
}

interface PlannedContrast extends Contrast {
  role: Role;
  style: string;
}

interface Seen {
  items: readonly Item[];
  terms: TermVectors;
  scale: number;
  table(contrast: Contrast & { style: string }): Table;
}

/** Lets a model see a pack: its images or words, and its terms. */
async function look(model: ClipModel, { pack, vectors, onProgress }: AuditOptions): Promise<Seen> {
  const { logitScale: scale } = await model.info();
  const [items, terms] = await Promise.all([embedItems(pack, model, vectors, onProgress), embedTerms(pack, model)]);
  return {
    items,
    terms,
    scale,
    table: (contrast) =>
      tableOf(
        items.filter(({ style }) => style === contrast.style),
        contrast,
        pack.manifest,
        terms,
        scale,
      ),
  };
}

function stylesOf({ styles }: Manifest): string[] {
  return styles.length > 0 ? styles.map(({ id }) => id) : [WORDS];
}

/** Every contrast of a pack in every style that has both of its groups. */
function plan(manifest: Manifest): PlannedContrast[] {
  const { primary, contrasts, controls, images, words } = manifest;
  const listed: (Contrast & { role: Role })[] = [
    { role: 'primary', ...primary },
    ...contrasts.map((contrast) => ({ role: 'exploratory' as const, ...contrast })),
    ...(['manipulation', 'positive', 'negative'] as const).flatMap((role) => {
      const contrast = controls[role];
      return contrast ? [{ role, ...contrast }] : [];
    }),
  ];
  const isThere = (style: string, group: string) =>
    style === WORDS
      ? words.some((word) => word.group === group)
      : images.some((image) => image.style === style && image.group === group);
  return stylesOf(manifest).flatMap((style) =>
    listed.filter(({ groups }) => groups.every((group) => isThere(style, group))).map((one) => ({ ...one, style })),
  );
}

function judge(contrasts: readonly ContrastResult[], { effects }: Manifest): Verdict[] {
  const primaries = contrasts.filter(({ role }) => role === 'primary');
  const adjusted = holm(primaries.map(({ p }) => p));
  return primaries.map((contrast, i) => {
    const { style, pair, groups } = contrast;
    const check = contrasts.find((one) => one.role === 'manipulation' && one.style === style);
    const p = adjusted[i] ?? 1;
    const smallest = smallestMean(contrast.standardError, contrast.freedom, primaries.length, effects.minimum);
    return { style, pair, groups, kind: verdictOf(contrast, p, check?.auc, effects), p, smallest };
  });
}
