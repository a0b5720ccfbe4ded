import type { Picture } from '../../image/picture.ts';
import type { Task } from '../protocol.ts';

/** What the main thread and that of a detector say to each other. */

export interface DetectorSpec {
  folder: string;
  /** Its ONNX file. */
  model: string;
  threads: number;
  /** How many tokens of a text it reads. */
  context: number;
}

export interface DetectorReadiness {
  /** Pixels on a side of what it sees, the longer one. */
  side: number;
  /** Of the ONNX file. */
  sha256: string;
}

/** What the graph says of one picture: of each box that it looks at. */
export interface Predictions {
  /** `[boxes, texts]`: how well each text fits, before the sigmoid. */
  logits: readonly Float32Array[];
  /** `[boxes, 4]`: centre, width and height, as shares of the picture. */
  boxes: readonly Float32Array[];
}

export type DetectorTasks = {
  predict: Task<{ picture: Picture; texts: readonly string[] }, Predictions>;
  /** Whether it reads each text to its end. */
  readsWhole: Task<readonly string[], readonly boolean[]>;
};
