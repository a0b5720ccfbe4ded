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
  return [...doubles(pack), ...missing(pack), ...gaps(pack)];
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

function mentions({ pairs, designs, primary, contrasts, controls, images, words }: Manifest): Mention[] {
  const ofContrast = (path: Path, contrast: Contrast | undefined): Mention[] =>
    contrast
      ? [
          { path: [...path, 'pair'], kind: 'pairs', id: contrast.pair },
          ...contrast.groups.map((id, k): Mention => ({ path: [...path, 'groups', k], kind: 'groups', id })),
        ]
      : [];
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
    ...ofContrast(['primary'], primary),
    ...contrasts.flatMap((contrast, i) => ofContrast(['contrasts', i], contrast)),
    ...Object.entries(controls).flatMap(([role, contrast]) => ofContrast(['controls', role], contrast)),
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
