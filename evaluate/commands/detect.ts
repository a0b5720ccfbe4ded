import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import { measureDetections, summariseDetections } from '../localisation/detection.ts';
import { measureLocated } from '../localisation/located.ts';
import { drawDetectionSheet } from '../localisation/located-sheet.ts';
import { SCENE_USAGE } from '../localisation/trials.ts';
import { showEstimate } from '../statistics.ts';
import type { Subcommand } from '../subcommand.ts';

const USAGE = `npm run evaluate -- detect [--model M] [--scenes N] [--objects N] [--seed S] [--out DIR] [--json]

${SCENE_USAGE}
             where DETECTOR_MODEL is set, it is measured unless --model names another
  --out      where results.json, boxes.csv and the picture go (else evaluation)
  --json     print the results as JSON
`;

/** Measures /detect on scenes whose masks are known: asked for what is there and for three things that are not. */
export const detect: Subcommand = { usage: USAGE, run };

function run(parameters: string[]): Promise<void> {
  return measureLocated(
    parameters,
    async (models, name) => models.detectorFor(name) ?? (await models.choose(name)),
    async (model, scene, labels) => {
      const detections = await model.detect(scene.picture, { labels, template: DEFAULT_TEMPLATE });
      return { scene, detections, measured: measureDetections(scene, detections) };
    },
    async (found) => {
      const summary = summariseDetections(found.map(({ measured }) => measured));
      const head = ['scene', 'score', 'is_right', 'is_absent'];
      const rows = found.flatMap(({ measured: { scene, boxes } }) =>
        boxes.map(({ score, isRight, isAbsent }) => [scene, score.toFixed(4), Number(isRight), Number(isAbsent)]),
      );
      return {
        summary,
        csv: { name: 'boxes.csv', rows: [head, ...rows] },
        sheet: (await drawDetectionSheet(found)).bytes,
        lines: (model) => [
          `${model}: ${summary.scenes} scenes, ${summary.objectsInAll} objects, ${summary.boxes} boxes`,
          `  average precision at IoU .5 ${showEstimate(summary.averagePrecision)}`,
          `  recall ${showEstimate(summary.recall)}, precision ${showEstimate(summary.precision)}`,
          `  IoU of an object with the best box of its label ${showEstimate(summary.overlap)}`,
          `  boxes a scene for labels that are not there ${showEstimate(summary.absentBoxes)}`,
        ],
      };
    },
  );
}
