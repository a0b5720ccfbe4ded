import { Worker } from 'node:worker_threads';
import { onTestFinished, vi } from 'vitest';
import { z } from 'zod';

const requestSchema = z.object({ kind: z.literal('images'), input: z.array(z.unknown()) });

/** @returns how many images each batch had that went to an encoder's thread since, until the test ends */
export function countEncodings(): () => number[] {
  const post = vi.spyOn(Worker.prototype, 'postMessage');
  onTestFinished(() => post.mockRestore());
  return () =>
    post.mock.calls.flatMap(([message]) => {
      const request = requestSchema.safeParse(message);
      return request.success ? [request.data.input.length] : [];
    });
}
