import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { Capacity } from '../../src/chat/capacity.ts';
import { createComplete } from '../../src/chat/completion.ts';
import { Cooldowns } from '../../src/chat/cooldowns.ts';
import { describeCommand } from '../../src/chat/describe.ts';
import { createDispatch } from '../../src/chat/dispatch.ts';
import { FollowUpBook } from '../../src/chat/follow-up.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import { contractCommands, type Stage } from './commands.ts';
import type { Upload } from './harness.ts';

export async function openStage(): Promise<Stage> {
  return { requests: [], received: [], gate: Promise.resolve(), picture: await fixture('rgba.png') };
}

/** A zip as somebody sends it: nothing looks into it. */
export const PHOTOS: Upload = { name: '사진.zip', bytes: Buffer.from('PK\x05\x06 as it is') };

/** An image fixture under a name of its own. */
export async function upload(name: string, fixtureName: string): Promise<Upload> {
  return { name, bytes: await fixture(fixtureName) };
}

function fixture(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../fixtures/images/${name}`, import.meta.url));
}

/** What an adapter is given: the contract's commands behind the real dispatch. A stop waits for all that will ever end. */
export function partsOf(stage: Stage, log = pino({ level: 'silent' })): ChatParts {
  const commands = contractCommands(stage);
  const bodies = new Map<string, string>();
  const shelf = {
    keep: async (body: string) => {
      const id = `${'0'.repeat(31)}-${bodies.size}`;
      bodies.set(id, body);
      return id;
    },
    find: async (id: string) => bodies.get(id),
  };
  return {
    commands: [...commands.values()].map(describeCommand),
    dispatch: createDispatch({
      ...{ commands, services: null, capacity: new Capacity(50), cooldowns: new Cooldowns(), log },
      progressPace: { first: 0, every: 0, last: 3000 },
    }),
    complete: createComplete(commands, null),
    followUps: new FollowUpBook(shelf),
    log,
    stopMilliseconds: 120_000,
  };
}
