import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which the threads of an idle onnxruntime session have stopped spinning. */
const REST = 100;

/** Milliseconds that `work` takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Lets two measurements take turns, so that both meet the same machine. @returns the median of each */
export async function sideBySide(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<[number, number]> {
  const results: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    await sleep(REST);
    results[0].push(await a());
    await sleep(REST);
    results[1].push(await b());
  }
  return [median(results[0]), median(results[1])];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The longest time in milliseconds for which the main thread did not return to its event loop during `work`. */
export async function longestStall(work: () => Promise<unknown>): Promise<number> {
  const resolution = 5;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  await work();
  // The last stall is only seen at the next tick.
  await sleep(2 * resolution);
  delays.disable();
  return Math.max(0, delays.max / 1e6 - resolution);
}
