import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawTrend, type TrendPanel } from '../../src/draw/trend.ts';

const point = (step: number, kind: number, value: number) => {
  return { step, kind, value, low: value - 0.2, high: value + 0.2 };
};
const texts = { heading: 'heading', above: 'effect', below: 'runs', footer: ['footer'], figure: String };

/** Draws one panel; `has` tells whether there is such a colour in a column of it. */
async function draw(points: TrendPanel['points'], kinds: readonly string[], steps: readonly string[]) {
  const { bytes, width, height } = await drawTrend({
    ...texts,
    ...{ kinds, steps, panels: [{ title: 'dots', figures: '1', points }] },
  });
  const pixels = await sharp(bytes).removeAlpha().raw().toBuffer();
  const rowsOf = (colour: string, x: number) => {
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Array.from({ length: height }, (_, y) => y).filter((y) =>
      wanted.every((byte, i) => Math.abs((pixels[(y * width + x) * 3 + i] ?? 0) - byte) < 20),
    );
  };
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => x > 100);
  return { width, rowsOf, columnsOf: (colour: string) => columns.filter((x) => rowsOf(colour, x).length > 0) };
}

const BLUE = '#0072b2';
const VERMILION = '#d55e00';

describe('a trend', () => {
  it('joins what can be compared by a line, higher where the effect is larger', async () => {
    const { width, rowsOf, columnsOf } = await draw([point(0, 0, 0.2), point(1, 0, 1)], ['a'], ['1', '2']);
    expect(width).toBe(640);
    const columns = columnsOf(BLUE);
    // But for the rims of the marks.
    expect(columns.length).toBeGreaterThan((columns.at(-1) ?? 0) - (columns[0] ?? 0) - 5);
    const top = (x = 0) => rowsOf(BLUE, x)[0] ?? 0;
    expect(top(columns.at(-12))).toBeLessThan(top(columns[12]) - 60);
  });

  it('does not join what cannot, and gives it another mark', async () => {
    const { columnsOf } = await draw([point(0, 1, 0.5), point(1, 0, 0.5)], ['new', 'old'], ['1', '2']);
    const [old, now] = [columnsOf(VERMILION), columnsOf(BLUE)];
    expect(old.length).toBeGreaterThan(10);
    expect(now.length).toBeGreaterThan(10);
    expect((now[0] ?? 0) - (old.at(-1) ?? 0)).toBeGreaterThan(150);
  });

  it('takes effects of any size, and none at all', async () => {
    for (const value of [0, 0.0004, -37, 2500]) {
      const { width } = await draw([point(0, 0, value)], ['a'], ['1', '2']);
      expect(width).toBe(640);
    }
    expect((await draw([], ['a'], [])).width).toBe(640);
  });
});
