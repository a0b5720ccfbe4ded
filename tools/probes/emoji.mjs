// The same people, flowers and insects in two emoji styles.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pictures } from './groups.mjs';

const require = createRequire(import.meta.url);

/** Base identities: what both styles draw as a woman and as a man, calm, in no costume of an occupation. */
const BASES = [
  'plain',
  'curly-hair',
  'red-hair',
  'white-hair',
  'bald',
  'blond-hair',
  'older',
  'gesturing-ok',
  'raising-hand',
  'tipping-hand',
  'shrugging',
  'bowing',
];
const HAIR = ['curly-hair', 'red-hair', 'white-hair', 'bald', 'blond-hair'];

const STYLES = {
  noto: {
    file: '@iconify-json/noto/icons.json',
    named: (person, base, tone) =>
      HAIR.includes(base) ? `${person}-${tone}-skin-tone-${base}` : `${prefix(person, base)}-${tone}-skin-tone`,
  },
  fluent: {
    file: '@iconify-json/fluent-emoji-flat/icons.json',
    named: (person, base, tone) =>
      HAIR.includes(base)
        ? `${person}-${base.replace('blond-', 'blonde-')}-${tone}`
        : `${prefix(person, base)}-${tone}`,
  },
};

function prefix(person, base) {
  if (base === 'plain') return person;
  return base === 'older' ? `old-${person}` : `${person}-${base}`;
}

const FLOWERS = ['cherry-blossom', 'rose', 'hibiscus', 'sunflower', 'blossom', 'tulip', 'hyacinth', 'lotus', 'bouquet'];
const INSECTS = ['ant', 'beetle', 'lady-beetle', 'cricket', 'cockroach', 'mosquito', 'fly', 'honeybee', 'butterfly'];

function reader({ file }) {
  const icons = JSON.parse(readFileSync(require.resolve(file), 'utf8'));
  return (name) => {
    const icon = icons.icons[name];
    if (!icon) throw new Error(`${file} has no ${name}`);
    const [width, height] = [icon.width ?? icons.width, icon.height ?? icons.height];
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${icon.body}</svg>`;
  };
}

/** @returns { svg, base, group, factors } for every drawing of people in `style` */
export function emojiPeople(style) {
  const icon = reader(STYLES[style]);
  return BASES.flatMap((base, index) =>
    pictures(index).map(({ group, presentation, tone }) => ({
      svg: icon(STYLES[style].named(presentation, base, tone)),
      base,
      group,
      factors: { presentation, tone },
    })),
  );
}

/** @returns { svg, base, group, factors } for every drawing of flowers and insects in `style` */
export function emojiNature(style) {
  const icon = reader(STYLES[style]);
  return Object.entries({ flower: FLOWERS, insect: INSECTS }).flatMap(([group, names]) =>
    names.map((base) => ({ svg: icon(base), base, group, factors: {} })),
  );
}
