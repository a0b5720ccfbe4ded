import type { ModelProblem } from '../errors.ts';
import type { Geometry } from './geometry.ts';
import type { Family } from './model-config.ts';

/** What main thread and encoder thread say to each other. */

export interface EncoderSpec {
  folder: string;
  vision: string;
  text: string;
  threads: number;
  family: Family;
  /** Of an embedding, where the model's config says it. */
  width: number | undefined;
  /** How many tokens of a text it reads. */
  context: number;
}

/** One batch at a time: the next goes out when the answer to the last is in. */
export type EncoderRequest =
  /** RGB pixels of the geometry's final size. */
  | { kind: 'images'; inputs: readonly Uint8Array[] }
  | { kind: 'texts'; inputs: readonly string[] }
  /** Ends the thread. One that is terminated while onnxruntime works takes the process with it. */
  | { kind: 'close' };

export type EncoderMessage =
  | { kind: 'ready'; geometry: Geometry; sha256: string }
  | { kind: 'unusable'; problem: ModelProblem }
  | { kind: 'vectors'; vectors: readonly Float32Array[] }
  | { kind: 'failed'; error: Error };
