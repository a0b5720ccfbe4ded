/** The pixel of a region that lies deepest in it. */
export interface InnerPoint {
  value: number;
  x: number;
  y: number;
  /** Pixels to the region's edge, going across or down. */
  depth: number;
}

/** For each region of one value other than 0, whose pixels touch by their sides, a point where there is room. */
export function innerPoints(values: Uint8Array, width: number, height: number): InnerPoint[] {
  const depths = depthsOf(values, width, height);
  const seen = new Uint8Array(values.length);
  const points: InnerPoint[] = [];
  for (const [start, value] of values.entries()) {
    if (value === 0 || seen[start]) continue;
    seen[start] = 1;
    const stack = [start];
    let deepest = start;
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      if ((depths[pixel] ?? 0) > (depths[deepest] ?? 0)) deepest = pixel;
      const x = pixel % width;
      for (const next of [x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width]) {
        if (values[next] !== value || seen[next]) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    points.push({ value, x: deepest % width, y: Math.floor(deepest / width), depth: depths[deepest] ?? 0 });
  }
  return points;
}

/** Steps from each pixel to the next one of another value or out of the picture, in two passes (Rosenfeld and Pfaltz 1966). */
function depthsOf(values: Uint8Array, width: number, height: number): Uint16Array {
  const depths = new Uint16Array(values.length);
  const from = (pixel: number, neighbour: number, isInside: boolean) =>
    isInside && values[neighbour] === values[pixel] ? (depths[neighbour] ?? 0) : 0;
  for (let pixel = 0; pixel < values.length; pixel++) {
    const left = from(pixel, pixel - 1, pixel % width > 0);
    depths[pixel] = 1 + Math.min(left, from(pixel, pixel - width, pixel >= width));
  }
  for (let pixel = values.length - 1; pixel >= 0; pixel--) {
    const right = from(pixel, pixel + 1, pixel % width < width - 1);
    const below = from(pixel, pixel + width, pixel < width * (height - 1));
    depths[pixel] = Math.min(depths[pixel] ?? 0, 1 + Math.min(right, below));
  }
  return depths;
}
