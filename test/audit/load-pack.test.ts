import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadPack, packIds } from '../../src/audit/load-pack.ts';
import { writePack } from './sample-pack.ts';

describe('a pack of probes', () => {
  it('is what its manifest says, and has one sum over all of it', async () => {
    const folder = await writePack();
    expect(await packIds(folder)).toEqual(['sample']);
    const pack = await loadPack(folder, 'sample');
    expect(pack.images).toHaveLength(16);
    expect(pack.sha256).toMatch(/^[0-9a-f]{64}$/);
    const other = await loadPack(await writePack((manifest) => ({ ...manifest, version: '1.1' })), 'sample');
    expect(other.sha256).not.toBe(pack.sha256);
  });

  it('is refused where an image is missing or was changed', async () => {
    const folder = await writePack();
    await writeFile(join(folder, 'images/base-3-red.png'), 'other');
    await expect(loadPack(folder, 'sample')).rejects.toMatchObject({
      code: 'pack-changed',
      parameters: { file: 'images/base-3-red.png' },
    });
    await rm(join(folder, 'images/base-3-red.png'));
    await expect(loadPack(folder, 'sample')).rejects.toMatchObject({ code: 'pack-changed' });
  });

  it.each([
    ['version', { version: 'one' }],
    ['question.ko', { question: { en: 'x' } }],
    ['pairs.0.wordings.0.b', { pairs: [{ id: 'apple-sky', wordings: [{ a: 'apple', b: 'moon' }] }] }],
    ['primary.groups.1', { primary: { pair: 'apple-sky', groups: ['red', 'green'] } }],
    ['templates.0', { templates: ['no place for it'] }],
    ['images', { images: [] }],
    [
      'images.0.file',
      { images: [{ file: '../x.png', sha256: 'a'.repeat(64), group: 'red', base: 'b', style: 'dots' }] },
    ],
    [
      'groups.1',
      {
        groups: [
          { id: 'red', name: { en: 'a', ko: 'b' } },
          { id: 'red', name: { en: 'a', ko: 'b' } },
        ],
      },
    ],
    ['controls.negative.pair', { controls: { negative: { pair: 'none', groups: ['red', 'blue'] } } }],
    ['', { surprise: 1 }],
  ])('is refused by the name of the field that is wrong: %s', async (field, change) => {
    const folder = await writePack((manifest) => ({ ...manifest, ...change }));
    await expect(loadPack(folder, 'sample')).rejects.toMatchObject({
      code: 'pack-broken',
      parameters: { field: field === '' ? 'pack.json' : field },
    });
  });

  it('is refused where a group is compared with itself', async () => {
    const folder = await writePack((manifest) => ({ ...manifest, primary: { pair: 'days', groups: ['red', 'red'] } }));
    await expect(loadPack(folder, 'sample')).rejects.toMatchObject({ parameters: { field: 'primary.groups.1' } });
  });

  it('is refused where two groups have no pair, or one, and where both have the same picture', async () => {
    const images = z.array(z.looseObject({ base: z.string(), group: z.string(), sha256: z.string() }));
    const changed = (change: (image: z.output<typeof images>[number], i: number) => object) =>
      writePack((manifest) => ({ ...manifest, images: images.parse(manifest.images).map(change) }));
    const apart = await changed((image, i) => ({
      ...image,
      base: i > 1 ? `${image.base}-${image.group}` : image.base,
    }));
    await expect(loadPack(apart, 'sample')).rejects.toMatchObject({
      code: 'pack-broken',
      parameters: { field: 'primary', reason: expect.stringMatching(/two bases or more .* "dots"/) },
    });
    const one = await changed((image) => ({ ...image, sha256: 'a'.repeat(64) }));
    await expect(loadPack(one, 'sample')).rejects.toMatchObject({
      code: 'pack-broken',
      parameters: { field: 'images.1.sha256', reason: expect.stringMatching(/"red"/) },
    });
  });

  it('asks for a neutral name of every word that may hurt', async () => {
    const harmful = await writePack((manifest) => ({
      ...manifest,
      content: 'harmful',
      terms: manifest.terms.map((term) => (term.id === 'sky' ? { ...term, type: 'non-human' } : term)),
    }));
    await expect(loadPack(harmful, 'sample')).rejects.toMatchObject({
      parameters: { field: 'terms.2.publicName' },
    });
    await writeFile(join(harmful, 'sample/pack.json'), '{');
    await expect(loadPack(harmful, 'sample')).rejects.toMatchObject({ parameters: { field: 'pack.json' } });
  });
});
