/**
 * An image decoded once, upright, for the encoder and for drawing alike.
 * `pixels` are 8-bit sRGB, `rows * columns * channels`, row by row; four channels (RGBA, not premultiplied) where the
 * file has transparency, else three. `width` and `height` are those of the upright original, of which the pixels may
 * be a smaller copy.
 */
export interface Picture {
  name: string;
  width: number;
  height: number;
  /** Whether the file was lossy (JPEG and the like), so that a drawing of it may be as well. */
  lossy: boolean;
  rows: number;
  columns: number;
  channels: 3 | 4;
  pixels: Uint8Array;
}
