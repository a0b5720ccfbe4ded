import type { ModelProblem } from '../errors.ts';
import type { Explanation, Grid } from './explain/explanation.ts';
import type { Geometry } from './geometry.ts';
import type { Family } from './model-config.ts';

/** What the main thread and those of models say to each other. */

export interface Task<Input, Output> {
  input: Input;
  output: Output;
}

/** What a thread can be asked: by kind, what goes in and what comes out. */
export type Tasks = Record<string, Task<unknown, unknown>>;

/** What a thread says to the main one. */
export type ThreadMessage =
  | { kind: 'ready'; readiness: unknown }
  | { kind: 'unusable'; problem: ModelProblem }
  | { kind: 'done'; output: unknown }
  /** What the graph of the model's file has not, so that it cannot explain. */
  | { kind: 'not-understood'; missing: string }
  /** Why what was asked cannot be done here, such as a disk that is full. */
  | { kind: 'impossible'; problem: ModelProblem }
  | { kind: 'failed'; error: Error };

/** Ends the thread. One that is terminated while onnxruntime works takes the process with it. */
export const CLOSE = 'close';

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

/** What the encoder thread does, batch by batch. */
export type EncoderTasks = {
  /** RGB pixels of the geometry's final size; a unit vector for each. */
  images: Task<readonly Uint8Array[], readonly Float32Array[]>;
  /** A unit vector for each. */
  texts: Task<readonly string[], readonly Float32Array[]>;
  /** Whether it reads each text to its end. */
  readsWhole: Task<readonly string[], readonly boolean[]>;
  explanations: Task<readonly ExplanationInput[], readonly (readonly Explanation[])[]>;
};

export interface Readiness {
  geometry: Geometry;
  /** The patches of its maps, or what its vision file's graph has not, so that it cannot explain. */
  patches: Grid | { missing: string };
  /** Of the two ONNX files, one after the other. */
  sha256: string;
}
