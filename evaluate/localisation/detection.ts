import type { Detection } from '../../src/clip/detections.ts';
import { type Box, overlap } from '../../src/clip/regions.ts';
import { bootstrap, bootstrapOf } from '../statistics.ts';
import { type Scene, SIDE } from './scene.ts';

/** From here on a box is at its object. */
const SAME_PLACE = 0.5;

/** What is measured of one scene whose nouns, and some that are not there, were asked for. */
export interface DetectedScene {
  scene: string;
  objects: number;
  /** Best first: `isRight` where the box is at an object of its label that no better one has. */
  boxes: { score: number; isRight: boolean; isAbsent: boolean }[];
  /** Intersection over union of each object with the best box of its label, 0 where there is none. */
  overlaps: number[];
}

export function measureDetections({ name, objects }: Scene, found: readonly Detection[]): DetectedScene {
  const truth = objects.map(({ noun, mask }) => ({ noun, box: boxAround(mask) }));
  const taken = new Set<string>();
  const boxes = [...found]
    .sort((a, b) => b.score - a.score)
    .map((detection) => {
      const own = truth.find(({ noun }) => noun === detection.label);
      const isRight = own !== undefined && !taken.has(own.noun) && overlap(own.box, detection) >= SAME_PLACE;
      if (isRight) taken.add(own.noun);
      return { score: detection.score, isRight, isAbsent: own === undefined };
    });
  const overlaps = truth.map(({ noun, box }) =>
    Math.max(0, ...found.filter(({ label }) => label === noun).map((detection) => overlap(box, detection))),
  );
  return { scene: name, objects: objects.length, boxes, overlaps };
}

/** The smallest box that holds a mask. */
export function boxAround(mask: Uint8Array): Box {
  let [left, top, right, bottom] = [SIDE, SIDE, 0, 0];
  for (const [pixel, bit] of mask.entries()) {
    if (bit === 0) continue;
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/** The area under precision over recall, of all scenes' boxes by score; objects that no box is at count as never recalled. */
export function detectionPrecision(scenes: readonly DetectedScene[]): number {
  const boxes = scenes.flatMap((scene) => scene.boxes).sort((a, b) => b.score - a.score);
  let [right, sum] = [0, 0];
  for (const [i, { isRight }] of boxes.entries()) {
    if (!isRight) continue;
    right += 1;
    sum += right / (i + 1);
  }
  const objects = total(scenes, (scene) => scene.objects);
  return objects === 0 ? 0 : sum / objects;
}

/** All intervals hold 95 %, over scenes. */
export function summariseDetections(scenes: readonly DetectedScene[]) {
  const rightIn = (scene: DetectedScene) => scene.boxes.filter(({ isRight }) => isRight).length;
  const falseIn = (scene: DetectedScene) => scene.boxes.filter(({ isAbsent }) => isAbsent).length;
  return {
    scenes: scenes.length,
    objectsInAll: total(scenes, ({ objects }) => objects),
    boxes: total(scenes, ({ boxes }) => boxes.length),
    averagePrecision: bootstrapOf(scenes, detectionPrecision),
    recall: bootstrapOf(scenes, (some) => total(some, rightIn) / total(some, ({ objects }) => objects)),
    precision: bootstrapOf(
      scenes,
      (some) =>
        total(some, rightIn) /
        Math.max(
          1,
          total(some, ({ boxes }) => boxes.length),
        ),
    ),
    overlap: bootstrap(scenes.map(({ overlaps }) => overlaps.reduce((sum, one) => sum + one, 0) / overlaps.length)),
    /** Boxes a scene for labels that are not there. */
    absentBoxes: bootstrap(scenes.map(falseIn)),
  };
}

function total(scenes: readonly DetectedScene[], value: (scene: DetectedScene) => number): number {
  return scenes.reduce((sum, scene) => sum + value(scene), 0);
}
