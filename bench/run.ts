import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bare } from './bare.ts';
import { photos } from './photos.ts';
import { makeRandomModel } from './random-model.ts';
import { passes, type Row, table } from './row.ts';
import { crowd } from './rows/crowd.ts';
import { discord } from './rows/discord.ts';
import { manyLabels } from './rows/many-labels.ts';
import { oneImage } from './rows/one-image.ts';
import { slack } from './rows/slack.ts';
import { start } from './rows/start.ts';
import { openSubject, THREADS } from './subject.ts';

/** Measures speed and memory, and prints each figure beside its bar. `--json` for machines, `--only NAME` for a part. It is not a test. */
async function main(asJson: boolean, only: string | undefined): Promise<void> {
  progress('making photos');
  const pictures = await photos(64);
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (only === undefined || only === name) rows.push(...(await part(pictures)));
  }
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version, threads: THREADS };
  const result = { machine, rows: rows.map((row) => ({ ...row, ok: passes(row) })) };
  process.stdout.write(asJson ? `${JSON.stringify(result, null, 2)}\n` : table(rows));
}

/** What `--only NAME` picks from. */
const PARTS: Readonly<Record<string, (pictures: readonly Uint8Array[]) => Promise<Row[]>>> = {
  model: compare,
  start: (pictures) => {
    progress('npm start, three times');
    return start(pictures.slice(0, 50));
  },
  discord: (pictures) => {
    progress('Discord');
    return discord(pictures, randomModel());
  },
  slack: (pictures) => {
    progress('Slack');
    return slack(pictures, randomModel());
  },
};

/** A random model of ViT-B/32's size. */
function randomModel(): string {
  const model = join(tmpdir(), 'cliplens-bench', 'random-vit-b32');
  progress(`random model of 1.2 GB in ${model}`);
  makeRandomModel(model);
  return model;
}

/** The rows on the random model. */
async function compare(pictures: readonly Uint8Array[]): Promise<Row[]> {
  const [first] = pictures;
  if (!first) throw new Error('no photo was made');
  const model = randomModel();
  const subject = await openSubject(model);
  const bare = new Bare(join(model, 'onnx', 'vision_model.onnx'), THREADS);
  const rows: Row[] = [];
  progress('one image');
  rows.push(await oneImage(subject, bare, first));
  progress('many labels');
  rows.push(await manyLabels(subject, model, first));
  progress('a crowd');
  rows.push(...(await crowd(subject, bare, pictures)));
  await bare.close();
  await subject.close();
  return rows;
}

function progress(what: string): void {
  process.stderr.write(`${what} ...\n`);
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
await main(values.json, values.only);
