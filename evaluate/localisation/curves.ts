import { drawFrom } from '../../bench/random.ts';
import { classify, withVectors } from '../../src/clip/classify.ts';
import type { ClipModel } from '../../src/clip/model.ts';
import { DEFAULT_TEMPLATE } from '../../src/clip/prompts.ts';
import { enlarge } from '../../src/clip/regions.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import { type Areas, areasOf } from './reveal.ts';
import { findMaps } from './saliency.ts';
import type { Scene } from './scene.ts';

/** Random orders, whose mean a map is held against. */
const DRAWS = 3;

/** Areas under the curves of one map, from 0 to 1, and the mean of those of random orders on the same picture. */
export interface Curves {
  method: SaliencyMethod;
  scene: string;
  noun: string;
  insertion: number;
  deletion: number;
  randomInsertion: number;
  randomDeletion: number;
}

/**
 * Insertion and deletion (Petsiuk et al. 2018), by patches: the model's probability of a noun, against the others of the scene and
 * those that are not there, while the patches that its map ranks highest are revealed in a blurred picture, or covered with the
 * mean colour. An order that finds what the model looks at gives much area to insertion, and little to deletion.
 * @returns for each method and noun; nothing where the model's file does not tell its patches
 */
export async function measureCurves(
  model: ClipModel,
  scene: Scene,
  methods: readonly SaliencyMethod[],
): Promise<Curves[]> {
  const nouns = scene.objects.map(({ noun }) => noun);
  const labels = [...nouns, ...scene.absent];
  const [info, vectors, { patches, ...view }, found] = await Promise.all([
    model.info(),
    model.embedLabels(labels, DEFAULT_TEMPLATE),
    model.look(scene.picture),
    findMaps(model, scene, nouns, methods),
  ]);
  if (!patches) return [];
  const compared = withVectors(labels, vectors);
  const score = async (frames: readonly Uint8Array[]) =>
    (await model.embedPixels(frames)).map((image) => {
      const scores = classify(image, compared, info);
      return nouns.map((noun) => scores.find(({ label }) => label === noun)?.probability ?? 0);
    });
  const areas = await areasOf({ ...view, patches }, score);
  const random: Areas[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    random.push(await areas(shuffled(patches.rows * patches.columns, `${scene.name}/${draw}`)));
  }
  const randomMean = (kind: keyof Areas, noun: number) =>
    random.reduce((sum, one) => sum + (one[kind][noun] ?? 0), 0) / DRAWS;
  const curves: Curves[] = [];
  for (const [m, method] of methods.entries()) {
    for (const [i, noun] of nouns.entries()) {
      const map = found[m]?.[i];
      if (!map) continue;
      const { insertion, deletion } = await areas(ranked(enlarge(map.cells, map.grid, patches)));
      curves.push({
        method,
        scene: scene.name,
        noun,
        insertion: insertion[i] ?? 0,
        deletion: deletion[i] ?? 0,
        randomInsertion: randomMean('insertion', i),
        randomDeletion: randomMean('deletion', i),
      });
    }
  }
  return curves;
}

/** Indices, of the highest value first. */
function ranked(values: readonly number[]): number[] {
  return values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
}

function shuffled(count: number, seed: string): number[] {
  const random = drawFrom(seed);
  return ranked(Array.from({ length: count }, () => random()));
}
