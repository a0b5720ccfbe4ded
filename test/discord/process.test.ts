import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { upload } from '../contract/stage.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The process as an operator starts it. */
async function startProcess(environment: Record<string, string>) {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'cliplens-process-'));
  const env = { ...process.env, CLIP_MODEL: 'demo', DATA_DIR, WEB_PORT: '0', LOG_LEVEL: 'info', ...environment };
  const child = spawn(process.execPath, ['launch/run.mjs', 'main.ts'], { cwd: ROOT, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.text += String(chunk)));
  return { child, said: (pattern: RegExp) => waitFor(child, output, pattern) };
}

async function waitFor(child: ChildProcessWithoutNullStreams, output: { text: string }, pattern: RegExp) {
  for (;;) {
    const found = pattern.exec(output.text);
    if (found) return found;
    if (child.exitCode !== null) throw new Error(`it ended without ${pattern}: ${output.text}`);
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
  }
}

describe('npm start with a Discord token', () => {
  it('answers in Discord and in the browser, is ready with both, and stops cleanly', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    const { child, said } = await startProcess({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
    const [, address] = await said(/(http:\S+)/);
    await said(/ready in Discord/);
    await expect.poll(async () => (await fetch(`${address}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    const image = { ...(await upload('photo.jpg', 'upright.jpg')), type: 'image/jpeg' };
    const asked = { command: 'classify', options: { labels: 'cat, dog' }, attachments: { image } };
    const { answer } = await discord.slash(asked).answered();
    expect(answer?.attachments).toHaveLength(1);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('with a wrong one says so, and leaves the page running', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    const wrong = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token';
    const { said } = await startProcess({ DISCORD_TOKEN: wrong, DISCORD_API_URL: discord.apiUrl });
    const [, address] = await said(/(http:\S+)/);
    await said(/^Discord does not accept DISCORD_TOKEN\..*$/m);
    expect((await fetch(`${address}/livez`)).status).toBe(200);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
  });
});
