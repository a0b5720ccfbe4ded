import type { Logger } from 'pino';
import type { Complete } from './completion.ts';
import type { CommandDescription } from './describe.ts';
import type { Dispatch } from './dispatch.ts';
import type { FollowUpBook } from './follow-up.ts';

/** What the adapter of a chat platform is given. */
export interface ChatParts {
  commands: readonly CommandDescription[];
  dispatch: Dispatch;
  complete: Complete;
  followUps: FollowUpBook;
  log: Logger;
  /** How long a stop waits for what is under way before it is told off. */
  stopMilliseconds: number;
}

/** An adapter that runs. */
export interface RunningChat {
  /** Whether it is connected and takes requests. */
  isReady(): boolean;
  /** Takes no more requests, lets those under way end or tells them off, and disconnects. */
  stop(): Promise<void>;
}
