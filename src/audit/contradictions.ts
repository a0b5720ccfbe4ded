import { WORDS } from './items.ts';
import type { Contrast, Manifest } from './pack.ts';

type Path = readonly (string | number)[];

interface Contradiction {
  path: Path;
  message: string;
}

interface Mention {
  path: Path;
  kind: 'terms' | 'groups' | 'pairs' | 'styles';
  id: string;
}

/** What a manifest of the right form still says wrongly: names of what is not there, or of two things at once. */
export function contradictions(pack: Manifest): Contradiction[] {
  return [...doubles(pack), ...missing(pack), ...gaps(pack), ...alike(pack), ...incomparable(pack)];
}

function doubles(pack: Manifest): Contradiction[] {
  const lists = ['terms', 'groups', 'pairs', 'styles', 'designs'] as const;
  const ids = lists.map((list) => ({ list, keys: pack[list].map(({ id }) => id) }));
  const images = pack.images.map(({ base, group, style }) => `${base}, ${group}, ${style}`);
  return [...ids, { list: 'images', keys: images }].flatMap(({ list, keys }) =>
    keys.flatMap((key, i) =>
      keys.indexOf(key) === i ? [] : [{ path: [list, i], message: `"${key}" is there twice` }],
    ),
  );
}

function missing(pack: Manifest): Contradiction[] {
  return mentions(pack)
    .filter(({ kind, id }) => !pack[kind].some((one) => one.id === id))
    .map(({ path, kind, id }) => ({ path, message: `"${id}" is none of the ${kind}` }));
}

/** All of a pack's contrasts, each with where it stands. */
function contrastsOf({ primary, contrasts, controls }: Manifest): { path: Path; contrast: Contrast }[] {
  return [
    { path: ['primary'], contrast: primary },
    ...contrasts.map((contrast, i) => ({ path: ['contrasts', i], contrast })),
    ...Object.entries(controls).flatMap(([role, contrast]) =>
      contrast ? [{ path: ['controls', role], contrast }] : [],
    ),
  ];
}

function mentions(pack: Manifest): Mention[] {
  const { pairs, designs, images, words } = pack;
  const ofTerms = (path: Path, ids: readonly string[]) =>
    ids.map((id, k): Mention => ({ path: [...path, k], kind: 'terms', id }));
  return [
    ...pairs.flatMap(({ wordings }, i) =>
      wordings.flatMap((wording, k) =>
        Object.entries(wording).map(
          ([side, id]): Mention => ({ path: ['pairs', i, 'wordings', k, side], kind: 'terms', id }),
        ),
      ),
    ),
    ...designs.flatMap(({ variants, counted }, i) => [
      ...ofTerms(['designs', i, 'counted'], counted),
      ...variants.flatMap(({ terms }, k) => ofTerms(['designs', i, 'variants', k, 'terms'], terms)),
    ]),
    ...contrastsOf(pack).flatMap(({ path, contrast: { pair, groups } }): Mention[] => [
      { path: [...path, 'pair'], kind: 'pairs', id: pair },
      ...groups.map((id, k): Mention => ({ path: [...path, 'groups', k], kind: 'groups', id })),
    ]),
    ...images.map(({ group }, i): Mention => ({ path: ['images', i, 'group'], kind: 'groups', id: group })),
    ...words.map(({ group }, i): Mention => ({ path: ['words', i, 'group'], kind: 'groups', id: group })),
    ...images.map(({ style }, i): Mention => ({ path: ['images', i, 'style'], kind: 'styles', id: style })),
  ];
}

function gaps({ images, words, primary, content, terms }: Manifest): Contradiction[] {
  const list = images.length > 0 ? 'images' : 'words';
  const items = [...images, ...words];
  const both = images.length > 0 === words.length > 0;
  return [
    ...(both ? [{ path: ['images'], message: 'a pack has either images or words' }] : []),
    ...primary.groups
      .filter((id) => !items.some(({ group }) => group === id))
      .map((id) => ({ path: [list], message: `nothing is there for the group "${id}"` })),
    ...terms.flatMap(({ type, publicName }, i) =>
      content === 'harmful' && (type === 'non-human' || type === 'crime') && !publicName
        ? [{ path: ['terms', i, 'publicName'], message: 'is missing: the word itself may hurt' }]
        : [],
    ),
  ];
}

/** Pictures that are in two groups, which would be compared with themselves. */
function alike({ images }: Manifest): Contradiction[] {
  const groups = new Map<string, string>();
  return images.flatMap(({ sha256, group, style }, i) => {
    const key = `${style} ${sha256}`;
    const other = groups.get(key) ?? group;
    groups.set(key, other);
    return other === group ? [] : [{ path: ['images', i, 'sha256'], message: `is that of a picture of "${other}"` }];
  });
}

/** Contrasts that nothing can be computed of: of a group with itself, or of fewer than two bases. */
function incomparable(pack: Manifest): Contradiction[] {
  const { images, words, pairing } = pack;
  const items = [...images, ...words.map((word) => ({ ...word, style: WORDS }))];
  const basesOf = (style: string, group: string) =>
    items.filter((item) => item.style === style && item.group === group).map(({ base }) => base);
  const styles = [...new Set(items.map(({ style }) => style))];
  return contrastsOf(pack).flatMap(({ path, contrast: { groups } }): Contradiction[] => {
    const [a, b] = groups;
    if (a === b) return [{ path: [...path, 'groups', 1], message: `"${b}" is compared with itself` }];
    const both = styles
      .map((style) => ({ style, a: basesOf(style, a), b: basesOf(style, b) }))
      .filter((one) => one.a.length > 0 && one.b.length > 0);
    if (both.length === 0) return [{ path, message: 'no style has both of its groups' }];
    return both.flatMap(({ style, a, b }) => {
      const count =
        pairing === 'independent' ? Math.min(a.length, b.length) : a.filter((base) => b.includes(base)).length;
      return count > 1 ? [] : [{ path, message: `takes two bases or more for both of its groups in "${style}"` }];
    });
  });
}
