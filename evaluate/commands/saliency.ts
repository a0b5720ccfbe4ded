import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFiles } from '../../src/clip/files.ts';
import type { ClipModel } from '../../src/clip/model.ts';
import { SALIENCY_METHODS, type SaliencyMethod } from '../../src/clip/saliency.ts';
import { type Config, loadConfig, useBundledFonts } from '../../src/config.ts';
import { createModels } from '../../src/services.ts';
import { EvaluationError } from '../dataset.ts';
import { spearman } from '../localisation/measures.ts';
import { compareRuns, type MethodRun, measureRun, SHUFFLED, table, trialsCsv } from '../localisation/report.ts';
import { chooseThreshold, findMaps, measureScene, type Trial } from '../localisation/saliency.ts';
import type { Scene } from '../localisation/scene.ts';
import { drawSheet } from '../localisation/sheet.ts';
import { withShuffled } from '../localisation/shuffled.ts';
import { composeScenes, overScenes, readSceneOptions, SCENE_OPTIONS, SCENE_USAGE } from '../localisation/trials.ts';
import { listed, parseOptions, type Subcommand } from '../subcommand.ts';

/** Occlusion takes some hundred encodings a map. */
const FEWER = { occlusion: 30, threshold: 60, shuffled: 60 };

const USAGE = `npm run evaluate -- saliency [--model M] [--methods dense,gradcam] [--scenes N] [--objects N] [--seed S] [--out DIR] [--json]

${SCENE_USAGE}
  --methods  with commas: ${SALIENCY_METHODS.join(', ')} (else all; occlusion on ${FEWER.occlusion} scenes at most)
  --out      where results.json, prompts.csv and the picture go (else evaluation)
  --json     print the results as JSON
`;

const OPTIONS = {
  ...SCENE_OPTIONS,
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
  useBundledFonts();
  const config = loadConfig();
  const { models, library } = createModels(config);
  const model = await models.choose(name);
  const info = await model.info();
  const files = await library.find({
    model: (name ?? config.CLIP_MODEL).replace(/:\w+$/, ''),
    dtype: info.dtype,
    ask: name === undefined ? 'may' : 'never',
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  const scenes = await composeScenes(seed, count, objects);
  const others = await composeScenes(`${seed}, for the threshold`, Math.min(count, FEWER.threshold), objects);
  const trials = await measureAll(model, scenes, methods, 'scenes');
  const chosen = await measureAll(model, others, methods, 'scenes for the threshold');
  const shuffled = await shuffledCorrelations(model, files, config, scenes.slice(0, FEWER.shuffled), methods);
  const runs = methods.map((method, i): MethodRun => {
    const ofMethod = (all: readonly Trial[]) => all.filter((trial) => trial.method === method);
    const threshold = chooseThreshold(ofMethod(chosen));
    return { method, trials: ofMethod(trials), threshold, shuffled: shuffled[i] ?? [] };
  });
  const measured = runs.map(measureRun);
  const comparisons = compareRuns(runs);
  const { id, family, dtype, sha256 } = info;
  const results = { model: { id, family, dtype, sha256 }, seed, objects, runs: measured, comparisons };
  const [first] = runs;
  await mkdir(out, { recursive: true });
  if (first)
    await writeFile(join(out, 'scenes.png'), (await drawSheet(model, scenes, first.trials, first.method)).bytes);
  await models.close();
  await writeFile(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(out, 'prompts.csv'), trialsCsv(runs));
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : table(info, measured, comparisons));
}

async function measureAll(
  model: ClipModel,
  scenes: readonly Scene[],
  methods: readonly SaliencyMethod[],
  name: string,
): Promise<Trial[]> {
  const measured = await overScenes(name, scenes, (scene, i) => measureScene(model, scene, methodsAt(i, methods)));
  return measured.flat();
}

/** The methods that the scene of a number is measured by. */
function methodsAt(number: number, methods: readonly SaliencyMethod[]): SaliencyMethod[] {
  return methods.filter((method) => method !== 'occlusion' || number < FEWER.occlusion);
}

/** For each method and share of shuffled weights: of each scene's first noun, how alike its map and that with such weights are. */
async function shuffledCorrelations(
  model: ClipModel,
  files: ModelFiles,
  config: Config,
  scenes: readonly Scene[],
  methods: readonly SaliencyMethod[],
): Promise<number[][][]> {
  const firstMaps = async (one: ClipModel, scene: Scene, asked: readonly SaliencyMethod[]) => {
    const found = await findMaps(
      one,
      scene,
      scene.objects.slice(0, 1).map(({ noun }) => noun),
      asked,
    );
    return found.map(([map]) => map?.cells ?? []);
  };
  const name = 'scenes with shuffled weights';
  const own = await overScenes(name, scenes, (scene, i) => firstMaps(model, scene, methodsAt(i, methods)));
  const correlations = methods.map(() => SHUFFLED.map((): number[] => []));
  for (const [stage, share] of SHUFFLED.entries()) {
    const others = await withShuffled(files, config, share, (other) =>
      overScenes(`${name}, ${100 * share} %`, scenes, (scene, i) => firstMaps(other, scene, methodsAt(i, methods))),
    );
    for (const [scene, maps] of others.entries()) {
      for (const [at, method] of methodsAt(scene, methods).entries()) {
        const before = own[scene]?.[at] ?? [];
        correlations[methods.indexOf(method)]?.[stage]?.push(spearman(before, maps[at] ?? []));
      }
    }
  }
  return correlations;
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
