import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import { loadConfig, useBundledFonts } from '../../src/config.ts';
import { toCsv } from '../../src/evaluation/csv.ts';
import { createModels } from '../../src/services.ts';
import { measureDetections, summariseDetections } from '../localisation/detection.ts';
import { drawDetectionSheet } from '../localisation/located-sheet.ts';
import { composeScenes, overScenes, readSceneOptions, SCENE_OPTIONS, SCENE_USAGE } from '../localisation/trials.ts';
import { showEstimate } from '../statistics.ts';
import { parseOptions, type Subcommand } from '../subcommand.ts';

const USAGE = `npm run evaluate -- detect [--model M] [--scenes N] [--objects N] [--seed S] [--out DIR] [--json]

${SCENE_USAGE}
  --out      where results.json, boxes.csv and the picture go (else evaluation)
  --json     print the results as JSON
`;

const OPTIONS = {
  ...SCENE_OPTIONS,
  out: { type: 'string', default: 'evaluation' },
  json: { type: 'boolean', default: false },
} as const;

/** Measures /detect on scenes whose masks are known: asked for what is there and for three things that are not. */
export const detect: Subcommand = { usage: USAGE, run };

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
    const detections = await model.detect(scene.picture, { labels, template: DEFAULT_TEMPLATE });
    return { scene, detections, measured: measureDetections(scene, detections) };
  });
  const summary = summariseDetections(found.map(({ measured }) => measured));
  const results = { model: { id, family, dtype, sha256 }, seed, objects, ...summary };
  const head = ['scene', 'score', 'is_right', 'is_absent'];
  const rows = found.flatMap(({ measured: { scene, boxes } }) =>
    boxes.map(({ score, isRight, isAbsent }) => [scene, score.toFixed(4), Number(isRight), Number(isAbsent)]),
  );
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(out, 'boxes.csv'), toCsv([head, ...rows]));
  await writeFile(join(out, 'scenes.png'), (await drawDetectionSheet(found)).bytes);
  const lines = [
    `${id} ${dtype}: ${summary.scenes} scenes, ${summary.objectsInAll} objects, ${summary.boxes} boxes`,
    `  average precision at IoU .5 ${showEstimate(summary.averagePrecision)}`,
    `  recall ${showEstimate(summary.recall)}, precision ${showEstimate(summary.precision)}`,
    `  IoU of an object with the best box of its label ${showEstimate(summary.overlap)}`,
    `  boxes a scene for labels that are not there ${showEstimate(summary.absentBoxes)}`,
  ];
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : `${lines.join('\n')}\n`);
  await models.close();
}
