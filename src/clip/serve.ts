import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';
import { Unavailable } from './download-retry.ts';
import { NotUnderstood } from './explain/parts.ts';
import { CLOSE, type Tasks, type ThreadMessage } from './protocol.ts';

/** A model that is loaded: what to tell of it, and what it does. */
export interface Served<Readiness, T extends Tasks> {
  readiness: Readiness;
  tasks: { [K in keyof T]: (input: T[K]['input']) => Promise<T[K]['output']> };
}

/** Runs in a thread, because onnxruntime blocks the one it runs on: loads a model, then does what `Thread` asks, until it is closed. */
export async function serve<Readiness, T extends Tasks>(load: () => Promise<Served<Readiness, T>>): Promise<void> {
  const post = (message: ThreadMessage) => parentPort?.postMessage(message);
  try {
    const { readiness, tasks } = await load();
    parentPort?.on('message', async ({ kind, input }) => {
      if (kind === CLOSE) return process.exit();
      try {
        post({ kind: 'done', output: await tasks[kind]?.(input) });
      } catch (error) {
        if (error instanceof NotUnderstood) post({ kind: 'not-understood', missing: error.missing });
        else if (error instanceof Unavailable) post({ kind: 'impossible', problem: error.problem });
        else post({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      }
    });
    post({ kind: 'ready', readiness });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    post({
      kind: 'unusable',
      problem: error instanceof Unavailable ? error.problem : { kind: 'not-loadable', reason },
    });
  }
}

/** One sha256 over the bytes of the files, in order. */
export async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { end: false });
  return hash.digest('hex');
}
