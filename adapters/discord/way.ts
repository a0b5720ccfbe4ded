import type { Defer, Tell } from '../../src/chat/dispatch.ts';
import type { Locale } from '../../src/chat/locale.ts';
import type { Visibility } from '../../src/chat/reply.ts';
import type { Message } from './message.ts';

/** The way back to somebody who asked. */
export interface WayBack {
  readonly locale: Locale;
  /** Bytes that one file of the answer may have. */
  readonly fileLimit: number;
  readonly defer: Defer;
  readonly tell: Tell;
  /** @throws what discord.js throws where no way is left */
  send(message: Message, visibility: Visibility): Promise<void>;
}
