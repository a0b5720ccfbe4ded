import type { InferenceSession } from 'onnxruntime-node';

/** How onnxruntime runs a model. @param threads for one operation */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Batches are of many sizes: each would keep a block of memory for its own plan.
    enableMemPattern: false,
    // Its threads would go on spinning after a run, on the cores that then draw the answer.
    extra: { session: { force_spinning_stop: '1' } },
  };
}
