import type { Logger } from 'pino';
import type { Answer } from './answer.ts';
import type { Complete } from './completion.ts';
import type { CommandDescription } from './describe.ts';
import type { Dispatch } from './dispatch.ts';
import type { FollowUpBook } from './follow-up.ts';
import type { Locale } from './locale.ts';

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

/** An answer that nobody is waiting for, such as that of a schedule, and the channel for it, as in `Request.channel`. */
export interface Posting {
  channel: string;
  answer: Answer;
  locale: Locale;
}

/** There is no such channel, or it is closed to the bot: trying again is of no use. */
export class ChannelGone extends Error {
  constructor(channel: string, options?: ErrorOptions) {
    super(`nothing can be posted in ${channel}`, options);
    this.name = 'ChannelGone';
  }
}

/** An adapter that runs. */
export interface RunningChat {
  /**
   * Shows an answer to everybody in a channel.
   * @throws ChannelGone; any other error where it may be tried again
   */
  post(posting: Posting): Promise<void>;
  /** Whether it is connected and takes requests. */
  isReady(): boolean;
  /** Takes no more requests, lets those under way end or tells them off, and disconnects. */
  stop(): Promise<void>;
}
