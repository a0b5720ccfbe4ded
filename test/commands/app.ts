import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createApp } from '../../app.ts';
import { commands, descriptions } from '../../commands/index.ts';
import { findAction } from '../../src/chat/command.ts';
import { parseLine } from '../../src/chat/line.ts';
import type { ImageReference, Request } from '../../src/chat/request.ts';
import { readConfig } from '../../src/config.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** The whole app below the adapters, on a tiny random model and a store of its own, with what chats may ask or more. */
export async function startApp(
  model = `${FIXTURES}reference/clip-tiny`,
  known = { commands, descriptions },
  environment: Record<string, string> = {},
) {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'cliplens-app-'));
  const app = await createApp(
    readConfig({ CLIP_MODEL: model, DATA_DIR, ENCODER_THREADS: '1', ...environment }),
    pino({ level: 'silent' }),
    known.commands,
  );

  const toRequest = (line: string, images: readonly string[], rest: Partial<Request>): Request => ({
    ...parseLine(line, known.descriptions),
    images: images.map(fixtureImage),
    archives: [],
    actor: { id: 'ann', isManager: true, isOperator: true },
    channel: 'test:room',
    locale: 'en',
    ...rest,
  });

  /** Runs a line as it is typed, with image fixtures by name. */
  const run = async (line: string, images: readonly string[] = [], rest: Partial<Request> = {}) =>
    app.dispatch(toRequest(line, images, rest));

  /** Runs a line that must be answered. */
  const ask = async (...parameters: Parameters<typeof run>) => {
    const outcome = await run(...parameters);
    if (outcome.kind === 'error') throw new Error(`${outcome.code}: ${outcome.message}`);
    return outcome.reply;
  };

  /** How far a line said it was, until its answer was there. */
  const progressOf = async (line: string, rest: Partial<Request> = {}) => {
    const request = toRequest(line, [], rest);
    const told: { done: number; total: number }[] = [];
    const action = findAction(known.commands.get(request.command), request.subcommand);
    await action?.execute(request, app.services, (done, total) => told.push({ done, total }));
    return told;
  };
  return { run, ask, progressOf, complete: app.complete, model: app.services.model, close: () => app.services.close() };
}

function fixtureImage(name: string): ImageReference {
  const fetch = () => readFile(`${FIXTURES}images/${name}`);
  return { name, mediaType: 'application/octet-stream', size: 0, ref: name, fetch };
}
