import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import type { StoredFile } from './file.ts';
import type { Channel } from './world.ts';

export const blockSchema = z.looseObject({ type: z.string(), block_id: z.string().optional() });
/** A block as the app sent it, with ids where it left them out. */
export type Block = z.infer<typeof blockSchema>;

/** A message that people can see, or could until it was deleted. */
export interface Message {
  readonly channel: Channel;
  readonly ts: string;
  readonly threadTs: string | undefined;
  /** The id of a person, or of the app's user. */
  readonly author: string;
  /** How it got there: a Web API method, `response_url`, `acknowledgement` or `person`. */
  readonly via: string;
  /** The only one who sees it, where it is ephemeral. */
  readonly visibleTo: string | undefined;
  readonly files: StoredFile[];
  readonly exchange: Exchange | undefined;
  /** What it said before each edit. */
  readonly edits: { text: string; blocks: Block[] }[];
  readonly reactions: string[];
  text: string;
  blocks: Block[];
  deleted: boolean;
}
