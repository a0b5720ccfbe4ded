import { copyFile, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ID, startHub, VISION } from '../clip/loopback-hub.ts';
import { ROOT, cliplens as run } from './cliplens.ts';

const IMAGES = join(ROOT, 'test/fixtures/images');

let data = '';
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'cliplens-cli-'));
});

/** Runs a command line in a data folder of this file's, on a tiny model. */
function cliplens(
  parameters: readonly string[],
  environment: Record<string, string> = {},
  onProgress?: (stderr: string) => void,
) {
  const own = { DATA_DIR: data, CLIP_MODEL: join(ROOT, 'test/fixtures/reference/clip-tiny') };
  return run(parameters, { ...own, ...environment }, onProgress);
}

describe('the command line', () => {
  it('takes a zip for what it is, and says so where a command takes none', async () => {
    const { code, stderr } = await cliplens(['classify', 'photos.ZIP', '--labels', 'cat, dog', '--locale', 'en']);
    expect(code).toBe(1);
    expect(stderr).toBe('This command takes no zip or folder. Send the images themselves.\n');
  });

  it('prints exactly one JSON object, and writes images where it is told to', async () => {
    const out = await mkdtemp(join(tmpdir(), 'cliplens-out-'));
    const images = [join(IMAGES, 'upright.jpg'), join(IMAGES, 'upright.jpg')];
    const { code, stdout } = await cliplens(['classify', ...images, '--labels', 'cat, dog', '--json', '--out', out]);
    const answer = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(Object.keys(answer)).toEqual(['text', 'images', 'files', 'data']);
    expect(answer.data.results).toHaveLength(2);
    expect((await readdir(out)).sort()).toEqual(['upright-classified-2.jpg', 'upright-classified.jpg']);
    for (const { path, alt } of answer.images) {
      expect((await sharp(path).metadata()).width).toBe(640);
      expect(alt).toContain('dog');
    }
  });

  it('takes what is named more than once for a list', async () => {
    const out = await mkdtemp(join(tmpdir(), 'cliplens-out-'));
    const image = join(IMAGES, 'upright.jpg');
    const texts = ['--text', 'cat', '--text', 'a red car'];
    const { stdout } = await cliplens(['saliency', image, ...texts, '--method', 'gradcam', '--json', '--out', out]);
    const { data, images } = JSON.parse(stdout);
    expect(data.method).toBe('gradcam');
    expect(data.maps.map(({ text }: { text: string }) => text)).toEqual(['cat', 'a red car']);
    expect(images).toMatchObject([{ path: join(out, 'upright-saliency.jpg') }]);
  });

  it('remembers the labels of a channel, for other processes too', async () => {
    expect(await cliplens(['labels', 'set', '고양이,', '강아지', '--channel', 'room'])).toMatchObject({ code: 0 });
    const { stdout } = await cliplens(['labels', 'show', '--channel', 'room', '--json']);
    expect(JSON.parse(stdout).data).toEqual({ labels: ['고양이', '강아지'], template: 'photo', preset: null });
    expect(JSON.parse((await cliplens(['labels', 'show', '--json'])).stdout).data.labels).toEqual([]);
  });

  it.each([
    ['image-missing', ['classify', '--labels', 'a, b']],
    ['image-unreadable', ['classify', '/does/not/exist.png', '--labels', 'a, b']],
    ['too-many-archives', ['classify', tmpdir(), '--labels', 'a, b']],
    ['image-format', ['classify', join(ROOT, 'package.json'), '--labels', 'a, b']],
    ['image-unreadable', ['classify', '/dev/zero', '--labels', 'a, b']],
    [
      'folder-unwritable',
      ['classify', join(IMAGES, 'grey.png'), '--labels', 'a, b', '--out', join(ROOT, 'package.json/x')],
    ],
    ['unknown-command', ['clasify', 'x.png']],
    ['unknown-option', ['classify', join(IMAGES, 'grey.png'), '--lables', 'a, b']],
    ['option-missing', ['classify', join(IMAGES, 'grey.png'), '--labels']],
    ['bad-option', ['labels', 'show', '--locale', 'fr']],
    ['subcommand-missing', ['labels']],
  ])('ends with 1 and %s as JSON, without trace of a stack', async (code, parameters) => {
    const result = await cliplens([...parameters, '--json']);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toEqual({ error: { code, message: expect.any(String) } });
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it('writes the answer to an image with the longest name a file can have', async () => {
    const out = await mkdtemp(join(tmpdir(), 'cliplens-long-'));
    const image = join(out, `${'긴'.repeat(83)}.png`);
    await copyFile(join(IMAGES, 'grey.png'), image);
    const { code, stdout } = await cliplens(['classify', image, image, '--labels', 'a, b', '--json', '--out', out]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).images).toHaveLength(2);
  });

  it('says the same in plain words on standard error otherwise', async () => {
    const { code, stdout, stderr } = await cliplens(['classify', '--labels', 'a, b', '--locale', 'ko']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^이미지가 없습니다/);
  });

  it('explains itself', async () => {
    const { code, stdout } = await cliplens(['--help', '--locale', 'en']);
    expect(code).toBe(0);
    for (const word of ['classify IMAGE ...', '--labels', '--template', 'labels set LABELS', '--json', '--channel']) {
      expect(stdout).toContain(word);
    }
    expect((await cliplens(['labels', '--help', '--locale', 'ko'])).stdout).not.toContain('classify IMAGE');
  });

  it('names a wrong variable and a right value, and does not start', async () => {
    const { code, stderr } = await cliplens(['about'], { WEB_PORT: 'abc' });
    const message = 'WEB_PORT=abc cannot be used. A right value is, for example, WEB_PORT=3000';
    expect([code, stderr]).toEqual([1, `${message}\n`]);
    const { stdout } = await cliplens(['about', '--json'], { WEB_PORT: 'abc' });
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'configuration', message } });
  });

  it('says what is wrong with a model', async () => {
    const { code, stdout } = await cliplens(['about', '--json'], { CLIP_MODEL: join(ROOT, 'docs-that-are-not-there') });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'model-unavailable',
      message: expect.stringContaining('docs-that-are-not-there'),
    });
  });

  it('names a folder that cannot be written to', async () => {
    const { code, stderr } = await cliplens(['about'], { DATA_DIR: join(ROOT, 'package.json/data') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^DATA_DIR=.* cannot be used\. A right value is, for example, DATA_DIR=data[^\n]*\n$/);
  });

  it('does not serve a model that cannot be used', async () => {
    const { code, stderr } = await cliplens([], { CLIP_MODEL: 'no/such model', WEB_PORT: '0' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/CLIP_MODEL=no\/such model cannot be used: .*owner\/name/);
  });

  it('fetches a model from the hub once, tells how far it is, and needs no hub afterwards', async () => {
    const folder = join(ROOT, 'test/fixtures/reference/clip-tiny');
    const names = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];
    const files = [...names, 'onnx/vision_model.onnx', 'onnx/text_model.onnx'].map(
      async (name) => [name, await readFile(join(folder, name))] as const,
    );
    const { hub } = await startHub(Object.fromEntries(await Promise.all(files)));
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    const environment = { CLIP_MODEL: ID, HF_ENDPOINT: hub.url };
    const releaseOnceTold = (text: string) => text.includes('Fetching the model') && hub.release();
    const first = await cliplens(['about', '--json', '--locale', 'en'], environment, releaseOnceTold);
    expect(first.stderr).toMatch(/Fetching the model: \d+\.\d \/ 1\.\d MB \(\d+ %/);
    expect(JSON.parse(first.stdout).data.model).toMatchObject({ id: ID, family: 'clip' });
    await hub.close();
    const second = await cliplens(['about', '--json'], environment);
    expect(JSON.parse(second.stdout).data.model).toEqual(JSON.parse(first.stdout).data.model);
  });

  it('answers with the bundled model', async () => {
    const { code, stdout } = await cliplens(['about', '--json'], { CLIP_MODEL: 'demo' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).data.model).toMatchObject({ id: 'demo', family: 'clip' });
  });

  it('keeps no image', async () => {
    await cliplens(['classify', join(IMAGES, 'upright.jpg'), '--labels', 'cat, dog', '--json']);
    const database = await readFile(join(data, 'cliplens.sqlite'));
    expect(database.includes('upright')).toBe(false);
    expect((await readdir(data)).filter((name) => !/^(cliplens\.sqlite|models|explanations)/.test(name))).toEqual([]);
  });
});
