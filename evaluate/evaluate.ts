import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { textsFor } from '../src/chat/texts/index.ts';
import { TEMPLATE_SETS, templatesOf } from '../src/clip/prompts.ts';
import { loadConfig, useBundledFonts } from '../src/config.ts';
import { drawMatrix } from '../src/draw/matrix.ts';
import { UserError } from '../src/errors.ts';
import { createModels } from '../src/services.ts';
import { type Answers, classifyAll } from './classify.ts';
import { EvaluationError, readDataset } from './dataset.ts';
import { measure } from './measures.ts';
import { classesCsv, compare, type Measured, nameOf, predictionsCsv, summary, toJson } from './report.ts';

const USAGE = `npm run evaluate -- classify --images FOLDER|FILE.csv [--models A,B] [--templates photo,clip-7] [--out DIR] [--json]

  --images     a folder whose subfolders are classes, or a CSV file with path,label in each line
  --models     models that are here, with commas (else that of CLIP_MODEL); owner/name:q8 says which dtype
  --templates  sets of templates, with commas: ${Object.keys(TEMPLATE_SETS).join(', ')} (else photo)
  --out        where results.json, classes.csv, predictions.csv and the pictures go (else evaluation)
  --json       print the results as JSON
`;

const OPTIONS = {
  images: { type: 'string' },
  models: { type: 'string' },
  templates: { type: 'string', default: 'photo' },
  out: { type: 'string', default: 'evaluation' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Measures zero-shot classification on images whose classes are known. */
async function main(): Promise<void> {
  const { values, positionals } = parse();
  if (values.help || positionals[0] !== 'classify' || values.images === undefined) {
    process.stdout.write(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  useBundledFonts();
  const dataset = await readDataset(values.images);
  const templates = listed(values.templates);
  for (const template of templates) templatesOf(template); // a wrong one is told before an hour of images
  const { models } = createModels(loadConfig());
  const answers: Answers[] = [];
  for (const name of values.models === undefined ? [undefined] : listed(values.models)) {
    const model = await models.choose(name);
    answers.push(await classifyAll(model, dataset, templates, progressOf(name ?? 'CLIP_MODEL')));
    await model.putAway();
  }
  await models.close();
  const runs = answers.flatMap((answer) => answer.runs);
  const unread = answers[0]?.unread ?? [];
  const measured = runs.map((run) => ({ run, measures: measure(run.predictions, dataset.classes) }));
  const comparisons = compare(runs);
  const results = toJson(measured, comparisons, unread);
  await mkdir(values.out, { recursive: true });
  await writeFile(join(values.out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(values.out, 'classes.csv'), classesCsv(measured));
  await writeFile(join(values.out, 'predictions.csv'), predictionsCsv(runs));
  for (const one of measured) await drawConfusion(one, values.out);
  process.stdout.write(values.json ? `${JSON.stringify(results)}\n` : summary(measured, comparisons, unread.length));
}

async function drawConfusion({ run, measures }: Measured, folder: string): Promise<void> {
  const { bytes } = await drawMatrix({
    title: nameOf(run),
    axes: 'Rows: the class of the image. Columns: the answer, by the number of its row. Darker: a larger share of the row.',
    labels: measures.classes.map(({ label }) => label),
    counts: measures.confusion,
  });
  const name = nameOf(run).replace(/[^\p{L}\p{N}.-]+/gu, '-');
  await writeFile(join(folder, `confusion-${name}.png`), bytes);
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new EvaluationError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function progressOf(name: string): (done: number, total: number) => void {
  const { isTTY } = process.stderr;
  return (done, total) => {
    if (isTTY) process.stderr.write(`\r\x1b[K${name}: ${done} / ${total}${done === total ? '\n' : ''}`);
    else if (done === total || done % 160 === 0) process.stderr.write(`${name}: ${done} / ${total}\n`);
  };
}

try {
  await main();
} catch (error) {
  const isTold = error instanceof EvaluationError || error instanceof UserError;
  if (!isTold) throw error;
  const message = error instanceof UserError ? textsFor('en').error(error) : error.message;
  process.stderr.write(`${message}\n`);
  process.exit(1); // else the thread of a model goes on
}
