import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/cliplens.ts';

const SAMPLES = join(ROOT, 'adapters/web/samples');
const TINY = join(ROOT, 'test/fixtures/reference/clip-tiny');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  for (const name of ['bicycle', 'cat', 'pizza', 'rocket', 'sunflower']) {
    await mkdir(join(folder, 'images', name), { recursive: true });
    await copyFile(join(SAMPLES, `${name}.png`), join(folder, 'images', name, '1.png'));
  }
  await writeFile(join(folder, 'images/cat/broken.png'), 'no image');
  await mkdir(join(folder, 'one/cat'), { recursive: true });
  await copyFile(join(SAMPLES, 'cat.png'), join(folder, 'one/cat/1.png'));
  await mkdir(join(folder, 'unreadable'));
  for (const name of ['cat', 'dog']) await mkdir(join(folder, 'unreadable', name));
  await copyFile(join(SAMPLES, 'cat.png'), join(folder, 'unreadable/cat/1.png'));
  await writeFile(join(folder, 'unreadable/dog/broken.png'), 'no image');
});

/** Runs the real process. */
function evaluate(parameters: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), CLIP_MODEL: TINY, ENCODER_THREADS: '1' };
  const script = ['launch/run.mjs', 'evaluate/evaluate.ts', ...parameters];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, script, { cwd: ROOT, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('npm run evaluate -- classify', () => {
  it('measures models and templates side by side, as JSON, CSV and pictures', async () => {
    const out = join(folder, 'out');
    const images = ['--images', join(folder, 'images'), '--models', 'demo,clip-tiny', '--templates', 'photo,plain'];
    const { code, stdout, stderr } = await evaluate(['classify', ...images, '--out', out, '--json']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('demo: 6 / 6')]);
    const results = JSON.parse(stdout);
    expect(results).toEqual(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
    expect(
      results.runs.map(({ model, template }: { model: { id: string }; template: string }) => [model.id, template]),
    ).toEqual([
      ['demo', 'photo'],
      ['demo', 'plain'],
      ['clip-tiny', 'photo'],
      ['clip-tiny', 'plain'],
    ]);
    // The bundled model knows its own sample pictures.
    expect(results.runs[0]).toMatchObject({ images: 5, top1: { value: 1 }, top5: { value: 1 } });
    expect(results.comparisons).toHaveLength(4);
    expect(results.unread).toEqual([{ image: 'cat/broken.png', reason: expect.stringContaining('image-format') }]);
    const pictures = (await readdir(out)).filter((name) => name.endsWith('.png'));
    expect(pictures).toHaveLength(4);
    for (const name of pictures) expect((await sharp(join(out, name)).metadata()).format).toBe('png');
    expect((await readFile(join(out, 'classes.csv'), 'utf8')).trim().split('\n')).toHaveLength(1 + 4 * 5);
    expect((await readFile(join(out, 'predictions.csv'), 'utf8')).trim().split('\n')).toHaveLength(1 + 4 * 5);
  });

  it('leaves out classes of which nothing could be read, reads no film, and tells what is there twice', async () => {
    const images = join(folder, 'odd');
    for (const name of ['cat', 'pizza', 'dog', 'film']) await mkdir(join(images, name), { recursive: true });
    for (const name of ['cat', 'pizza']) await copyFile(join(SAMPLES, `${name}.png`), join(images, name, '1.png'));
    await copyFile(join(SAMPLES, 'cat.png'), join(images, 'pizza/2.png'));
    await writeFile(join(images, 'dog/broken.png'), 'no image');
    await writeFile(join(images, 'film/long.mp4'), '');
    await truncate(join(images, 'film/long.mp4'), 3e9);
    const parameters = ['--images', images, '--models', 'demo', '--out', join(folder, 'odd-out')];
    const { stdout } = await evaluate(['classify', ...parameters]);
    expect(stdout).toMatch(/top-1 66\.7 % .* 3 images\./);
    expect(stdout).not.toMatch(/NaN|dog|film/);
    expect(stdout).toMatch(/\n2 images could not be read.*\nThere twice, byte for byte: 1 image;/);
    const results = JSON.parse(await readFile(join(folder, 'odd-out/results.json'), 'utf8'));
    expect(results.runs[0].classes.map(({ label }: { label: string }) => label)).toEqual(['cat', 'pizza']);
    expect(results.unread[1]).toEqual({ image: 'film/long.mp4', reason: expect.stringContaining('image-too-large') });
    expect(results.twice).toEqual([{ name: 'pizza/2.png', other: 'cat/1.png' }]);
  });

  it.each([
    [['classify', '--images', 'nowhere'], /^There is nothing at nowhere/],
    [['classify', '--imges', 'x'], /^Unknown option '--imges'.*\. Add --help/],
    [['classify'], /^Name a folder or a CSV file with --images/],
    [['classify', '--images', SAMPLES], /needs two classes or more and has none/],
    [['classify', '--images', 'IMAGES', '--models', 'owner/none'], /models pull owner\/none/],
    [['classify', '--images', 'IMAGES', '--models', 'demo,owner/none'], /models pull owner\/none/],
    [['classify', '--images', 'IMAGES', '--templates', 'no slot'], /needs \{label\} exactly once/],
    [
      ['classify', '--images', 'IMAGES', '--out', 'FILE'],
      /^Nothing can be written to .* Name another folder with --out/,
    ],
    [['classify', '--images', 'UNREADABLE'], /two labels or more, and has only "cat"/],
  ])('says what is wrong with %j', async (parameters, message) => {
    const places: Record<string, string> = {
      IMAGES: join(folder, 'images'),
      FILE: join(folder, 'one/cat/1.png'),
      UNREADABLE: join(folder, 'unreadable'),
    };
    const { code, stdout, stderr } = await evaluate(parameters.map((one) => places[one] ?? one));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    // What can be known before is told before any image is looked at.
    if (!parameters.includes('UNREADABLE')) expect(stderr).not.toMatch(/\d \/ \d/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('npm run evaluate -- saliency', () => {
  it('measures maps on composed scenes, as JSON, CSV and a picture', async () => {
    const out = join(folder, 'saliency');
    const parameters = ['--model', 'demo', '--methods', 'dense,gradcam', '--scenes', '4', '--out', out, '--json'];
    const { code, stdout, stderr } = await evaluate(['saliency', ...parameters]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('scenes: 4 / 4')]);
    const results = JSON.parse(stdout);
    expect(results).toEqual(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
    expect(results.runs.map(({ method, prompts }: { method: string; prompts: number }) => [method, prompts])).toEqual([
      ['dense', 8],
      ['gradcam', 8],
    ]);
    expect(results.runs[0].pixelPrecision.value).toBeGreaterThan(results.runs[0].area.value);
    expect(results.comparisons).toMatchObject([{ first: 'dense', second: 'gradcam' }]);
    expect(results.runs[0].insertionGain.value).toBeGreaterThan(0);
    expect((await readFile(join(out, 'prompts.csv'), 'utf8')).trim().split('\n')).toHaveLength(1 + 2 * 8);
    expect((await sharp(join(out, 'scenes.png')).metadata()).format).toBe('png');
  });

  it('measures maps on mosaics of photos, and names what could not be read', async () => {
    const out = join(folder, 'mosaics');
    const images = ['--images', join(folder, 'images'), '--methods', 'dense', '--scenes', '4', '--out', out];
    const { code, stdout, stderr } = await evaluate(['saliency', '--model', 'demo', ...images, '--json']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('Left out, since they could not be read: cat/broken.png.'),
    ]);
    const results = JSON.parse(stdout);
    expect(results).toMatchObject({ objects: 4, classes: 5, images: 6, unread: [{ image: 'cat/broken.png' }] });
    const [run] = results.runs;
    expect(run).toMatchObject({ scenes: 4, prompts: 16, area: { value: 0.25 }, curves: 4 });
    // The bundled model knows its own sample pictures.
    expect(run.pointing.value).toBeGreaterThan(run.blindPointing.value);
    expect(run.energy.value).toBeGreaterThan(0.25);
    expect(run.insertionGain.value).toBeGreaterThan(0);
    expect(run.deletionGain.value).toBeGreaterThan(0);
    expect((await sharp(join(out, 'scenes.png')).metadata()).format).toBe('png');
  });

  it.each([
    [['--images', 'SAMPLES'], /needs four classes or more and has none/],
    [['--images', 'ONE'], /needs four classes or more and has only cat\. Make a subfolder for each class/],
    [['--images', 'IMAGES', '--objects', '3'], /--objects is for drawings: a mosaic of --images always has four/],
    [['--methods', 'gradcan'], /There is no method gradcan. Name some of dense, gradcam/],
    [['--scenes', 'many'], /--scenes is a whole number from 2 to 2000, not many/],
    [['--objects', '9'], /--objects is a whole number from 2 to 4, not 9/],
    [['--model', 'owner/none'], /models pull owner\/none/],
  ])('says what is wrong with %j', async (parameters, message) => {
    const places: Record<string, string> = {
      IMAGES: join(folder, 'images'),
      ONE: join(folder, 'one'),
      SAMPLES,
    };
    const { code, stdout, stderr } = await evaluate(['saliency', ...parameters.map((one) => places[one] ?? one)]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('npm run evaluate -- detect and segment', () => {
  it.each([
    ['detect', 'boxes.csv', 'averagePrecision'],
    ['segment', 'scenes.csv', 'accuracy'],
  ])('%s measures composed scenes, as JSON, CSV and a picture', async (name, csv, measure) => {
    const out = join(folder, name);
    const { code, stdout, stderr } = await evaluate([name, '--model', 'demo', '--scenes', '3', '--out', out, '--json']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('scenes: 3 / 3')]);
    const results = JSON.parse(stdout);
    expect(results).toEqual(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
    expect(results).toMatchObject({ scenes: 3, objects: 2 });
    expect(results[measure].value).toBeGreaterThan(0);
    expect(await readFile(join(out, csv), 'utf8')).toMatch(/^scene,/);
    expect((await sharp(join(out, 'scenes.png')).metadata()).format).toBe('png');
  });

  it.each(['detect', 'segment'])('%s says what is wrong', async (name) => {
    const { code, stdout, stderr } = await evaluate([name, '--scenes', '1']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('--scenes is a whole number from 2 to 2000, not 1.\n');
  });
});
