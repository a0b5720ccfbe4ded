import type { ModelFiles } from '../../src/clip/files.ts';
import type { ClipModel } from '../../src/clip/model.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import type { Config } from '../../src/config.ts';
import { measureCurves } from './curves.ts';
import { spearman } from './measures.ts';
import { type MethodRun, SHUFFLED } from './report.ts';
import { chooseThreshold, findMaps, measureScene, type Trial } from './saliency.ts';
import type { Scene } from './scene.ts';
import { withShuffled } from './shuffled.ts';
import { overScenes } from './trials.ts';

/** What takes many encodings is measured on fewer scenes: a map of occlusion some fifty, the curves of a scene some hundreds. */
export const FEWER = { occlusion: 30, threshold: 60, shuffled: 60, curves: 30 };

export interface Measurable {
  model: ClipModel;
  files: ModelFiles;
  config: Config;
}

/** All that is measured of each method. @param others scenes on which the masks' threshold is chosen */
export async function measureRuns(
  { model, files, config }: Measurable,
  scenes: readonly Scene[],
  others: readonly Scene[],
  methods: readonly SaliencyMethod[],
): Promise<MethodRun[]> {
  const measure = async (name: string, some: readonly Scene[]) =>
    (await overScenes(name, some, (scene, i) => measureScene(model, scene, methodsAt(i, methods)))).flat();
  const trials = await measure('scenes', scenes);
  const chosen = await measure('scenes for the threshold', others);
  const shuffled = await shuffledCorrelations(model, files, config, scenes.slice(0, FEWER.shuffled), methods);
  const curves = await overScenes('insertion and deletion', scenes.slice(0, FEWER.curves), (scene, i) =>
    measureCurves(model, scene, methodsAt(i, methods)),
  );
  return methods.map((method, i) => {
    const ofMethod = (all: readonly Trial[]) => all.filter((trial) => trial.method === method);
    return {
      method,
      trials: ofMethod(trials),
      threshold: chooseThreshold(ofMethod(chosen)),
      shuffled: shuffled[i] ?? [],
      curves: curves.flat().filter((curve) => curve.method === method),
    };
  });
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
