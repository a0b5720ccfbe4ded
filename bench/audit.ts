import type { Table } from '../src/audit/statistics/compare.ts';
import { compareInThread } from '../src/audit/statistics/in-thread.ts';
import { longestStall, median, time } from './measure.ts';
import { drawFrom } from './random.ts';
import { table } from './row.ts';

const IMAGES = 60;
const PAIRS = 12;
const WORDINGS = 10;
const ROUNDS = 3;

/** `node launch/run.mjs bench/audit.ts` measures the statistics of `/biasaudit`, thread included. */
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
    ]),
  );
}

await main();
