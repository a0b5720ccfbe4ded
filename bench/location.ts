import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { VisionEncoder } from '../src/clip/vision.ts';
import { SIZES } from './clip-graph.ts';
import { sideBySide, time } from './measure.ts';
import { photos } from './photos.ts';
import { makeEncoders } from './random-model.ts';
import { table } from './row.ts';
import { openSubject, THREADS } from './subject.ts';
import { LABELS } from './words.ts';

const ROUNDS = 7;
const SIZE = { width: SIZES.image, height: SIZES.image };
const OPTIONS = { intraOpNumThreads: THREADS, interOpNumThreads: 1, extra: { session: { force_spinning_stop: '1' } } };

/**
 * `node launch/run.mjs bench/location.ts` measures what an answer of `/detect` costs, from bytes to bytes, on a random model of
 * ViT-B/16's exact size. A random model finds nothing anywhere; with a scale of 100,000 it finds everything everywhere, and looks
 * at nearly as many crops as ever: 8 of 10.
 */
async function main(): Promise<void> {
  const folder = join(tmpdir(), 'cliplens-bench', 'random-vit-b16-pair');
  makeEncoders(folder, { patch: 16, logitScale: 100_000 });
  const vision = join(folder, 'onnx', 'vision_model.onnx');
  const spec = { folder, vision, text: '', threads: THREADS, explanations: '', family: 'clip', context: 77 } as const;
  const plain = await VisionEncoder.open({ ...spec, heads: SIZES.VISION.heads, width: undefined }, SIZE, OPTIONS);
  const pixels = Float32Array.from({ length: 3 * SIZE.width * SIZE.height }, (_, i) => Math.sin(i * i));
  const subject = await openSubject(folder);
  const [wide] = await photos(1);
  const photo = await sharp(wide).resize(1600, 1200).jpeg({ quality: 88 }).toBuffer();
  const labels = LABELS.slice(0, 5);
  await plain.embed(pixels);
  await subject.detect({ photo, labels });
  const [bare, found] = await sideBySide(
    ROUNDS,
    () => time(() => plain.embed(pixels)),
    () => time(() => subject.detect({ photo, labels })),
  );
  await subject.close();
  const title = '/detect with 5 labels on a JPEG of 1600x1200, warm, over a plain run';
  const basis = `${found.toFixed(0)} ms over ${bare.toFixed(0)} ms, medians of ${ROUNDS}`;
  process.stdout.write(table([{ title, figure: found / bare, unit: ' x', bar: { is: 'at most', value: 15 }, basis }]));
}

await main();
