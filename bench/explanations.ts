import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareExplainable, readExplainable } from '../src/clip/explain/prepare.ts';
import { VisionEncoder } from '../src/clip/vision.ts';
import { SIZES } from './clip-graph.ts';
import { sideBySide, time } from './measure.ts';
import { writeVision } from './random-model.ts';
import { type Row, table } from './row.ts';
import { THREADS } from './subject.ts';

const PATCH = 16;
const ROUNDS = 15;
const SIZE = { width: SIZES.image, height: SIZES.image };
const OPTIONS = { intraOpNumThreads: THREADS, interOpNumThreads: 1, extra: { session: { force_spinning_stop: '1' } } };

/** `node launch/run.mjs bench/explanations.ts` measures what explanations cost on a random model of ViT-B/16's exact size. */
async function main(): Promise<void> {
  const folder = join(tmpdir(), 'cliplens-bench', 'random-vit-b16');
  const path = join(folder, 'vision_model.onnx');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) {
    writeVision(`${path}.part`, PATCH);
    renameSync(`${path}.part`, path);
  }
  const place = { folder: join(folder, 'explanations'), sha256: 'random-vit-b16' };
  const prepare = () => {
    const { fragment } = readExplainable(path, 'image_embeds', SIZES.VISION.heads, SIZE);
    return prepareExplainable(path, fragment, place.sha256, place.folder);
  };
  await rm(place.folder, { recursive: true, force: true });
  const rss = process.memoryUsage.rss();
  const first = await time(prepare);
  const later = await time(prepare);
  const grown = (process.memoryUsage.rss() - rss) / 1e6;

  const spec = {
    folder,
    vision: path,
    text: '',
    threads: THREADS,
    explanations: '',
    family: 'clip' as const,
    context: 77,
  };
  const open = () => VisionEncoder.open({ ...spec, heads: SIZES.VISION.heads, width: undefined }, SIZE, OPTIONS);
  const explaining = await open();
  const pixels = Float32Array.from({ length: 3 * SIZE.width * SIZE.height }, (_, i) => Math.sin(i * i));
  const directions = [1, 2].map((seed) =>
    Float32Array.from({ length: SIZES.projection }, (_, i) => Math.sin(seed * i)),
  );
  await explaining.embed(pixels);
  const before = process.memoryUsage.rss();
  await explaining.explain(pixels, directions, place);
  const added = (process.memoryUsage.rss() - before) / statSync(path).size;
  const plain = await open();
  await plain.embed(pixels);
  const [bare, explained] = await sideBySide(
    ROUNDS,
    () => time(() => plain.embed(pixels)),
    () => time(() => explaining.explain(pixels, directions, place)),
  );
  const rows: Row[] = [
    row('embedding and all maps of 2 texts', explained / bare, ' x', 1.12, `plain run: ${bare.toFixed(0)} ms`),
    row('preparing, first time', first / 1000, ' s', 3, '345 MB copied by the file system'),
    row('preparing, later', later / 1000, ' s', 0.3, 'heads read, copy found'),
    row('memory that preparing takes', grown, ' MB', 50, 'no weights pass through'),
    row('memory that explaining adds', added, ' x', 1, 'of the 345 MB of weights: a second copy would be 1'),
  ];
  process.stdout.write(table(rows));
}

function row(title: string, figure: number, unit: string, limit: number, basis: string): Row {
  return { title, figure, unit, bar: { is: 'at most', value: limit }, basis };
}

await main();
