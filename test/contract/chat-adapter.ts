import { describe } from 'vitest';
import type { ChatParts } from '../../src/chat/parts.ts';
import { answersContract } from './chat-answers.ts';
import { askingContract } from './chat-asking.ts';
import { hurriedContract, runningContract } from './chat-running.ts';
import { useScene } from './chat-scene.ts';
import type { ChatHarness } from './harness.ts';

/** What every adapter of a chat platform does, whatever the platform. `start` starts it with its real SDK. */
export function chatAdapterContract(platform: string, start: (parts: ChatParts) => Promise<ChatHarness>): void {
  describe(`${platform}, as every chat`, () => {
    const scene = useScene(start);
    answersContract(scene);
    askingContract(scene);
    runningContract(scene);
  });

  describe(`${platform}, as every chat that has to stop at once`, () => {
    hurriedContract(useScene(start, { stopMilliseconds: 0 }));
  });
}
