import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/cliplens.ts';

const TINY = join(ROOT, 'test/fixtures/reference/clip-tiny');

let folder = '';

/** A picture of stripes of its class's colour, different from the others of its class. */
function stripes(hue: string, i: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${60 + 5 * i}" height="64"><rect width="100%" height="100%" fill="${hue}"/><rect x="${4 * i}" width="9" height="64" fill="white"/></svg>`;
  const image = sharp(Buffer.from(svg));
  return i % 2 === 0 ? image.png().toBuffer() : image.greyscale(false).jpeg().toBuffer();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fewshot-'));
  for (const hue of ['red', 'lime', 'blue']) {
    await mkdir(join(folder, 'images', hue), { recursive: true });
    await mkdir(join(folder, 'single', hue), { recursive: true });
    for (let i = 0; i < 6; i++) await writeFile(join(folder, 'images', hue, `${i}.png`), await stripes(hue, i));
    await writeFile(join(folder, 'single', hue, '1.png'), await stripes(hue, 1));
  }
  await writeFile(join(folder, 'images/red/broken.png'), 'no image');
  await mkdir(join(folder, 'unreadable/a'), { recursive: true });
  await mkdir(join(folder, 'unreadable/b'), { recursive: true });
  await writeFile(join(folder, 'unreadable/a/1.png'), await stripes('red', 1));
  await writeFile(join(folder, 'unreadable/b/1.png'), 'no image');
});

/** Runs the real process. */
function evaluate(parameters: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), CLIP_MODEL: TINY, ENCODER_THREADS: '1' };
  const script = ['launch/run.mjs', 'evaluate/evaluate.ts', 'fewshot', ...parameters];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, script, { cwd: ROOT, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('npm run evaluate -- fewshot', () => {
  it('measures zero-shot against a few examples, the same for the same seed', async () => {
    const images = ['--images', join(folder, 'images')];
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await evaluate([...images, '--out', out, '--json']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('19 / 19')]);
    const results = JSON.parse(stdout);
    expect(results).toMatchObject({ classes: ['blue', 'lime', 'red'], images: 18, seed: 1 });
    expect(results.unread).toEqual([{ image: 'red/broken.png', reason: expect.stringContaining('image-format') }]);
    const shots = results.rounds.map((round: { shots: number }) => round.shots);
    expect(shots).toEqual([0, 1, 2, 4]);
    // Even a random encoder tells colours apart once it has seen them.
    expect(results.rounds.at(-1).accuracy.value).toBeGreaterThan(0.9);
    expect(results.rounds.at(-1).accuracies).toHaveLength(10);
    const pictures = (await readdir(out)).filter((name) => name.endsWith('.png')).sort();
    expect(pictures).toEqual(expect.arrayContaining(['confusion.png', 'few-shot.png']));
    expect((await sharp(join(out, 'few-shot.png')).metadata()).width).toBe(640);
    expect((await readFile(join(out, 'rounds.csv'), 'utf8')).trim().split('\n')).toHaveLength(1 + 1 + 3 * 10);
    expect(await readFile(join(out, 'pictures.csv'), 'utf8')).toContain('blue/0.png,blue,0,1,');
    const again = await evaluate([...images, '--out', join(folder, 'again')]);
    expect(again.stdout).toMatch(/18 pictures of 3 classes, right: zero-shot .*4-shot/);
    expect(again.stdout).toMatch(/1 could not be read and were left out: red\/broken\.png/);
    expect(JSON.parse(await readFile(join(folder, 'again/results.json'), 'utf8'))).toEqual(results);
  });

  it('measures zero-shot alone where a class has one picture, and says why', async () => {
    const parameters = ['--images', join(folder, 'single'), '--out', join(folder, 'single-out')];
    const { code, stdout } = await evaluate(parameters);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/"blue" has one picture.*Give each class two or more/)]);
    expect(stdout).not.toMatch(/draws/);
  });

  it.each([
    [[], /Name a folder/],
    [['--images', 'IMAGES', '--seed', 'x'], /--seed is a whole number/],
    [['--images', 'IMAGES', '--template', 'no slot'], /needs \{label\} exactly once/],
    [['--images', 'UNREADABLE'], /two labels or more, and has only "a"/],
    [['--images', 'nowhere'], /There is nothing at nowhere/],
  ])('says what is wrong with %j', async (parameters, message) => {
    const places: Record<string, string> = { IMAGES: join(folder, 'images'), UNREADABLE: join(folder, 'unreadable') };
    const { code, stdout, stderr } = await evaluate(parameters.map((one) => places[one] ?? one));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
