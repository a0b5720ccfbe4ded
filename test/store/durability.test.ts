import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { LabelSets } from '../../src/store/label-sets.ts';

const KILLS = 50;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The writer in one file with the packages that it uses: it then starts in half of the time, and it is started often. */
async function buildWriter(): Promise<string> {
  const outfile = join(ROOT, 'node_modules/.cache/cliplens/whole-writer.mjs');
  await esbuild.build({
    ...{ entryPoints: [join(ROOT, 'test/store/writer.ts')], outfile, bundle: true, external: ['libsql'] },
    ...{ platform: 'node', format: 'esm', target: 'node20' },
  });
  await esbuild.stop();
  return outfile;
}

/** Starts a writer, kills it with SIGKILL after some acknowledgements, and returns the last one that came through. */
async function writeUntilKilled(
  writer: string,
  folder: string,
  start: number,
  acknowledgements: number,
): Promise<number> {
  const child = spawn(process.execPath, [writer, folder, String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let count = 0;
  let last = start - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    count += 1;
    if (count === acknowledgements) child.kill('SIGKILL');
  }
  await closed;
  return last;
}

it(`loses nothing that was acknowledged when the process is killed ${KILLS} times`, { timeout: 900_000 }, async () => {
  const writer = await buildWriter();
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-kill-'));
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const acknowledged = await writeUntilKilled(writer, folder, next, 1 + (kill % 7));
    const database = await openDatabase(folder);
    const [label = ''] = (await new LabelSets(database).current('channel'))?.labels ?? [];
    await database.destroy();
    // One write may have reached the disk without its acknowledgement reaching us.
    expect(Number(label.replace('label ', ''))).toBeGreaterThanOrEqual(acknowledged);
    next = acknowledged + 1;
  }
});
