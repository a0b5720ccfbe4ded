import sharp from 'sharp';
import { PALETTE } from './palette.ts';
import type { Raster } from './raster.ts';

/** Lines and marks on paper, from their SVG. */
export async function rasterise(shapes: readonly string[], width: number, height: number): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${PALETTE.paper}"/>${shapes.join('')}</svg>`;
  return { width, height, pixels: await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer() };
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  width: number,
  dashes = '',
): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${width}"${dashes && ` stroke-dasharray="${dashes}"`}/>`;
}

/** A line through points. */
export function polyline(points: readonly (readonly [x: number, y: number])[], colour: string, width: number): string {
  return `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
}

/** An interval with ends that reach to both sides. */
export function whisker(x: number, low: number, high: number, reach: number): string[] {
  return [
    line(x, low, x, high, PALETTE.ink, 3),
    line(x - reach, low, x + reach, low, PALETTE.ink, 3),
    line(x - reach, high, x + reach, high, PALETTE.ink, 3),
  ];
}

/** A mark that stands out from the lines behind it. */
export function disc(x: number, y: number, radius: number, colour: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}" stroke="${PALETTE.paper}" stroke-width="2"/>`;
}

export function polygon(points: readonly (readonly [x: number, y: number])[], colour: string): string {
  const corners = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return `<polygon points="${corners}" fill="${colour}" stroke="${PALETTE.paper}" stroke-width="2"/>`;
}
