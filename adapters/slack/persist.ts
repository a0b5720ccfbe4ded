import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two tries: doubled each time, up to a minute. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/**
 * Tries until it works, or until `signal` says that it need not any more.
 * @param onFailure is told the error and the pause before the next try; it may throw to give up
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  onFailure: (error: unknown, pause: number) => void,
  signal?: AbortSignal,
): Promise<T | undefined> {
  for (let pause = FIRST_PAUSE; !signal?.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await attempt();
    } catch (error) {
      onFailure(error, pause);
    }
    await delay(pause, undefined, signal && { signal }).catch(() => {});
  }
  return undefined;
}
