import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SALIENCY_METHODS, type SaliencyMethod } from '../../src/clip/saliency.ts';
import { loadConfig, useBundledFonts } from '../../src/config.ts';
import { createModels } from '../../src/services.ts';
import { EvaluationError, readDataset } from '../dataset.ts';
import { composeMosaics, named, TILES } from '../localisation/mosaic.ts';
import { compareRuns, measureRun } from '../localisation/report.ts';
import { table, trialsCsv } from '../localisation/report-text.ts';
import { FEWER, measureRuns } from '../localisation/runs.ts';
import { drawSheet } from '../localisation/sheet.ts';
import { composeScenes, readSceneOptions, SCENE_OPTIONS, SCENE_USAGE } from '../localisation/trials.ts';
import { listed, makeFolder, parseOptions, type Subcommand } from '../subcommand.ts';

const USAGE = `npm run evaluate -- saliency [--model M] [--methods dense,gradcam] [--scenes N] [--objects N | --images FOLDER|FILE.csv] [--seed S] [--out DIR] [--json]

${SCENE_USAGE}
  --images   photos, for mosaics of four classes each instead of drawings: a folder whose subfolders are classes, or a CSV
             file with path,label in each line
  --methods  with commas: ${SALIENCY_METHODS.join(', ')} (else all; occlusion on ${FEWER.occlusion} scenes at most)
  --out      where results.json, prompts.csv and the picture go (else evaluation)
  --json     print the results as JSON

  Insertion and deletion are measured on ${FEWER.curves} scenes at most, since those of one take some hundreds of encodings.
`;

const OPTIONS = {
  ...SCENE_OPTIONS,
  images: { type: 'string' },
  methods: { type: 'string', default: SALIENCY_METHODS.join(',') },
  out: { type: 'string', default: 'evaluation' },
  json: { type: 'boolean', default: false },
} as const;

/** Measures where maps point, on scenes whose masks are known. */
export const saliency: Subcommand = { usage: USAGE, run };

async function run(parameters: string[]): Promise<void> {
  const { model: name, out, json, ...given } = parseOptions(parameters, OPTIONS);
  const methods = methodsIn(given.methods);
  const { count, objects, seed } = readSceneOptions(given);
  const { scenes, others, about } = await compose(given, count, objects, seed);
  useBundledFonts();
  const config = loadConfig();
  const { models, library } = createModels(config);
  const model = await models.choose(name);
  const info = await model.info();
  await makeFolder(out);
  const files = await library.find({
    model: (name ?? config.CLIP_MODEL).replace(/:\w+$/, ''),
    dtype: info.dtype,
    ask: name === undefined ? 'may' : 'never',
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  const runs = await measureRuns({ model, files, config }, scenes, others, methods);
  const measured = runs.map(measureRun);
  const comparisons = compareRuns(runs);
  const { id, family, dtype, sha256 } = info;
  const results = { model: { id, family, dtype, sha256 }, seed, ...about, runs: measured, comparisons };
  const [first] = runs;
  if (first)
    await writeFile(join(out, 'scenes.png'), (await drawSheet(model, scenes, first.trials, first.method)).bytes);
  await models.close();
  await writeFile(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(out, 'prompts.csv'), trialsCsv(runs));
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : table(info, measured, comparisons));
  if (about.unread.length > 0)
    process.stderr.write(`Left out, since they could not be read: ${named(about.unread)}. Why is in results.json.\n`);
}

/** The scenes that are measured, others to choose a threshold on, and what the results say of them. */
async function compose(
  given: { images?: string | undefined; objects?: string | undefined },
  count: number,
  objects: number,
  seed: string,
) {
  const [otherSeed, otherCount] = [`${seed}, for the threshold`, Math.min(count, FEWER.threshold)];
  if (given.images === undefined) {
    const scenes = await composeScenes(seed, count, objects);
    return { scenes, others: await composeScenes(otherSeed, otherCount, objects), about: { objects, unread: [] } };
  }
  if (given.objects !== undefined) {
    throw new EvaluationError(
      '--objects is for drawings: a mosaic of --images always has four. Leave one of them out.',
    );
  }
  const dataset = await readDataset(given.images, TILES);
  const { scenes, unread } = await composeMosaics(dataset, seed, count);
  const readable = dataset.images.filter(({ name }) => unread.every(({ image }) => image !== name));
  const others = await composeMosaics({ ...dataset, images: readable }, otherSeed, otherCount);
  const classes = dataset.classes.length;
  const about = { objects: TILES, classes, images: dataset.images.length, unread: [...unread, ...others.unread] };
  return { scenes, others: others.scenes, about };
}

function methodsIn(text: string): SaliencyMethod[] {
  const methods = listed(text).map((name) => {
    const method = SALIENCY_METHODS.find((one) => one === name);
    if (method) return method;
    throw new EvaluationError(
      `There is no method ${name}. Name some of ${SALIENCY_METHODS.join(', ')} with --methods.`,
    );
  });
  if (methods.length === 0) throw new EvaluationError(`Name some of ${SALIENCY_METHODS.join(', ')} with --methods.`);
  return [...new Set(methods)];
}
