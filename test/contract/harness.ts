import type { Answer } from '../../src/chat/answer.ts';
import type { Locale } from '../../src/chat/locale.ts';

/** What a person asks, in words that every way in can say in its own. */
export interface Ask {
  command: string;
  subcommand?: string;
  options?: Readonly<Record<string, string>>;
  /** Where an upload is a word, it is one that the platform does not deliver. */
  images?: readonly (Upload | Undelivered)[];
  archives?: readonly Upload[];
  by?: 'member' | 'manager';
  locale?: Locale;
}

export interface Upload {
  name: string;
  bytes: Uint8Array;
}

/** An image that is gone, and one that is a page which asks to log in. */
export type Undelivered = 'gone' | 'login-page';

/** An answer as the asker sees it. */
export interface Seen {
  /** As a reader reads it: the platform's escapes undone, covers taken off. */
  text: string;
  /** What in it the platform would take for a mention, a link or markup. */
  active: readonly string[];
  files: readonly { name: string; bytes: Uint8Array; alt: string; isCovered: boolean }[];
  /** What the buttons and choices are called, in order. */
  controls: readonly string[];
  isPrivate: boolean;
  /** Whether the text is covered until somebody wants to see it. */
  isCovered: boolean;
}

export interface Form {
  fields: readonly { label: string; value: string }[];
  /** Sends it with these values, by label. */
  fillIn(values: Readonly<Record<string, string>>): Exchange;
}

/** One thing asked, and all that came of it. */
export interface Exchange {
  /** Resolves once the platform was told that an answer is coming. */
  acknowledged(): Promise<void>;
  /** The answer as it is once all of it is there. */
  answer(): Promise<Seen>;
  /** The form that was opened. */
  form(): Promise<Form>;
  /** Every message that came of it and is there now. */
  soFar(): Seen[];
  /** Every message that came of it and is still there, once nothing more is under way. */
  everything(): Promise<Seen[]>;
  press(label: string, by?: 'member' | 'manager'): Exchange;
  choose(label: string, value: string): Exchange;
}

/** An adapter with its real SDK, and the platform's stand-in, driven as people drive it. */
export interface ChatHarness {
  ask(ask: Ask): Exchange;
  /** Does the platform's own thing on a message with images: a menu entry or a shortcut. */
  onMessage(title: string, images: readonly Upload[]): Exchange;
  /** Mentions the bot in a message with images or zips. */
  mention(text: string, images: readonly Upload[]): Exchange;
  /** Has it write into a channel where nobody asked, or into one that is gone. @returns all that is to be seen there */
  post(answer: Answer, where: 'here' | 'gone'): Promise<Seen[]>;
  /** Delivers the event once more, as platforms do. */
  redeliver(exchange: Exchange): void;
  /** Lets the platform forget the way back that the exchange came with. */
  expire(exchange: Exchange): void;
  /** Stops the adapter and starts another on the same store. */
  restart(): Promise<void>;
  /** Stops it for good; resolves when it has. */
  stop(): Promise<void>;
  /** What the adapter did that the platform's rules forbid. */
  violations(): readonly unknown[];
  close(): Promise<void>;
}
