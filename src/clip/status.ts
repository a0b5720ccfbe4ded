import type { ModelProblem } from '../errors.ts';

/** Where a model stands, for progress on a terminal and in the page. */
export type ModelStatus =
  | { state: 'loading'; download?: Download | undefined }
  | { state: 'ready' }
  | { state: 'failed'; model: string; problem: ModelProblem };

/** A download under way, over all files of the model. `secondsLeft` is there once a speed is known. */
export interface Download {
  file: string;
  bytes: number;
  total: number;
  secondsLeft?: number | undefined;
  /** Whether it is another one, mostly of another process, that this one waits for. */
  isAwaited?: boolean;
}
