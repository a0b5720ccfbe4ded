import { bootstrap } from '../statistics.ts';
import type { Scene } from './scene.ts';

/** What is measured of one scene whose nouns, and some that are not there, were asked for. */
export interface SegmentedScene {
  scene: string;
  /** Mean intersection over union of the objects and of the background. */
  overlap: number;
  objectOverlap: number;
  backgroundOverlap: number;
  /** The share of pixels whose label, or that they have none, is right. */
  accuracy: number;
  /** The same where every pixel is said to have no label. */
  emptyAccuracy: number;
  /** The share of pixels that got a label that is not there. */
  absentArea: number;
}

/**
 * @param values for each pixel 0 for no label, the number of an object from 1, or a higher one for what is not there
 */
export function measureSegmentation({ name, objects }: Scene, values: Uint8Array): SegmentedScene {
  const truth = values.map((_, pixel) => objects.findIndex(({ mask }) => mask[pixel] === 1) + 1);
  const overlapOf = (label: number) => {
    let [both, either] = [0, 0];
    for (const [pixel, value] of values.entries()) {
      const [isFound, isThere] = [value === label, truth[pixel] === label];
      if (isFound && isThere) both++;
      if (isFound || isThere) either++;
    }
    return either === 0 ? 0 : both / either;
  };
  const shareOf = (isCounted: (value: number, pixel: number) => boolean) =>
    values.filter(isCounted).length / values.length;
  const overlaps = objects.map((_, i) => overlapOf(i + 1));
  const backgroundOverlap = overlapOf(0);
  return {
    scene: name,
    overlap: mean([...overlaps, backgroundOverlap]),
    objectOverlap: mean(overlaps),
    backgroundOverlap,
    accuracy: shareOf((value, pixel) => value === truth[pixel]),
    emptyAccuracy: shareOf((_, pixel) => truth[pixel] === 0),
    absentArea: shareOf((value) => value > objects.length),
  };
}

/** Means over scenes. All intervals hold 95 %. */
export function summariseSegmentations(scenes: readonly SegmentedScene[]) {
  const over = (value: (scene: SegmentedScene) => number) => bootstrap(scenes.map(value));
  return {
    scenes: scenes.length,
    overlap: over(({ overlap }) => overlap),
    objectOverlap: over(({ objectOverlap }) => objectOverlap),
    backgroundOverlap: over(({ backgroundOverlap }) => backgroundOverlap),
    accuracy: over(({ accuracy }) => accuracy),
    emptyAccuracy: over(({ emptyAccuracy }) => emptyAccuracy),
    absentArea: over(({ absentArea }) => absentArea),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
