import { z } from 'zod';
import type { Backend } from '../backend.ts';
import type { Block } from '../message.ts';
import { Refusal } from '../refusal.ts';
import { checkBlocks } from './blocks.ts';

const LONGEST = 40_000;

/** Of a form, where everything that is not a string is JSON. */
export const json = <T extends z.ZodType>(schema: T) => z.preprocess(parsedIfText, schema);
export const flag = z.preprocess((value) => value === true || value === 'true' || value === '1', z.boolean());

/** What a message says, as all that post one take it. */
export const contentSchema = {
  text: z.coerce.string().optional(),
  blocks: json(z.unknown()).optional(),
  attachments: json(z.array(z.unknown())).optional(),
};

interface Content {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown[] | undefined;
}

/**
 * Text and blocks of a message as Slack would take them.
 * @throws Refusal where a rule is broken
 */
export function checkContent(backend: Backend, content: Content, where: string): { text: string; blocks: Block[] } {
  const { text = '', attachments = [] } = content;
  const hasBlocks = content.blocks !== undefined && content.blocks !== null;
  const blocks = hasBlocks ? checkBlocks(content.blocks, 'message', 'invalid_blocks', backend.isShowable) : [];
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new Refusal('no_text');
  if (text.length > LONGEST) throw new Refusal('msg_too_long', `${text.length} characters`);
  // Slack takes it, but notifications and screen readers then have nothing to say.
  if (text === '' && blocks.length > 0) backend.violate({ rule: 'missing_text', where, detail: 'blocks without text' });
  return { text, blocks: backend.withIds(blocks) };
}

function parsedIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
