import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/database.ts';

/** A store of its own. */
export async function memory() {
  return openDatabase(await mkdtemp(join(tmpdir(), 'cliplens-slack-')));
}
