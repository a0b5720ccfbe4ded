import type { Pack } from '../src/audit/load-pack.ts';
import type { Contrast, Manifest } from '../src/audit/pack.ts';
import type { Locale } from '../src/chat/locale.ts';
import { biasAuditTexts } from './biasaudit.texts.ts';

/** What the parts of a pack are called in an answer that everybody reads: a label that may hurt by its neutral name. */
export function namesOf({ manifest }: Pick<Pack, 'manifest'>, locale: Locale) {
  const { terms, groups, styles, pairs } = manifest;
  const term = (id: string) => {
    const found = terms.find((one) => one.id === id);
    return (found?.publicName ?? found?.name)?.[locale] ?? id;
  };
  const group = (id: string) => groups.find((one) => one.id === id)?.name[locale] ?? id;
  const style = (id: string) => styles.find((one) => one.id === id)?.name[locale] ?? biasAuditTexts[locale].words;
  const labels = ({ pair }: Pick<Contrast, 'pair'>): readonly [a: string, b: string] => {
    const first = pairs.find(({ id }) => id === pair)?.wordings[0];
    return [term(first?.a ?? pair), term(first?.b ?? pair)];
  };
  return { term, group, style, labels };
}

export type Names = ReturnType<typeof namesOf>;

/** A way to ask otherwise: another wording of the primary pair, or another list of labels. */
export interface Variant {
  /** As it is typed, such as `wording-2` or `word-for-people/human`. */
  value: string;
  label: string;
  at: { kind: 'wording'; index: number } | { kind: 'design'; design: Manifest['designs'][number]; index: number };
}

export function variantsOf(pack: Pick<Pack, 'manifest'>, locale: Locale): Variant[] {
  const { pairs, designs, primary } = pack.manifest;
  const names = namesOf(pack, locale);
  const wordings = pairs.find(({ id }) => id === primary.pair)?.wordings ?? [];
  return [
    ...designs.flatMap((design) =>
      design.variants.slice(1).map(
        ({ id, name }, i): Variant => ({
          value: `${design.id}/${id}`,
          label: name[locale],
          at: { kind: 'design', design, index: i + 1 },
        }),
      ),
    ),
    ...wordings.slice(1).map(
      ({ a, b }, i): Variant => ({
        value: `wording-${i + 2}`,
        label: biasAuditTexts[locale].wording(i + 2, names.term(a), names.term(b)),
        at: { kind: 'wording', index: i + 1 },
      }),
    ),
  ];
}
