import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectorModel } from '../../src/clip/detector/model.ts';
import type { ClipModel } from '../../src/clip/model.ts';
import type { ModelPool } from '../../src/clip/model-pool.ts';
import { loadConfig, useBundledFonts } from '../../src/config.ts';
import { toCsv } from '../../src/evaluation/csv.ts';
import { createModels } from '../../src/services.ts';
import { makeFolder, parseOptions } from '../subcommand.ts';
import type { Scene } from './scene.ts';
import { composeScenes, overScenes, readSceneOptions, SCENE_OPTIONS } from './trials.ts';

const OPTIONS = {
  ...SCENE_OPTIONS,
  out: { type: 'string', default: 'evaluation' },
  json: { type: 'boolean', default: false },
} as const;

/** What is told of the scenes together. */
interface Report {
  /** For results.json, beside the model and the scenes. */
  summary: object;
  /** Of a CSV file: its name, and its rows with the head first. */
  csv: { name: string; rows: Parameters<typeof toCsv>[0] };
  sheet: Uint8Array;
  /** For a terminal. @param model its id and dtype */
  lines(model: string): readonly string[];
}

/**
 * Asks a model for what is in each scene and for three things that are not, and writes what came of it.
 * @param choose the model, by the name that was given, if one was
 */
export async function measureLocated<M extends Pick<ClipModel | DetectorModel, 'info'>, T>(
  parameters: string[],
  choose: (models: ModelPool, name: string | undefined) => Promise<M>,
  find: (model: M, scene: Scene, labels: readonly string[]) => Promise<T>,
  report: (found: readonly T[]) => Promise<Report>,
): Promise<void> {
  const { model: name, out, json, ...given } = parseOptions(parameters, OPTIONS);
  const { count, objects, seed } = readSceneOptions(given);
  useBundledFonts();
  const { models } = createModels(loadConfig());
  const model = await choose(models, name);
  const { id, family, dtype, sha256 } = await model.info();
  await makeFolder(out);
  const scenes = await composeScenes(seed, count, objects);
  const found = await overScenes('scenes', scenes, (scene) =>
    find(model, scene, [...scene.objects.map(({ noun }) => noun), ...scene.absent]),
  );
  const { summary, csv, sheet, lines } = await report(found);
  const results = { model: { id, family, dtype, sha256 }, seed, objects, ...summary };
  await writeFile(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(out, csv.name), toCsv(csv.rows));
  await writeFile(join(out, 'scenes.png'), sheet);
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : `${lines(`${id} ${dtype}`).join('\n')}\n`);
  await models.close();
}
