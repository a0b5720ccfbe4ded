import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadPack, packIds } from '../../src/audit/load-pack.ts';

const FOLDER = fileURLToPath(new URL('../../probes', import.meta.url));
const LICENCES = ['CC0-1.0', 'Apache-2.0', 'MIT'];

const ids = await packIds(FOLDER);
const packs = await Promise.all(ids.map((id) => loadPack(FOLDER, id)));
const images = packs.flatMap((pack) => pack.images);

it('are the five that the documentation names', () => {
  expect(ids).toEqual(['control', 'crime', 'occupation', 'people', 'text-occupation']);
});

describe.each(packs.map((pack) => ({ id: pack.manifest.id, pack })))('the pack $id', ({ id, pack: { manifest } }) => {
  it('lies in a folder of its name, with a datasheet that names its licences', () => {
    expect(ids).toContain(id);
    const datasheet = readFileSync(join(FOLDER, id, 'PROBE.md'), 'utf8');
    for (const { licence } of manifest.styles) {
      expect(LICENCES).toContain(licence);
      expect(datasheet).toContain(licence);
    }
  });

  it('asks with at least five templates and checks that the model sees what was drawn', () => {
    expect(manifest.templates.length).toBeGreaterThanOrEqual(5);
    expect(manifest.controls.manipulation).toBeDefined();
    expect(manifest.controls.negative).toBeDefined();
  });

  it('has every base in every group of its style where bases are compared with themselves', () => {
    if (manifest.pairing !== 'counterfactual') return;
    const items = [
      ...manifest.images.map(({ base, group, style }) => ({ key: `${style} ${base}`, group })),
      ...manifest.words.map(({ base, group }) => ({ key: base, group })),
    ];
    const all = manifest.groups.map(({ id: group }) => group).sort();
    const keys = [...new Set(items.map(({ key }) => key))];
    expect(keys.length).toBeGreaterThanOrEqual(12);
    for (const key of keys) {
      const there = items.filter((item) => item.key === key).map(({ group }) => group);
      expect([key, there.sort()]).toEqual([key, all]);
    }
  });

  it('names what may hurt by another name wherever everybody reads', () => {
    const hurtful = manifest.terms.filter(({ publicName }) => publicName);
    expect(hurtful.length > 0).toBe(manifest.content === 'harmful');
    const seen = JSON.stringify([manifest.id, manifest.title, manifest.question, manifest.groups, manifest.pairs]);
    const design = JSON.stringify(
      manifest.designs.map(({ question, variants }) => [question, variants.map((v) => v.name)]),
    );
    const headlines =
      readFileSync(join(FOLDER, id, 'PROBE.md'), 'utf8')
        .match(/^#.*$/gm)
        ?.join('\n') ?? '';
    for (const { text, name } of hurtful) {
      for (const word of [text.replace(/^an? /, ''), name.ko]) {
        if (word === 'animal' || word === '동물' || word === 'victim' || word === '피해자') continue; // no insult by itself
        expect(`${seen}${design}${headlines}`).not.toContain(word);
      }
    }
  });
});

describe('the images of the packs', () => {
  it('are all used, and no two are equal', () => {
    const there = readdirSync(join(FOLDER, 'images'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    const used = new Map(images.map(({ file, sha256 }) => [file, sha256]));
    expect([...used.keys()].sort()).toEqual(there.sort());
    expect(new Set(used.values()).size).toBe(there.length);
  });

  it('of one Open Peeps identity differ in tone by colour alone: each pixel of hair stays', async () => {
    for (let index = 1; index <= 12; index++) {
      const [darker, lighter] = await Promise.all(
        ['darker', 'lighter'].map((group) =>
          sharp(join(FOLDER, `images/peeps/peep-${index}_${group}.png`))
            .removeAlpha()
            .raw()
            .toBuffer(),
        ),
      );
      const black = (pixels = Buffer.alloc(0)) => pixels.filter((_, i) => i % 3 === 0).map((red) => (red < 8 ? 1 : 0));
      const [one, other] = [black(darker), black(lighter)];
      const onlyInLighter = other.filter((is, i) => is === 1 && one[i] === 0).length;
      expect(onlyInLighter).toBeLessThan(0.01 * other.length);
    }
  });
});
