import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createApp } from '../../app.ts';
import { readConfig } from '../../src/config.ts';

export const DAY = 24 * 60 * 60 * 1000;
export const log = pino({ level: 'silent' });
export const newFolder = () => mkdtemp(join(tmpdir(), 'cliplens-audits-'));

/** A process's app on a folder, with the variables of its chats. */
export async function start(folder: string, variables: Record<string, string> = {}) {
  const CLIP_MODEL = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
  const config = readConfig({ CLIP_MODEL, DATA_DIR: folder, ENCODER_THREADS: '1', ...variables });
  const app = await createApp(config, log);
  return { app, config, schedules: app.services.schedules, close: () => app.services.close() };
}
