import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { LoadedImage, Pack } from './load-pack.ts';
import type { OwnGroup } from './own-groups.ts';
import type { Contrast, Manifest } from './pack.ts';
import { LEAST_BASES } from './verdict.ts';

/** The one style of a pack of somebody's own. */
const OWN_STYLE = 'own';

/** Several, because one prompt proves little; none that says how the pictures were made. */
export const OWN_TEMPLATES: readonly string[] = [
  '{label}',
  'a photo of a {label}',
  'a picture of a {label}',
  'an image of a {label}',
  'this is a {label}',
];

interface LabelPair {
  a: string;
  b: string;
}

/** What somebody asks of groups of pictures of their own. */
export interface OwnQuestion {
  /** The first is the declared one: the verdict is about it, in the first two groups. */
  pairs: readonly LabelPair[];
  /** Labels that name the first group and the second. */
  check: LabelPair | undefined;
  templates: readonly string[];
  /** Whether pictures of the same name show the same thing, with one thing changed. */
  areNamesPairs: boolean;
}

interface OwnPack {
  pack: Pack;
  /** How many pictures have no partner of their name in each group. */
  unpaired: number;
}

/**
 * A pack made of what somebody brought: every label pair in the first group against each of the others. Its ids are the words
 * that were typed and the folders' names. Nothing of it is kept anywhere.
 * @throws UserError `group-too-small` or `too-few-names-in-common`
 */
export function ownPack(groups: readonly OwnGroup[], question: OwnQuestion): OwnPack {
  const { areNamesPairs } = question;
  const kept = areNamesPairs ? inEveryGroup(groups) : groups;
  requireEnough(kept, areNamesPairs);
  const images = kept.flatMap(({ name: group, pictures }) =>
    pictures.map(({ name, sha256, read }): LoadedImage => {
      const base = areNamesPairs ? name : sha256;
      return { file: `${group}/${name}`, sha256, style: OWN_STYLE, group, base, factors: {}, read };
    }),
  );
  const names = groups.map(({ name }) => name);
  const manifest = manifestOf(names, question, images);
  const sha256 = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  const unpaired = countOf(groups) - countOf(kept);
  return { pack: { kind: 'own', manifest, images, sha256 }, unpaired };
}

/** The groups with those pictures alone whose name is there in each of them. */
function inEveryGroup(groups: readonly OwnGroup[]): OwnGroup[] {
  const isEverywhere = (name: string) => groups.every(({ pictures }) => pictures.some((one) => one.name === name));
  return groups.map(({ name, pictures }) => ({ name, pictures: pictures.filter((one) => isEverywhere(one.name)) }));
}

/** An exact test of fewer can say nothing, and an answer about one picture would be one about whoever is on it. */
function requireEnough(groups: readonly OwnGroup[], areNamesPairs: boolean): void {
  const limit = LEAST_BASES[areNamesPairs ? 'paired' : 'independent'];
  for (const { name, pictures } of groups) {
    const count = pictures.length;
    if (count >= limit) continue;
    if (!areNamesPairs) throw new UserError('group-too-small', { group: name, count, limit });
    throw new UserError('too-few-names-in-common', { count, limit });
  }
}

function countOf(groups: readonly OwnGroup[]): number {
  return groups.reduce((sum, { pictures }) => sum + pictures.length, 0);
}

function manifestOf(
  [first = '', ...others]: readonly string[],
  { pairs, check, templates, areNamesPairs }: OwnQuestion,
  images: readonly LoadedImage[],
): Manifest {
  const asked = check ? [...pairs, check] : pairs;
  const labels = [...new Set(asked.flatMap(({ a, b }) => [a, b]))];
  const wordings = new Map(asked.map((pair) => [idOf(pair), pair]));
  const contrasts = pairs.flatMap((pair) =>
    others.map((other): Contrast => ({ pair: idOf(pair), groups: [first, other] })),
  );
  const [primary = { pair: '', groups: [first, first] }, ...explored] = contrasts;
  const manipulation = check && { pair: idOf(check), groups: primary.groups };
  return {
    id: 'own',
    version: '1.0',
    title: { en: 'Pictures of your own', ko: '내 사진' },
    question: { en: 'Does the model answer differently for these groups?', ko: '이 그룹들에 모델이 다르게 답하나요?' },
    content: 'ordinary',
    groups: [first, ...others].map((name) => ({ id: name, name: sameIn(name) })),
    pairing: areNamesPairs ? 'counterfactual' : 'independent',
    terms: labels.map((label) => ({ id: label, text: label, name: sameIn(label), type: 'neutral' })),
    pairs: [...wordings].map(([id, pair]) => ({ id, wordings: [pair] })),
    templates: [...templates],
    designs: [],
    primary,
    contrasts: explored,
    controls: manipulation ? { manipulation } : {},
    effects: { minimum: 0.5, equivalence: 0.5 },
    notTested: NOT_TESTED,
    styles: [{ id: OWN_STYLE, name: { en: 'your pictures', ko: '내 사진' }, ...SOURCE }],
    images: images.map(({ read: _, ...image }) => image),
    words: [],
  };
}

function idOf({ a, b }: LabelPair): string {
  return `${a}/${b}`;
}

function sameIn(text: string): Manifest['title'] {
  return { en: text, ko: text };
}

const SOURCE = { source: 'whoever asked', version: '1.0', licence: 'theirs' };

const NOT_TESTED: Manifest['notTested'] = {
  en: [
    'what else differs between the groups: background, clothes, light, age',
    'other pictures and other labels than these',
    'whether the folders hold what their names say',
  ],
  ko: ['그룹 사이의 다른 차이: 배경, 옷, 빛, 나이', '여기 없는 사진과 라벨', '폴더에 든 것이 그 이름과 맞는지'],
};
