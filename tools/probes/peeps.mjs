// People in the manner of Open Peeps: twelve faces, each with long and with short hair, in up to three tones.
import { createAvatar } from '@dicebear/core';
import * as openPeeps from '@dicebear/open-peeps';
import { pictures } from './groups.mjs';

/** The style's own lightest and middle tone, and for the darkest a lighter one than its own #694d3d, on which even black has a contrast of 2.7 only. */
const TONES = { light: 'ffdbb4', medium: 'd08b5b', dark: '7c533e' };

/** The contrast of the lines of a face with the skin they stand on, the same in every tone. */
const LINE_CONTRAST = 3;

/** One identity a row: a calm face, a colour of clothing, and a head with long and one with short hair. */
const BASES = [
  ['calm', '8fa7df', 'long', 'short1'],
  ['smile', 'e78276', 'longBangs', 'short2'],
  ['blank', 'ffcf77', 'mediumStraight', 'short3'],
  ['cute', '9ddadb', 'medium1', 'short4'],
  ['smile', '78e185', 'medium2', 'short5'],
  ['blank', 'e279c7', 'longCurly', 'pomp'],
  ['calm', 'fdea6b', 'mediumBangs2', 'shaved1'],
  ['cute', '78e185', 'dreads2', 'afro'],
  ['calm', '9ddadb', 'bangs', 'shaved2'],
  ['cute', 'e279c7', 'medium3', 'flatTop'],
  ['blank', 'e78276', 'mediumBangs', 'shaved3'],
  ['smile', 'ffcf77', 'bangs2', 'twists'],
];

const channels = (hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const display = (value) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const toHex = (rgb) =>
  rgb
    .map((value) =>
      Math.round(display(value) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');

/** Relative luminance, WCAG 2. */
function luminance(hex) {
  const [red, green, blue] = channels(hex).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

/** The skin's own hue, as dark as LINE_CONTRAST asks. */
function lineFor(skin) {
  const luminanceOfLine = (luminance(skin) + 0.05) / LINE_CONTRAST - 0.05;
  const factor = luminanceOfLine / luminance(skin);
  return toHex(channels(skin).map((value) => linear(value) * factor));
}

function draw([face, clothing], head, skin, line) {
  const svg = createAvatar(openPeeps, {
    seed: 'fixed',
    face: [face],
    head: [head],
    clothingColor: [clothing],
    headContrastColor: ['000000'],
    skinColor: [skin],
    accessoriesProbability: 0,
    facialHairProbability: 0,
    maskProbability: 0,
  }).toString();
  // The face is the group moved to (315, 248); hair and outline are one path of the head and stay black in every tone.
  const start = svg.indexOf('<g transform="translate(315 248)">');
  const end = svg.indexOf('<g transform="translate(279 400)">');
  if (start < 0 || end < start) throw new Error(`no face found in ${face}`);
  return svg.slice(0, start) + svg.slice(start, end).replaceAll('#000', `#${line}`) + svg.slice(end);
}

/** Throws unless the drawings differ in two colours and nothing else, and the lines' contrast is the same in all. */
function assertHexAlone(drawings) {
  const bare = drawings.map(({ svg, skin, line }) => svg.replaceAll(skin, 'SKIN').replaceAll(line, 'LINE'));
  if (new Set(bare).size !== 1) throw new Error('tones differ in more than a colour');
  for (const { skin, line } of drawings) {
    if (Math.abs(contrast(skin, line) - LINE_CONTRAST) > 0.1) throw new Error(`${line} on ${skin}`);
  }
}

/** @returns { svg, base, group, factors } for every drawing */
export function peeps() {
  return BASES.flatMap((base, index) => {
    const drawings = pictures(index).map(({ group, presentation, tone }) => {
      const [skin, line] = [TONES[tone], lineFor(TONES[tone])];
      const hair = presentation === 'woman' ? 'long' : 'short';
      const svg = draw(base, base[hair === 'long' ? 2 : 3], skin, line);
      return { svg, skin, line, base: `peep-${index + 1}`, group, factors: { hair, tone } };
    });
    for (const hair of ['long', 'short']) assertHexAlone(drawings.filter(({ factors }) => factors.hair === hair));
    return drawings;
  });
}
