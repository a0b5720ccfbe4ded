import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const PATIENCE = 60_000;
const POLL = 20;

/** Cliplens as people start it, with the demo model where nothing else is said: `npm start`, in a group of processes of its own. */
export class Server {
  readonly #npm: ChildProcessByStdio<null, Readable, null>;
  readonly #address: Promise<string>;

  /** @param more variables, as in `CLIP_MODEL=demo` */
  constructor(dataFolder: string, more: readonly string[] = []) {
    // env(1) adds to the environment, which only src/config.ts reads.
    const settings = [
      'CLIP_MODEL=demo',
      'WEB_HOST=127.0.0.1',
      'WEB_PORT=0',
      `DATA_DIR=${dataFolder}`,
      'LOG_LEVEL=error',
      ...more,
    ];
    this.#npm = spawn('env', [...settings, 'npm', 'start'], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    this.#address = addressIn(this.#npm.stdout);
  }

  /** Resolves when `/readyz` answers 200. */
  async ready(): Promise<void> {
    const url = `${await this.#address}/readyz`;
    const end = performance.now() + PATIENCE;
    while (!(await fetch(url)).ok) {
      if (performance.now() > end) throw new Error(`the server is not ready after ${PATIENCE / 1000} s`);
      await sleep(POLL);
    }
  }

  async classify(photo: Uint8Array, labels: readonly string[]): Promise<void> {
    const form = new FormData();
    form.set('command', 'classify');
    form.set('labels', labels.join(', '));
    form.set('image', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg');
    const response = await fetch(`${await this.#address}/api/commands`, { method: 'POST', body: form });
    if (!response.ok) throw new Error(`/api/commands answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }

  /** Megabytes resident in all processes that npm started, without npm itself. */
  async memory(): Promise<number> {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
    const processes = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    const kilobytesBelow = (parent: number): number =>
      processes
        .filter(([, ppid]) => ppid === parent)
        .reduce((sum, [pid = 0, , resident = 0]) => sum + resident + kilobytesBelow(pid), 0);
    return (kilobytesBelow(this.#npm.pid ?? 0) * 1024) / 1e6;
  }

  async stop(): Promise<void> {
    if (this.#npm.pid === undefined || this.#npm.exitCode !== null) return;
    const exit = once(this.#npm, 'exit');
    process.kill(-this.#npm.pid, 'SIGTERM');
    await exit;
  }
}

function addressIn(output: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', (chunk) => {
      text += String(chunk);
      const address = text.match(/(http:\/\/\S+)\s/)?.[1];
      if (address) resolve(address);
    });
    output.on('end', () => reject(new Error(`the server ended without an address: ${text}`)));
  });
}
