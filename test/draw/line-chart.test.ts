import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawLineChart } from '../../src/draw/line-chart.ts';

const point = (tick: string, value: number, half = 0.03) => ({ tick, value, low: value - half, high: value + half });
const texts = { heading: 'heading', above: 'share', below: 'examples', footer: ['footer'] };

describe('a line chart', () => {
  it('has a star and a blue line that rises with the values', async () => {
    const points = [point('1', 0.4), point('2', 0.6), point('4', 0.8)];
    const { bytes, width, height } = await drawLineChart({ ...texts, star: point('0', 0.5), points });
    expect(width).toBe(640);
    const pixels = await sharp(bytes).removeAlpha().raw().toBuffer();
    const isBlue = (x: number, y: number) => {
      const [red = 0, green = 0, blue = 0] = pixels.subarray((y * width + x) * 3);
      return red < 20 && Math.abs(green - 0x72) < 20 && Math.abs(blue - 0xb2) < 20;
    };
    const middle = (x: number) => {
      const rows = Array.from({ length: height }, (_, y) => y).filter((y) => isBlue(x, y));
      return rows.reduce((sum, y) => sum + y, 0) / rows.length;
    };
    const columns = Array.from({ length: width }, (_, x) => x).filter((x) => !Number.isNaN(middle(x)));
    const [first = 0, last = 0] = [columns[0], columns.at(-1)];
    expect(first).toBeGreaterThan(200); // the star's column has none
    expect(middle(last)).toBeLessThan(middle(first) - 80);
  });

  it('takes values at both ends, and a star alone', async () => {
    const points = [point('1', 0, 0), point('2', 1, 0)];
    expect((await drawLineChart({ ...texts, star: point('0', 1, 0), points })).mediaType).toBe('image/png');
    expect((await drawLineChart({ ...texts, star: point('0', 0.2), points: [] })).width).toBe(640);
  });
});
