/**
 * Pillow's resampling (Resample.c): a separable filter whose support grows with the shrinking factor, its weights made
 * to sum to 1 at the borders, pixel centres at halves. Used where an image is enlarged, which libvips does half a pixel
 * off; at enlarging, inputs are small and this is fast.
 */
export type Filter = 'nearest' | 'linear' | 'cubic' | 'lanczos3';

interface Window {
  /** Pixels of the resized image. */
  start: number;
  length: number;
}

interface Tap {
  first: number;
  weights: Float64Array;
}

const FILTERS: Record<Filter, { support: number; weigh(x: number): number }> = {
  nearest: { support: 0.5, weigh: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  linear: { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) },
  cubic: { support: 2, weigh: (x) => cubic(Math.abs(x)) },
  lanczos3: { support: 3, weigh: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/**
 * @param pixels RGB, `rows * columns * 3`
 * @param across where to cut the resized image from left to right, and `down` from top to bottom
 * @returns RGB, `down.length * across.length * 3`
 */
export function resample(
  pixels: Uint8Array,
  size: { columns: number; rows: number },
  resized: { width: number; height: number },
  across: Window,
  down: Window,
  filter: Filter,
): Uint8Array {
  const narrow = new Uint8ClampedArray(size.rows * across.length * 3);
  const horizontal = taps(size.columns, resized.width, across, filter);
  for (let row = 0; row < size.rows; row++) {
    convolve(pixels, row * size.columns * 3, 3, horizontal, narrow, row * across.length * 3, 3);
  }
  const result = new Uint8ClampedArray(down.length * across.length * 3);
  const vertical = taps(size.rows, resized.height, down, filter);
  const stride = across.length * 3;
  for (let column = 0; column < across.length; column++) {
    convolve(narrow, column * 3, stride, vertical, result, column * 3, stride);
  }
  return new Uint8Array(result.buffer);
}

function convolve(
  from: Uint8Array | Uint8ClampedArray,
  fromOffset: number,
  fromStride: number,
  taps: readonly Tap[],
  to: Uint8ClampedArray,
  toOffset: number,
  toStride: number,
): void {
  taps.forEach(({ first, weights }, i) => {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let j = 0; j < weights.length; j++) {
        sum += (weights[j] ?? 0) * (from[fromOffset + (first + j) * fromStride + channel] ?? 0);
      }
      to[toOffset + i * toStride + channel] = sum;
    }
  });
}

function taps(from: number, to: number, window: Window, filter: Filter): Tap[] {
  const { support, weigh } = FILTERS[filter];
  const scale = from / to;
  const stretch = Math.max(1, scale);
  return Array.from({ length: window.length }, (_, i) => {
    const centre = (window.start + i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support * stretch + 0.5));
    const end = Math.min(from, Math.trunc(centre + support * stretch + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_, j) => weigh((first + j - centre + 0.5) / stretch));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Keys' cubic with a = -0.5. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
