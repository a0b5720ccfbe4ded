import { EvaluationError } from '../dataset.ts';
import { progressOf } from '../subcommand.ts';
import { composeScene, readArt, type Scene } from './scene.ts';

const OBJECTS = { fewest: 2, most: 4 };
const MOST_SCENES = 2000;

/** What the usage of a subcommand says of `SCENE_OPTIONS`. */
export const SCENE_USAGE = `  --model    a model that is here (else that of CLIP_MODEL); owner/name:q8 says which dtype
  --scenes   scenes of Twemoji drawings, composed on the fly with known masks (else 100)
  --objects  drawings in each, ${OBJECTS.fewest} to ${OBJECTS.most} (else 2)
  --seed     any word: the same scenes for the same seed (else 1)`;

export const SCENE_OPTIONS = {
  model: { type: 'string' },
  scenes: { type: 'string', default: '100' },
  objects: { type: 'string' },
  seed: { type: 'string', default: '1' },
} as const;

/** @throws EvaluationError */
export function readSceneOptions(given: { scenes: string; objects?: string | undefined; seed: string }) {
  const count = numberIn('scenes', given.scenes, 2, MOST_SCENES);
  const objects = numberIn('objects', given.objects ?? '2', OBJECTS.fewest, OBJECTS.most);
  return { count, objects, seed: given.seed };
}

export async function composeScenes(seed: string, count: number, objects: number): Promise<Scene[]> {
  const art = await readArt();
  const scenes: Scene[] = [];
  for (let i = 0; i < count; i++) scenes.push(await composeScene(art, seed, i, objects));
  return scenes;
}

/** One scene after the other, told on stderr. */
export async function overScenes<T>(
  name: string,
  scenes: readonly Scene[],
  work: (scene: Scene, number: number) => Promise<T>,
): Promise<T[]> {
  const onProgress = progressOf(name);
  const done: T[] = [];
  for (const [i, scene] of scenes.entries()) {
    done.push(await work(scene, i));
    onProgress(i + 1, scenes.length);
  }
  return done;
}

function numberIn(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new EvaluationError(`--${option} is a whole number from ${least} to ${most}, not ${text}.`);
}
