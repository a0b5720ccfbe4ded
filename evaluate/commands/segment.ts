import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import { measureLocated } from '../localisation/located.ts';
import { drawSegmentationSheet } from '../localisation/located-sheet.ts';
import { measureSegmentation, summariseSegmentations } from '../localisation/segmentation.ts';
import { SCENE_USAGE } from '../localisation/trials.ts';
import { showEstimate } from '../statistics.ts';
import type { Subcommand } from '../subcommand.ts';

const USAGE = `npm run evaluate -- segment [--model M] [--scenes N] [--objects N] [--seed S] [--out DIR] [--json]

${SCENE_USAGE}
  --out      where results.json, scenes.csv and the picture go (else evaluation)
  --json     print the results as JSON
`;

/** Measures /segment on scenes whose masks are known: asked for what is there and for three things that are not. */
export const segment: Subcommand = { usage: USAGE, run };

function run(parameters: string[]): Promise<void> {
  return measureLocated(
    parameters,
    (models, name) => models.choose(name),
    async (model, scene, labels) => {
      const { values } = await model.segment(scene.picture, { labels, template: DEFAULT_TEMPLATE });
      return { scene, values, measured: measureSegmentation(scene, values) };
    },
    async (found) => {
      const summary = summariseSegmentations(found.map(({ measured }) => measured));
      const head = ['scene', 'overlap', 'object_overlap', 'background_overlap', 'accuracy', 'absent_area'];
      const rows = found.map(({ measured: { scene, ...one } }) => {
        const figures = [one.overlap, one.objectOverlap, one.backgroundOverlap, one.accuracy, one.absentArea];
        return [scene, ...figures.map((figure) => figure.toFixed(4))];
      });
      return {
        summary,
        csv: { name: 'scenes.csv', rows: [head, ...rows] },
        sheet: (await drawSegmentationSheet(found)).bytes,
        lines: (model) => [
          `${model}: ${summary.scenes} scenes`,
          `  IoU of objects and background ${showEstimate(summary.overlap)}: objects ${showEstimate(summary.objectOverlap)}, background ${showEstimate(summary.backgroundOverlap)}`,
          `  pixels with the right label or none ${showEstimate(summary.accuracy)}; with none everywhere ${showEstimate(summary.emptyAccuracy)}`,
          `  pixels with a label that is not there ${showEstimate(summary.absentArea)}`,
        ],
      };
    },
  );
}
