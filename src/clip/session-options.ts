import type { InferenceSession } from 'onnxruntime-node';

/** How onnxruntime runs a model. @param threads for one operation */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Its threads would go on spinning after a run, on the cores that then draw the answer.
    extra: { session: { force_spinning_stop: '1' } },
  };
}
