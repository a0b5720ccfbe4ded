import { onTestFinished } from 'vitest';
import type { ChatParts } from '../../src/chat/parts.ts';
import type { SlackTransport } from '../../src/slack-config.ts';
import type { Stage } from '../contract/commands.ts';
import { openStage, partsOf, upload } from '../contract/stage.ts';
import { type SlackHarness, startHarness } from './harness.ts';

/** The adapter for one test, with the contract's commands. */
export async function start(
  kind: SlackTransport['kind'] = 'socket',
  change: (parts: ChatParts) => ChatParts = (parts) => parts,
): Promise<SlackHarness & { stage: Stage }> {
  const stage = await openStage();
  const harness = await startHarness(change(partsOf(stage)), kind);
  onTestFinished(() => harness.close());
  return { ...harness, stage };
}

export const CAT = await upload('cat.png', 'wide.png');
