import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import { loadConfig, useBundledFonts } from '../../src/config.ts';
import { toCsv } from '../../src/evaluation/csv.ts';
import { createModels } from '../../src/services.ts';
import { drawSegmentationSheet } from '../localisation/located-sheet.ts';
import { measureSegmentation, summariseSegmentations } from '../localisation/segmentation.ts';
import { composeScenes, overScenes, readSceneOptions, SCENE_OPTIONS, SCENE_USAGE } from '../localisation/trials.ts';
import { showEstimate } from '../statistics.ts';
import { parseOptions, type Subcommand } from '../subcommand.ts';

const USAGE = `npm run evaluate -- segment [--model M] [--scenes N] [--objects N] [--seed S] [--out DIR] [--json]

${SCENE_USAGE}
  --out      where results.json, scenes.csv and the picture go (else evaluation)
  --json     print the results as JSON
`;

const OPTIONS = {
  ...SCENE_OPTIONS,
  out: { type: 'string', default: 'evaluation' },
  json: { type: 'boolean', default: false },
} as const;

/** Measures /segment on scenes whose masks are known: asked for what is there and for three things that are not. */
export const segment: Subcommand = { usage: USAGE, run };

async function run(parameters: string[]): Promise<void> {
  const { model: name, out, json, ...given } = parseOptions(parameters, OPTIONS);
  const { count, objects, seed } = readSceneOptions(given);
  useBundledFonts();
  const { models } = createModels(loadConfig());
  const model = await models.choose(name);
  const { id, family, dtype, sha256 } = await model.info();
  const scenes = await composeScenes(seed, count, objects);
  const found = await overScenes('scenes', scenes, async (scene) => {
    const labels = [...scene.objects.map(({ noun }) => noun), ...scene.absent];
    const { values } = await model.segment(scene.picture, { labels, template: DEFAULT_TEMPLATE });
    return { scene, values, measured: measureSegmentation(scene, values) };
  });
  const summary = summariseSegmentations(found.map(({ measured }) => measured));
  const results = { model: { id, family, dtype, sha256 }, seed, objects, ...summary };
  const head = ['scene', 'overlap', 'object_overlap', 'background_overlap', 'accuracy', 'absent_area'];
  const rows = found.map(({ measured: { scene, ...one } }) => {
    const figures = [one.overlap, one.objectOverlap, one.backgroundOverlap, one.accuracy, one.absentArea];
    return [scene, ...figures.map((figure) => figure.toFixed(4))];
  });
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(out, 'scenes.csv'), toCsv([head, ...rows]));
  await writeFile(join(out, 'scenes.png'), (await drawSegmentationSheet(found)).bytes);
  const lines = [
    `${id} ${dtype}: ${summary.scenes} scenes`,
    `  IoU of objects and background ${showEstimate(summary.overlap)}: objects ${showEstimate(summary.objectOverlap)}, background ${showEstimate(summary.backgroundOverlap)}`,
    `  pixels with the right label or none ${showEstimate(summary.accuracy)}; with none everywhere ${showEstimate(summary.emptyAccuracy)}`,
    `  pixels with a label that is not there ${showEstimate(summary.absentArea)}`,
  ];
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : `${lines.join('\n')}\n`);
  await models.close();
}
