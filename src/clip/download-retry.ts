import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelProblem } from '../errors.ts';

/** What is worth doing again after a failure: the request, the whole listing of the model's files, or nothing. */
type Again = 'request' | 'listing' | 'never';

/** Why a model cannot be had, or not be used. */
export class Unavailable extends Error {
  readonly problem: ModelProblem;
  readonly again: Again;

  constructor(problem: ModelProblem, again: Again = 'never', options?: ErrorOptions) {
    super(JSON.stringify(problem), options);
    this.name = 'Unavailable';
    this.problem = problem;
    this.again = again;
  }
}

/** How long to wait for a next byte before a connection counts as broken, and how long before each new attempt. */
export interface Patience {
  stallMilliseconds: number;
  pausesMilliseconds: readonly number[];
}

export const PATIENCE: Patience = { stallMilliseconds: 30_000, pausesMilliseconds: [1_000, 2_000, 4_000, 8_000] };

/**
 * Attempts anew, once after each of the pauses, while `attempt` fails with an Unavailable of which `again` says so.
 * An attempt that calls `gained` has come further than those before it: the pauses then start over.
 */
export async function persist<T>(
  again: Again,
  { pauses, signal }: { pauses: readonly number[]; signal: AbortSignal },
  attempt: (gained: () => void) => Promise<T>,
): Promise<T> {
  let failures = 0;
  for (;;) {
    try {
      return await attempt(() => {
        failures = 0;
      });
    } catch (error) {
      const pause = pauses[failures];
      if (!(error instanceof Unavailable) || error.again !== again || pause === undefined) throw error;
      failures += 1;
      await sleep(pause, undefined, { signal });
    }
  }
}
