import { afterEach, beforeEach, expect } from 'vitest';
import type { ChatParts } from '../../src/chat/parts.ts';
import { closedGate } from '../gate.ts';
import type { Stage } from './commands.ts';
import type { Ask, ChatHarness, Exchange, Seen, Upload } from './harness.ts';
import { openStage, partsOf, upload } from './stage.ts';

/** What each test of a chat's adapter starts from. */
export interface Scene {
  /** The adapter, started for this test. */
  readonly chat: ChatHarness;
  readonly stage: Stage;
  readonly cat: Upload;
  readonly dog: Upload;
  look(rest?: Partial<Ask>): Exchange;
  /** Lets `/look` and `/march` wait until `open`. */
  closeGate(): void;
  open(): void;
}

/**
 * Sets the scene before each of the tests around it, and sees afterwards that the adapter broke none of its platform's rules.
 * @param rest in place of what an adapter is given else
 */
export function useScene(start: (parts: ChatParts) => Promise<ChatHarness>, rest: Partial<ChatParts> = {}): Scene {
  let chat: ChatHarness;
  let stage: Stage;
  let cat: Upload;
  let dog: Upload;
  let open = () => {};

  beforeEach(async () => {
    cat = await upload('cat.png', 'wide.png');
    dog = await upload('dog.jpg', 'upright.jpg');
    stage = await openStage();
    chat = await start({ ...partsOf(stage), ...rest });
  });
  afterEach(async () => {
    expect(chat.violations()).toEqual([]);
    await chat.close();
  });

  return {
    get chat() {
      return chat;
    },
    get stage() {
      return stage;
    },
    get cat() {
      return cat;
    },
    get dog() {
      return dog;
    },
    look: (rest = {}) => chat.ask({ command: 'look', options: { labels: 'cat' }, images: [cat], ...rest }),
    closeGate() {
      const gate = closedGate();
      stage.gate = gate.opened;
      open = gate.open;
    },
    open: () => open(),
  };
}

/** The one message that is the answer. */
export async function only(exchange: Exchange): Promise<Seen> {
  await exchange.answer();
  const all = await exchange.everything();
  expect(all).toHaveLength(1);
  const [seen] = all;
  if (!seen) throw new Error('nothing was answered');
  return seen;
}
