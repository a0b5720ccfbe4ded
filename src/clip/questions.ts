import type { Grid } from './explain/explanation.ts';
import type { Geometry } from './geometry.ts';
import type { SaliencyMethod } from './saliency.ts';

/** What is to be seen in a picture. */
export interface SaliencyQuestion {
  texts: readonly string[];
  /** Further texts to be contrasted with, of which no maps are wanted. */
  against: readonly string[];
  template: string;
  method: SaliencyMethod;
  /** The picture's vector, where it is known already. */
  image?: Float32Array | undefined;
}

/** What is to be located in a picture. */
export interface LocationQuestion {
  labels: readonly string[];
  template: string;
}

/** What the encoder receives of a picture. */
export interface EncoderView {
  width: number;
  height: number;
  /** RGB, `height * width * 3`, row by row. */
  pixels: Uint8Array;
  /** Whether the middle was cut out, or the whole squeezed in. */
  resize: Geometry['resize'];
  patches: Grid | undefined;
}
