import { z } from 'zod';
import { invalid, Refusal } from '../refusal.ts';
import type { ViewContent } from '../view.ts';
import { checkBlocks, type IsShowable } from './blocks.ts';
import { plainText } from './elements.ts';

const LARGEST = 250_000;

const shared = {
  blocks: z.unknown(),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
  ...shared,
});

const home = z.strictObject({ type: z.literal('home'), ...shared });

/**
 * The view as Slack would take it.
 * @throws Refusal where a rule is broken
 */
export function checkView(raw: unknown, type: 'modal' | 'home', isShowable: IsShowable): ViewContent {
  if (JSON.stringify(raw).length > LARGEST) throw new Refusal('view_too_large');
  const parsed = (type === 'modal' ? modal : home).safeParse(raw);
  if (!parsed.success) {
    const { issues } = parsed.error;
    throw invalid(
      'invalid_arguments',
      issues.map(({ message, path }) => `${message} [json-pointer:/view/${path.join('/')}]`),
    );
  }
  const content = parsed.data;
  const blocks = checkBlocks(content.blocks, type, 'invalid_arguments', isShowable);
  const hasInput = blocks.some((block) => block.type === 'input');
  if (content.type === 'modal' && hasInput && !content.submit) {
    throw invalid('invalid_arguments', ['missing required field: submit [json-pointer:/view]']);
  }
  return { ...content, blocks };
}
