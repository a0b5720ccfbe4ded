import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Entry, zip } from '../archive/zip.ts';
import { discs } from '../audit/own-pictures.ts';
import { cliplens as run } from './cliplens.ts';

let folder = '';
let entries: Entry[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliplens-folders-'));
  entries = [...(await discs('사진/red', 'crimson', 6)), ...(await discs('사진/blue', 'royalblue', 6))];
  for (const { path, content = '' } of entries) {
    await mkdir(dirname(join(folder, String(path))), { recursive: true });
    await writeFile(join(folder, String(path)), content);
  }
  await writeFile(join(folder, 'photos.zip'), zip(entries));
});

const cliplens = (...parameters: readonly string[]) =>
  run([...parameters, '--json', '--locale', 'en'], { DATA_DIR: join(folder, 'data'), CLIP_MODEL: 'demo' });

describe('a folder on the command line', () => {
  it('is audited as the zip of it, to the bit', async () => {
    const question = [
      '--pairs',
      'tomato/blueberry',
      '--template',
      'plain',
      '--template',
      'a {label}',
      '--pairing',
      'names',
    ];
    const ask = (path: string) => cliplens('biasaudit', 'own', join(folder, path), ...question);
    const [unpacked, packed] = [await ask('사진/'), await ask('photos.zip')];
    expect(unpacked).toMatchObject({ code: 0 });
    const { data } = JSON.parse(unpacked.stdout);
    expect(data.contrasts[0]).toMatchObject({ paired: true, bases: [6, 6], prompts: { count: 2 } });
    expect(JSON.parse(packed.stdout).data).toEqual(data);
    expect(data.pack.templates).toEqual(['{label}', 'a {label}']);
  });

  it('may have the label pairs behind it, as on the page', async () => {
    const { stdout } = await cliplens('biasaudit', 'own', join(folder, '사진'), 'tomato/blueberry,', 'apple/sky');
    const { contrasts } = JSON.parse(stdout).data;
    expect(contrasts.map(({ pair }: { pair: string }) => pair)).toEqual(['tomato/blueberry', 'apple/sky']);
  });

  it('is evaluated as a zip is', async () => {
    const { code, stdout } = await cliplens('evaluate', join(folder, '사진'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout).data).toMatchObject({ classes: ['blue', 'red'], images: 12 });
  });

  it.each([
    ['folder-missing', /no folder or zip "nowhere"/, ['biasaudit', 'own', 'nowhere', '--pairs', 'a/b']],
    ['folder-missing', /no folder or zip "nurse\/doctor".* first/, ['biasaudit', 'own', 'nurse/doctor']],
    ['folder-missing', /no folder or zip "lost.zip"/, ['evaluate', 'lost.zip']],
    ['image-not-audited', /groups/i, ['biasaudit', 'own', 'package.json', '--pairs', 'a/b']],
    ['no-group-folders', /^red has no folders/, ['biasaudit', 'own', '사진/red', '--pairs', 'a/b']],
    ['archive-missing', /folder/, ['biasaudit', 'own', '--pairs', 'a/b']],
    ['too-many-archives', /no zip or folder/, ['classify', '사진', '--labels', 'a, b']],
  ])('is refused as %s', async (code, message, [command = '', ...parameters]) => {
    const paths = parameters.map((one) => (one.startsWith('사진') ? join(folder, one) : one));
    const result = await cliplens(command, ...paths);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toEqual({ error: { code, message: expect.stringMatching(message) } });
  });
});
