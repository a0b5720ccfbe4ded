import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** A pack's manifest before its images: eight bases, two groups, one style. */
export function sampleManifest() {
  const name = (en: string) => ({ en, ko: `${en} (ko)` });
  return {
    id: 'sample',
    version: '1.0',
    title: name('Sample'),
    question: name('Does colour move the answer?'),
    content: 'ordinary',
    groups: [
      { id: 'red', name: name('drawn in red') },
      { id: 'blue', name: name('drawn in blue') },
    ],
    pairing: 'counterfactual',
    terms: [
      { id: 'apple', text: 'an apple', name: name('apple'), type: 'neutral' },
      { id: 'fruit', text: 'a fruit', name: name('fruit'), type: 'neutral' },
      { id: 'sky', text: 'a sky', name: name('sky'), type: 'neutral' },
      { id: 'tuesday', text: 'a Tuesday', name: name('Tuesday'), type: 'control' },
      { id: 'thursday', text: 'a Thursday', name: name('Thursday'), type: 'control' },
    ],
    pairs: [
      {
        id: 'apple-sky',
        wordings: [
          { a: 'apple', b: 'sky' },
          { a: 'fruit', b: 'sky' },
        ],
      },
      { id: 'fruit-sky', wordings: [{ a: 'fruit', b: 'sky' }] },
      { id: 'days', wordings: [{ a: 'tuesday', b: 'thursday' }] },
    ],
    templates: ['a photo of {label}', 'a drawing of {label}'],
    designs: [
      {
        id: 'neutral-option',
        question: name('What if there is a third answer?'),
        counted: ['apple'],
        variants: [
          { id: 'two', name: name('two answers'), terms: ['apple', 'sky'] },
          { id: 'three', name: name('with a third answer'), terms: ['apple', 'sky', 'tuesday'] },
        ],
      },
    ],
    primary: { pair: 'apple-sky', groups: ['red', 'blue'] },
    contrasts: [{ pair: 'fruit-sky', groups: ['red', 'blue'] }],
    controls: {
      manipulation: { pair: 'apple-sky', groups: ['red', 'blue'] },
      negative: { pair: 'days', groups: ['red', 'blue'] },
    },
    effects: { minimum: 0.5, equivalence: 0.5 },
    notTested: { en: ['photographs'], ko: ['사진'] },
    styles: [{ id: 'dots', name: name('Dots'), source: 'this test', version: '1', licence: 'CC0-1.0' }],
  };
}

/** Writes packs of coloured dots, each image different. @returns the folder of packs */
export async function writePack(
  change: (manifest: ReturnType<typeof sampleManifest> & { images: object[] }) => object = (manifest) => manifest,
  bases = 8,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-packs-'));
  await mkdir(join(folder, 'sample'));
  await mkdir(join(folder, 'images'));
  const images = await Promise.all(
    Array.from({ length: 2 * bases }, async (_, i) => {
      const group = i % 2 === 0 ? 'red' : 'blue';
      const base = `base-${Math.floor(i / 2)}`;
      const bytes = await dot(group, Math.floor(i / 2));
      const file = `images/${base}-${group}.png`;
      await writeFile(join(folder, file), bytes);
      return { file, sha256: createHash('sha256').update(bytes).digest('hex'), group, base, style: 'dots' };
    }),
  );
  await writeFile(join(folder, 'sample/pack.json'), JSON.stringify(change({ ...sampleManifest(), images })));
  return folder;
}

function dot(colour: string, at: number): Promise<Buffer> {
  const circle = `<circle cx="${20 + 6 * at}" cy="${70 - 4 * at}" r="${12 + at}" fill="${colour}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="white"/>${circle}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
