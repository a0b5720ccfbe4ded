import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fewShotTexts } from '../../commands/few-shot.texts.ts';
import { drawFewShot, fewShotData, fewShotFiles } from '../../commands/few-shot.ts';
import { DEFAULT_TEMPLATE, TEMPLATE_SETS, templatesOf } from '../../src/clip/prompts.ts';
import { loadConfig, useBundledFonts } from '../../src/config.ts';
import { measureFewShot } from '../../src/evaluation/few-shot.ts';
import { Trainer } from '../../src/probe/trainer.ts';
import { createModels } from '../../src/services.ts';
import { EvaluationError, readDataset, readImage } from '../dataset.ts';
import { makeFolder, parseOptions, progressOf, type Subcommand } from '../subcommand.ts';

const USAGE = `npm run evaluate -- fewshot --images FOLDER|FILE.csv [--model A] [--template photo] [--seed 1] [--out DIR] [--json]

  Zero-shot against linear probes of 1, 2, 4, 8 and 16 examples of each class, in ten draws.

  --images    a folder whose subfolders are classes, or a CSV file with path,label in each line
  --model     a model that is here (else that of CLIP_MODEL); owner/name:q8 says which dtype
  --template  a set of templates (${Object.keys(TEMPLATE_SETS).join(', ')}) or a text with {label}
  --seed      another number draws other examples
  --out       where results.json, rounds.csv, pictures.csv and the pictures go (else evaluation)
  --json      print the results as JSON
`;

const OPTIONS = {
  images: { type: 'string' },
  model: { type: 'string' },
  template: { type: 'string', default: DEFAULT_TEMPLATE },
  seed: { type: 'string', default: '1' },
  out: { type: 'string', default: 'evaluation' },
  json: { type: 'boolean', default: false },
} as const;

/** Measures how many examples it takes to do better than asking by name. */
export const fewshot: Subcommand = { usage: USAGE, run };

async function run(parameters: string[]): Promise<void> {
  const { images, model: name, template, seed, out, json } = parseOptions(parameters, OPTIONS);
  if (images === undefined) throw new EvaluationError('Name a folder or a CSV file with --images.');
  if (!/^\d{1,9}$/.test(seed)) throw new EvaluationError(`--seed is a whole number, not ${seed}.`);
  templatesOf(template); // a wrong one is told before an hour of images
  useBundledFonts();
  const dataset = await readDataset(images);
  const pictures = dataset.images.map((image) => ({ ...image, read: () => readImage(image) }));
  const { models } = createModels(loadConfig());
  const model = await models.choose(name);
  await makeFolder(out);
  const settings = { template, seed: Number(seed), onProgress: progressOf(name ?? 'CLIP_MODEL') };
  const report = await measureFewShot(model, pictures, new Trainer(), settings);
  await models.close();
  const data = fewShotData(report);
  await writeFile(join(out, 'results.json'), `${JSON.stringify(data, null, 2)}\n`);
  const made = [...(await drawFewShot(report, 'en')), ...fewShotFiles(report, 'en')];
  for (const { name, bytes } of made) await writeFile(join(out, name), bytes);
  const { answer, twice, unread } = fewShotTexts.en;
  const lines = [...answer(report), ...twice(report), ...unread(report)];
  process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
}
