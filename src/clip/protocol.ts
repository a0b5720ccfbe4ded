import type { ModelProblem } from '../errors.ts';
import type { Explanation, Grid } from './explain/explanation.ts';
import type { Geometry } from './geometry.ts';
import type { Family } from './model-config.ts';

/** What main thread and encoder thread say to each other. */

export interface EncoderSpec {
  folder: string;
  vision: string;
  text: string;
  threads: number;
  /** The folder for copies of vision files that can explain. */
  explanations: string;
  family: Family;
  /** Of the vision encoder's attention. */
  heads: number;
  /** Of an embedding, where the model's config says it. */
  width: number | undefined;
  /** How many tokens of a text it reads. */
  context: number;
}

/** Pictures, as for images, and directions among embeddings by which they are explained. */
export interface ExplanationInput {
  pixels: readonly Uint8Array[];
  directions: readonly Float32Array[];
}

/** One batch at a time: the next goes out when the answer to the last is in. */
export type EncoderRequest =
  /** RGB pixels of the geometry's final size. */
  | { kind: 'images'; inputs: readonly Uint8Array[] }
  | { kind: 'texts'; inputs: readonly string[] }
  | ({ kind: 'explain' } & ExplanationInput)
  /** Ends the thread. One that is terminated while onnxruntime works takes the process with it. */
  | { kind: 'close' };

export interface Readiness {
  geometry: Geometry;
  /** The patches of its maps, or what its vision file's graph has not, so that it cannot explain. */
  patches: Grid | { missing: string };
  /** Of the two ONNX files, one after the other. */
  sha256: string;
}

export type EncoderMessage =
  | ({ kind: 'ready' } & Readiness)
  | { kind: 'unusable'; problem: ModelProblem }
  | { kind: 'vectors'; vectors: readonly Float32Array[] }
  | { kind: 'explained'; explanations: readonly Explanation[] }
  /** What the vision file's graph has not, so that it cannot explain. */
  | { kind: 'not-understood'; missing: string }
  /** Why what was asked cannot be done here, such as a disk that is full. */
  | { kind: 'impossible'; problem: ModelProblem }
  | { kind: 'failed'; error: Error };
