import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { build } from '../../launch/build.mjs';
import { openDatabase } from '../../src/store/database.ts';
import { LabelSets } from '../../src/store/label-sets.ts';

const KILLS = 50;

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

it(`loses nothing that was acknowledged when the process is killed ${KILLS} times`, { timeout: 300_000 }, async () => {
  const writer = await build('test/store/writer.ts');
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
