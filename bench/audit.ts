import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Audits } from '../src/audit/audits.ts';
import { Packs } from '../src/audit/packs.ts';
import type { Table } from '../src/audit/statistics/compare.ts';
import { compareInThread } from '../src/audit/statistics/in-thread.ts';
import { readConfig } from '../src/config.ts';
import { ROOT } from '../src/root.ts';
import { createModels } from '../src/services.ts';
import { encodeAlone } from './encode-alone.ts';
import { longestStall, median, time } from './measure.ts';
import { drawFrom } from './random.ts';
import { makeRandomModel } from './random-model.ts';
import { type Row, table } from './row.ts';
import { THREADS } from './subject.ts';

const IMAGES = 60;
const PAIRS = 12;
const WORDINGS = 10;
const ROUNDS = 3;

/** `node launch/run.mjs bench/audit.ts` measures the statistics of `/biasaudit`, thread included, and a whole run of it. */
async function main(): Promise<void> {
  const draw = drawFrom('audit');
  const rows = () => Array.from({ length: IMAGES / 2 }, () => Array.from({ length: WORDINGS }, draw));
  const tables = Array.from({ length: PAIRS }, (): Table => ({ paired: true, templates: 1, a: rows(), b: rows() }));
  const assess = () => compareInThread({ seed: 7, tables });
  const stall = await longestStall(assess);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await time(assess));
  const basis = `${IMAGES} images in pairs, ${PAIRS} label pairs, ${WORDINGS} wordings, 10,000 draws`;
  process.stdout.write(
    table([
      {
        title: 'statistics of an audit',
        figure: median(times) / 1000,
        unit: ' s',
        bar: { is: 'at most', value: 1.5 },
        basis,
      },
      { title: 'main thread held', figure: stall, unit: ' ms', bar: { is: 'at most', value: 50 }, basis },
      await wholeRun(),
    ]),
  );
}

/** The pack `occupation` on a random model of ViT-B/32's exact size that knows its texts already, over encoding its images alone. */
async function wholeRun(): Promise<Row> {
  const folder = join(tmpdir(), 'cliplens-bench', 'random-vit-b32');
  makeRandomModel(folder);
  const { models } = createModels(readConfig({ CLIP_MODEL: folder, ENCODER_THREADS: String(THREADS) }));
  const model = models.default;
  const pack = await new Packs(fileURLToPath(new URL('probes', ROOT))).load('occupation');
  const count = pack.images.length;
  await new Audits().run(model, pack, 7, () => {}); // the model keeps its texts, the audits nothing for the next
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await time(() => encodeAlone(model, count));
    ratios.push((await time(() => new Audits().run(model, pack, 7, () => {}))) / bare);
  }
  await models.close();
  const basis = `${count} drawings, over encoding as many in batches of 8`;
  return {
    title: '/biasaudit occupation',
    figure: median(ratios),
    unit: ' x',
    bar: { is: 'at most', value: 1.3 },
    basis,
  };
}

await main();
