import { describe, expect, it } from 'vitest';
import { cut, joinMaps, planViews, type View } from '../../src/clip/views.ts';
import { picture } from '../draw/drawings.ts';

const COARSE = { rows: 7, columns: 7 };
const FINE = { rows: 14, columns: 14 };

function shows({ left, top, width, height }: View, x: number, y: number): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

describe('the views of a picture', () => {
  it.each([
    [300, 300, FINE, 1],
    [330, 300, FINE, 1],
    [450, 300, FINE, 2],
    [300, 450, FINE, 2],
    [300, 300, COARSE, 5],
    [450, 300, COARSE, 10],
    [3000, 40, COARSE, 21],
    [1, 900, FINE, 7],
  ])('of %i by %i pixels cover all of it and lie within it', (columns, rows, patches, count) => {
    const { views } = planViews(picture(columns, rows), patches);
    expect(views).toHaveLength(count);
    const steps = Array.from({ length: 101 }, (_, i) => i / 100);
    expect(steps.every((x) => steps.every((y) => views.some((view) => shows(view, x, y))))).toBe(true);
    for (const { left, top, width, height } of views) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('make a grid of cells that are about square, of at most 64', () => {
    expect(planViews(picture(300, 300), FINE).grid).toEqual({ rows: 14, columns: 14 });
    expect(planViews(picture(300, 300), COARSE).grid).toEqual({ rows: 11, columns: 11 });
    expect(planViews(picture(200, 400), FINE).grid).toEqual({ rows: 28, columns: 14 });
    expect(planViews(picture(3000, 40), FINE).grid).toEqual({ rows: 14, columns: 64 });
  });

  it('are cut out at their pixels', () => {
    const whole = picture(8, 4, (x, y) => [x, y, 0]);
    const { columns, rows, pixels } = cut(whole, { left: 0.5, top: 0.25, width: 0.25, height: 0.5 });
    expect([columns, rows, ...pixels]).toEqual([2, 2, 4, 1, 0, 5, 1, 0, 4, 2, 0, 5, 2, 0]);
  });

  it('have a pixel of the picture, also where they are a small part of few pixels', () => {
    const few = picture(3, 2, (x, y) => [x, y, 7]);
    const { columns, rows, pixels } = cut(few, { left: 0.9, top: 0.9, width: 0.1, height: 0.1 });
    expect([columns, rows, ...pixels]).toEqual([1, 1, 2, 1, 7]);
  });
});

describe('the maps of views', () => {
  it('put what each shows at its place in the picture', () => {
    const left = { left: 0, top: 0, width: 0.5, height: 1 };
    const right = { left: 0.5, top: 0, width: 0.5, height: 1 };
    const maps = [Float32Array.of(1), Float32Array.of(3)];
    const one = { rows: 1, columns: 1 };
    expect(joinMaps([left, right], maps, one, { rows: 1, columns: 4 })).toEqual([1, 1, 3, 3]);
  });

  it('are averaged where views overlap, and read between their cells', () => {
    const whole = { left: 0, top: 0, width: 1, height: 1 };
    const maps = [Float32Array.of(0, 4), Float32Array.of(2, 2)];
    expect(joinMaps([whole, whole], maps, { rows: 1, columns: 2 }, { rows: 1, columns: 4 })).toEqual([1, 1.5, 2.5, 3]);
  });
});
