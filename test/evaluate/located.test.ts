import { describe, expect, it } from 'vitest';
import {
  boxAround,
  detectionPrecision,
  measureDetections,
  summariseDetections,
} from '../../evaluate/localisation/detection.ts';
import { type Scene, SIDE } from '../../evaluate/localisation/scene.ts';
import { measureSegmentation, summariseSegmentations } from '../../evaluate/localisation/segmentation.ts';

/** A mask of a rectangle. */
function rectangle(left: number, top: number, width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    return x >= left && x < left + width && y >= top && y < top + height ? 1 : 0;
  });
}

const picture = {
  name: 'scene',
  width: SIDE,
  height: SIDE,
  lossy: false,
  rows: SIDE,
  columns: SIDE,
  channels: 3,
  pixels: new Uint8Array(3 * SIDE * SIDE),
} as const;

/** A cat of 20 x 40 and a dog of 10 x 10. */
const scene: Scene = {
  name: 'scene 0',
  picture,
  objects: [
    { noun: 'cat', mask: rectangle(10, 20, 20, 40) },
    { noun: 'dog', mask: rectangle(100, 100, 10, 10) },
  ],
  absent: ['ant', 'bee', 'owl'],
};
const CAT = { label: 'cat', x: 10, y: 20, width: 20, height: 40 };
const DOG = { label: 'dog', x: 100, y: 100, width: 10, height: 10 };

describe('boxes', () => {
  it('lie around masks', () => {
    expect(boxAround(rectangle(10, 20, 20, 40))).toEqual({ x: 10, y: 20, width: 20, height: 40 });
  });

  it('are right once for each object, from half of the union on', () => {
    const found = [
      { ...CAT, score: 0.6, height: 20 }, // half of it
      { ...CAT, score: 0.9 },
      { ...DOG, score: 0.8, x: 140 },
      { ...DOG, score: 0.7, label: 'ant' },
    ];
    const measured = measureDetections(scene, found);
    expect(measured.boxes.map(({ isRight }) => isRight)).toEqual([true, false, false, false]);
    expect(measured.boxes.map(({ isAbsent }) => isAbsent)).toEqual([false, false, true, false]);
    expect(measured.overlaps).toEqual([1, 0]);
    expect(measureDetections(scene, [{ ...CAT, score: 1, height: 20 }]).boxes[0]?.isRight).toBe(true);
    expect(measureDetections(scene, [{ ...CAT, score: 1, height: 19 }]).boxes[0]?.isRight).toBe(false);
  });

  it('have the area under precision over recall, with objects that were not found', () => {
    const one = measureDetections(scene, [
      { ...DOG, score: 0.9, x: 140 },
      { ...CAT, score: 0.8 },
      { ...DOG, score: 0.7 },
    ]);
    expect(detectionPrecision([one])).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12);
    const nothing = measureDetections(scene, []);
    expect(detectionPrecision([one, nothing])).toBeCloseTo((1 / 2 + 2 / 3) / 4, 12);
    expect(detectionPrecision([nothing])).toBe(0);
    const { recall, precision, overlap, absentBoxes } = summariseDetections([one, nothing]);
    expect([recall.value, precision.value, overlap.value, absentBoxes.value]).toEqual([0.5, 2 / 3, 0.5, 0]);
  });
});

describe('labels of pixels', () => {
  it('are held against the masks and the background', () => {
    const [cat, ant] = [rectangle(10, 20, 20, 20), rectangle(150, 150, 10, 10)];
    const values = cat.map((bit, pixel) => (bit === 1 ? 1 : ant[pixel] === 1 ? 3 : 0));
    const measured = measureSegmentation(scene, values);
    const [all, objects] = [SIDE * SIDE, 900];
    const background = (all - objects - 100) / (all - 400);
    expect(measured.objectOverlap).toBe(0.25); // half of the cat, nothing of the dog
    expect(measured.backgroundOverlap).toBeCloseTo(background, 12);
    expect(measured.overlap).toBeCloseTo((0.5 + background) / 3, 12);
    expect(measured.accuracy).toBeCloseTo(1 - 600 / all, 12);
    expect(measured.emptyAccuracy).toBeCloseTo(1 - 900 / all, 12);
    expect(measured.absentArea).toBeCloseTo(100 / all, 12);
    expect(summariseSegmentations([measured]).overlap.value).toBe(measured.overlap);
  });
});
