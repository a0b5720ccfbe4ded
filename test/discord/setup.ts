import { onTestFinished } from 'vitest';
import type { ChatParts } from '../../src/chat/parts.ts';
import type { Stage } from '../contract/commands.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { type DiscordHarness, startHarness } from './harness.ts';

/** The adapter for one test, with the contract's commands. */
export async function start(
  rest: Partial<ChatParts> = {},
  onStage: (stage: Stage) => void = () => {},
): Promise<DiscordHarness & { stage: Stage }> {
  const stage = await openStage();
  onStage(stage);
  const harness = await startHarness({ ...partsOf(stage), ...rest });
  onTestFinished(() => harness.close());
  return { ...harness, stage };
}
