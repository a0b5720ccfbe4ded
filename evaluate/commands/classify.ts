import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMPLATE_SETS, templatesOf } from '../../src/clip/prompts.ts';
import { loadConfig, useBundledFonts } from '../../src/config.ts';
import { drawMatrix } from '../../src/draw/matrix.ts';
import { createModels } from '../../src/services.ts';
import { type Answers, classifyAll } from '../classify.ts';
import { EvaluationError, readDataset } from '../dataset.ts';
import { measure } from '../measures.ts';
import { classesCsv, compare, type Measured, nameOf, predictionsCsv, summary, toJson } from '../report.ts';
import { listed, makeFolder, parseOptions, progressOf, type Subcommand } from '../subcommand.ts';

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
} as const;

/** Measures zero-shot classification on images whose classes are known. */
export const classify: Subcommand = { usage: USAGE, run };

async function run(parameters: string[]): Promise<void> {
  const values = parseOptions(parameters, OPTIONS);
  if (values.images === undefined) throw new EvaluationError('Name a folder or a CSV file with --images.');
  useBundledFonts();
  const dataset = await readDataset(values.images);
  const templates = listed(values.templates);
  for (const template of templates) templatesOf(template); // a wrong one is told before an hour of images
  const { models } = createModels(loadConfig());
  const chosen = (values.models === undefined ? [undefined] : listed(values.models)).map(async (name) => {
    return { name, model: await models.choose(name) };
  });
  const asked = await Promise.all(chosen);
  await makeFolder(values.out);
  const answers: Answers[] = [];
  for (const { name, model } of asked) {
    answers.push(await classifyAll(model, dataset, templates, progressOf(name ?? 'CLIP_MODEL')));
    await model.putAway();
  }
  await models.close();
  const runs = answers.flatMap((answer) => answer.runs);
  const { unread = [], twice = [] } = answers[0] ?? {};
  const measured = runs.map((run) => ({ run, measures: measure(run.predictions, run.classes) }));
  const comparisons = compare(runs);
  const results = toJson(measured, comparisons, { unread, twice });
  await writeFile(join(values.out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(values.out, 'classes.csv'), classesCsv(measured));
  await writeFile(join(values.out, 'predictions.csv'), predictionsCsv(runs));
  for (const one of measured) await drawConfusion(one, values.out);
  process.stdout.write(
    values.json ? `${JSON.stringify(results)}\n` : summary(measured, comparisons, { unread, twice }),
  );
}

async function drawConfusion({ run, measures }: Measured, folder: string): Promise<void> {
  const { bytes } = await drawMatrix({
    title: nameOf(run),
    axes: 'Rows: the class of the image. Columns: the answer, in the same order. Darker: a larger share of the row.',
    labels: measures.classes.map(({ label }) => label),
    counts: measures.confusion,
  });
  const name = nameOf(run).replace(/[^\p{L}\p{N}.-]+/gu, '-');
  await writeFile(join(folder, `confusion-${name}.png`), bytes);
}
