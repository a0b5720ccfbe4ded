import { rgb } from './palette.ts';

/** How much of each pixel is covered, 0 to 255, `height * width`, row by row. */
export interface Mask {
  width: number;
  height: number;
  coverage: Uint8Array;
}

/** A sheet of 8-bit RGB pixels to paint on. What falls outside is left out. Colours are written `#rrggbb`. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  /** `height * width * 3`, row by row. */
  readonly pixels: Uint8Array;

  constructor(width: number, height: number, background: string) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, background);
  }

  fill(left: number, top: number, width: number, height: number, colour: string): void {
    const fromX = Math.max(0, left);
    const ink = rgb(colour);
    const row = Uint8Array.from(
      { length: 3 * Math.max(0, Math.min(left + width, this.width) - fromX) },
      (_, i) => ink[i % 3] ?? 0,
    );
    const bottom = Math.min(top + height, this.height);
    for (let y = Math.max(0, top); y < bottom; y++) this.pixels.set(row, (y * this.width + fromX) * 3);
  }

  /** Puts pixels on, `height * width * 3`, row by row. */
  paste({ width, height, pixels }: Pick<Canvas, 'width' | 'height' | 'pixels'>, left: number, top: number): void {
    const fromX = Math.max(0, -left);
    const toX = Math.min(width, this.width - left);
    for (let y = Math.max(0, -top); y < Math.min(height, this.height - top); y++) {
      const row = pixels.subarray((y * width + fromX) * 3, (y * width + toX) * 3);
      this.pixels.set(row, ((top + y) * this.width + left + fromX) * 3);
    }
  }

  /** Lays a colour on, as thick as the mask says. */
  stamp({ width, height, coverage }: Mask, left: number, top: number, colour: string): void {
    const [red, green, blue] = rgb(colour);
    const fromY = Math.max(0, -top);
    const toY = Math.min(height, this.height - top);
    const fromX = Math.max(0, -left);
    const toX = Math.min(width, this.width - left);
    for (let y = fromY; y < toY; y++) {
      for (let x = fromX; x < toX; x++) {
        const share = coverage[y * width + x] ?? 0;
        if (share === 0) continue;
        const at = ((top + y) * this.width + left + x) * 3;
        this.pixels[at] = mix(this.pixels[at] ?? 0, red, share);
        this.pixels[at + 1] = mix(this.pixels[at + 1] ?? 0, green, share);
        this.pixels[at + 2] = mix(this.pixels[at + 2] ?? 0, blue, share);
      }
    }
  }
}

/** @param share 0 to 255 of `ink`, the rest of `below` */
function mix(below: number, ink: number, share: number): number {
  return ((below * (255 - share) + ink * share + 127) / 255) | 0;
}
