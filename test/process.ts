import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The process as an operator starts it. `ended` resolves with its code and signal once all that it said has been read. */
export async function startProcess(environment: Record<string, string>) {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'cliplens-process-'));
  const env = {
    ...process.env,
    ENCODER_THREADS: '1',
    CLIP_MODEL: 'demo',
    DATA_DIR,
    WEB_PORT: '0',
    LOG_LEVEL: 'info',
    ...environment,
  };
  const child = spawn(process.execPath, ['launch/run.mjs', 'main.ts'], { cwd: ROOT, env });
  const ended = once(child, 'close');
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.text += String(chunk)));
  return { child, ended, said: (pattern: RegExp) => waitFor(child, ended, output, pattern) };
}

async function waitFor(
  child: ChildProcessWithoutNullStreams,
  ended: Promise<unknown>,
  output: { text: string },
  pattern: RegExp,
) {
  let isOver = false;
  const over = ended.then(() => {
    isOver = true;
  });
  for (;;) {
    const found = pattern.exec(output.text);
    if (found) return found;
    if (isOver) throw new Error(`it ended without ${pattern}: ${output.text}`);
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), over]);
  }
}
