import { expect, it } from 'vitest';
import type { ChatParts } from '../../src/chat/parts.ts';
import { openStage, partsOf } from './stage.ts';

/** An answer, and what was shown in its place until it was there. */
interface Told {
  text: string;
  progress: readonly string[];
}

interface Progressive {
  ask(command: string): Promise<Told>;
  close(): Promise<void>;
}

/** What those who wait are told, where a way in answers once and shows it as lines before. */
export function progressContract(name: string, start: (parts: ChatParts) => Promise<Progressive>): void {
  it(`${name} tells how far it is until the answer is there`, async () => {
    const adapter = await start(partsOf(await openStage()));
    const { text, progress } = await adapter.ask('march');
    expect(text).toBe('marched');
    expect(progress[0]).toBe('Working: 1 of 4 done');
    expect(await adapter.ask('echo')).toEqual({ text: 'said', progress: [] });
    await adapter.close();
  });
}
