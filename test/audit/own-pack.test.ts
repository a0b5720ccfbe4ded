import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Audits } from '../../src/audit/audits.ts';
import { contradictions } from '../../src/audit/contradictions.ts';
import { loadPack, type Pack } from '../../src/audit/load-pack.ts';
import { sortIntoGroups } from '../../src/audit/own-groups.ts';
import { OWN_TEMPLATES, ownPack } from '../../src/audit/own-pack.ts';
import { startApp } from '../commands/app.ts';
import { type sampleManifest, writePack } from './sample-pack.ts';

const QUESTION = {
  pairs: [
    { a: 'apple', b: 'sky' },
    { a: 'fruit', b: 'sky' },
  ],
  check: { a: 'tuesday', b: 'thursday' },
  templates: OWN_TEMPLATES,
  areNamesPairs: true,
};

/** The packaged pack that asks QUESTION, word for word. */
function asked(pairing: string) {
  return (manifest: ReturnType<typeof sampleManifest> & { images: object[] }) => ({
    ...manifest,
    pairing,
    terms: manifest.terms.map((term) => ({ ...term, text: term.id })),
    pairs: ['apple-sky', 'fruit-sky', 'tuesday-thursday'].map((id) => {
      const [a, b] = id.split('-');
      return { id, wordings: [{ a, b }] };
    }),
    templates: OWN_TEMPLATES,
    designs: [],
    contrasts: [{ pair: 'fruit-sky', groups: ['red', 'blue'] }],
    controls: { manipulation: { pair: 'tuesday-thursday', groups: ['red', 'blue'] } },
  });
}

/** The images of a packaged pack as somebody would lay them out, the same name in each folder. */
async function laidOut(folder: string, { manifest }: Pack) {
  const read = (file: string) => () => readFile(join(folder, file));
  return manifest.images.map(({ file, group, base }) => {
    return { path: `photos/${group}/${base}.png`, size: 1, read: read(file) };
  });
}

describe('a pack of one’s own', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each([
    ['counterfactual', true],
    ['independent', false],
  ])('gives the very figures of a packaged one with the same images: %s', async (pairing, areNamesPairs) => {
    const folder = await writePack(asked(pairing));
    const packaged = await loadPack(folder, 'sample');
    const { groups } = await sortIntoGroups('photos', await laidOut(folder, packaged), ['red', 'blue']);
    const { pack, unpaired } = ownPack(groups, { ...QUESTION, areNamesPairs });
    expect(unpaired).toBe(0);
    const run = async (one: Pack) => {
      const { contrasts, verdicts, smallestShareGap } = await new Audits().run(app.model, one, 7, () => {});
      const figures = contrasts.map(({ pair: _, style: __, ...figure }) => figure);
      return { figures, kinds: verdicts.map(({ kind, p }) => ({ kind, p })), smallestShareGap };
    };
    const own = await run(pack);
    expect(own).toEqual(await run(packaged));
    expect(own.figures).toHaveLength(3);
  });

  it('contradicts itself in nothing', async () => {
    const folder = await writePack();
    const files = await laidOut(folder, await loadPack(folder, 'sample'));
    const { groups } = await sortIntoGroups('photos', files, []);
    expect(contradictions(ownPack(groups, QUESTION).pack.manifest)).toEqual([]);
    expect(contradictions(ownPack(groups, { ...QUESTION, check: undefined }).pack.manifest)).toEqual([]);
  });

  it('is another one to the bit where a picture, a pair, a group or a template is', async () => {
    const folder = await writePack();
    const files = await laidOut(folder, await loadPack(folder, 'sample'));
    const sum = async (change: Partial<typeof QUESTION> = {}, all = files, chosen: string[] = []) =>
      ownPack((await sortIntoGroups('photos', all, chosen)).groups, { ...QUESTION, areNamesPairs: false, ...change })
        .pack.sha256;
    const sums = [
      await sum(),
      await sum({ pairs: QUESTION.pairs.toReversed() }),
      await sum({ templates: ['{label}'] }),
      await sum({ areNamesPairs: true }),
      await sum({}, files.slice(1)),
      await sum({}, files, ['red', 'blue']),
    ];
    expect(new Set(sums).size).toBe(sums.length);
    expect(await sum({}, files.toReversed())).toBe(sums[0]);
  });

  it('pairs by name in every group, leaves out and counts what has no partner', async () => {
    const pictures = (...names: readonly string[]) =>
      names.map((name) => ({ name, path: name, sha256: name, read: async () => new Uint8Array() }));
    const six = ['1.png', '2.png', '3.png', '4.png', '5.png', '6.png'];
    const groups = [
      { name: 'a', pictures: pictures(...six, 'x.png') },
      { name: 'b', pictures: pictures(...six) },
      { name: 'c', pictures: pictures(...six, 'y.png', 'x.png') },
    ];
    const { pack, unpaired } = ownPack(groups, QUESTION);
    expect(unpaired).toBe(3);
    expect(pack.images).toHaveLength(18);
    expect(pack.manifest.primary).toEqual({ pair: 'apple/sky', groups: ['a', 'b'] });
    expect(pack.manifest.contrasts.map(({ pair, groups }) => `${pair} ${groups}`)).toEqual([
      ...['apple/sky a,c', 'fruit/sky a,b', 'fruit/sky a,c'],
    ]);
    const few = groups.map(({ name, pictures }) => ({ name, pictures: pictures.slice(0, 5) }));
    expect(() => ownPack(few, QUESTION)).toThrow(
      expect.objectContaining({ code: 'too-few-names-in-common', parameters: { count: 5, limit: 6 } }),
    );
    const other = [...groups.slice(0, 1), { name: 'z', pictures: pictures('7.png') }];
    expect(() => ownPack(other, QUESTION)).toThrow(expect.objectContaining({ parameters: { count: 0, limit: 6 } }));
    const one = [...groups.slice(0, 1), { name: 'z', pictures: pictures('7.png') }];
    expect(() => ownPack(one, { ...QUESTION, areNamesPairs: false })).toThrow(
      expect.objectContaining({ code: 'group-too-small', parameters: { group: 'z', count: 1, limit: 4 } }),
    );
  });
});
