import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { encodeAll } from '../src/evaluation/encode-all.ts';
import { createModels } from '../src/services.ts';
import { encodeAlone } from './encode-alone.ts';
import { time } from './measure.ts';
import { photos } from './photos.ts';
import { makeRandomModel } from './random-model.ts';
import { table } from './row.ts';
import { THREADS } from './subject.ts';

const PICTURES = 500;
const DIFFERENT = 20;
const BATCH = 8;

/**
 * `node launch/run.mjs bench/evaluation.ts` measures what evaluating costs over encoding alone: 500 JPEGs of 1920x1080 on
 * a random model of ViT-B/32's exact size, read, decoded and encoded, against pixels that are ready, in batches of 8.
 */
async function main(): Promise<void> {
  const folder = join(tmpdir(), 'cliplens-bench', 'random-vit-b32');
  makeRandomModel(folder);
  const { models } = createModels(readConfig({ CLIP_MODEL: folder, ENCODER_THREADS: String(THREADS) }));
  const model = models.default;
  await model.load();
  const files = await photos(DIFFERENT);
  const pictures = Array.from({ length: PICTURES }, (_, i) => ({
    name: `${i}.jpg`,
    label: String(i % 10),
    read: async () => files[i % DIFFERENT] ?? new Uint8Array(),
  }));
  const bareOf = () => encodeAlone(model, PICTURES);
  await encodeAll(model, pictures.slice(0, 2 * BATCH), () => {});
  const bare = await time(bareOf);
  const evaluated = await time(() => encodeAll(model, pictures, () => {}));
  const again = await time(bareOf);
  await models.close();
  const basis = `${PICTURES} pictures; bare: ${((bare + again) / 2000).toFixed(1)} s`;
  const bar = { is: 'at most', value: 1.2 } as const;
  process.stdout.write(
    table([{ title: 'evaluation', figure: (2 * evaluated) / (bare + again), unit: ' x', bar, basis }]),
  );
}

await main();
