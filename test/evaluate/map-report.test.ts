import { expect, it } from 'vitest';
import { compareRuns, type MethodRun, measureRun } from '../../evaluate/localisation/report.ts';
import { table, trialsCsv } from '../../evaluate/localisation/report-text.ts';
import type { Trial } from '../../evaluate/localisation/saliency.ts';

const trial: Trial = {
  method: 'dense',
  scene: 'scene 0',
  noun: 'cat',
  area: 0.25,
  nearArea: 0.28,
  isClear: true,
  points: true,
  energy: 0.5,
  swap: 0.25,
  precision: 0.75,
  overlaps: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
  absent: { points: true, isClear: true },
};
const curve = {
  method: 'dense' as const,
  scene: 'scene 0',
  noun: 'cat',
  insertion: 0.8,
  deletion: 0.2,
  randomInsertion: 0.5,
  randomDeletion: 0.4,
};
const run: MethodRun = {
  method: 'dense',
  trials: [
    trial,
    { ...trial, noun: 'dog', absent: { points: false, isClear: true } },
    { ...trial, scene: 'scene 1', absent: { points: false, isClear: false } },
    { ...trial, scene: 'scene 2', absent: undefined },
  ],
  threshold: 0.5,
  shuffled: [[], [], [], []],
  curves: [curve, { ...curve, noun: 'dog', insertion: 0.6, deletion: 0.6 }, { ...curve, scene: 'scene 1' }],
};

it('holds curves against random orders scene by scene, and leaves out what was not asked', () => {
  const measured = measureRun(run);
  // Scene 0: .7 and .5, .4 and .4; scene 1: .8 and .5, .2 and .4.
  expect(measured.curves).toBe(2);
  expect(measured.insertion.value).toBeCloseTo(0.75, 12);
  expect(measured.insertionGain.value).toBeCloseTo(0.25, 12);
  expect(measured.deletion.value).toBeCloseTo(0.3, 12);
  expect(measured.deletionGain.value).toBeCloseTo(0.1, 12);
  // Scene 2 had no noun that is not there.
  expect(measured.absentPointing.value).toBeCloseTo(0.25, 12);
  expect(measured.absentClear.value).toBeCloseTo(0.5, 12);
  expect(measured.absentClearPointing.value).toBeCloseTo(0.25, 12);
});

it('holds a method against the next on the scenes that both saw', () => {
  // Two prompts of scene 0 are one value; scene 2 the other method did not see.
  const missed = { ...trial, method: 'gradcam' as const, points: false, precision: 0.25 };
  const other: MethodRun = {
    ...run,
    method: 'gradcam',
    trials: [missed, { ...missed, scene: 'scene 1', points: true }],
  };
  const [pair, ...more] = compareRuns([run, other]);
  expect(more).toEqual([]);
  expect(pair).toMatchObject({ first: 'dense', second: 'gradcam', pointing: { value: 0.5, low: 0, high: 1 } });
  expect(pair?.pixelPrecision).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
});

it('says where no noun was absent and no curve was measured', () => {
  const info = {
    id: 'demo',
    dtype: 'fp32',
  };
  const bare = measureRun({ ...run, trials: run.trials.slice(3), curves: [] });
  const text = table(info, [bare], []);
  expect(text).toContain('a noun that is not there: none was asked for');
  expect(text).not.toMatch(/NaN\)|insertion/);
  expect(table(info, [measureRun(run)], [])).toMatch(
    /insertion 0\.750 .*, random order 0\.500: ahead by 0\.250 .*\n.*2 scenes/,
  );
  const [head = '', first = '', , , last = ''] = trialsCsv([run]).trim().split('\n');
  expect(head.split(',').slice(-4)).toEqual(['insertion', 'deletion', 'random_insertion', 'random_deletion']);
  expect(first).toMatch(/,1,1,0\.8000,0\.2000,0\.5000,0\.4000$/);
  expect(last).toMatch(/,,,,,,$/);
});
