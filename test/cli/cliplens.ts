import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the real process, as a script would. */
export async function cliplens(
  parameters: readonly string[],
  environment: Record<string, string>,
  onProgress: (stderr: string) => void = () => {},
  stop?: AbortSignal,
) {
  const env = { ...process.env, ENCODER_THREADS: '1', ...environment };
  const child = spawn(process.execPath, ['launch/run.mjs', 'main.ts', ...parameters], { cwd: ROOT, env });
  stop?.addEventListener('abort', () => child.kill('SIGINT'));
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => {
    err.push(chunk);
    onProgress(String(chunk));
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}
