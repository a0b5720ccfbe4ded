import { z } from 'zod';
import { type Block, blockSchema } from '../message.ts';
import { invalid } from '../refusal.ts';
import {
  accessory,
  actionElement,
  anyText,
  blockId,
  hasOneSource,
  image,
  imageElement,
  inputElement,
  plainText,
} from './elements.ts';

const section = z
  .strictObject({
    type: z.literal('section'),
    ...blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, { error: 'must have text or fields' });

const imageBlock = z
  .strictObject({ ...image, ...blockId, title: plainText(2000).optional() })
  .refine(hasOneSource, { error: 'must have one of image_url and slack_file' });

const input = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const block = z.discriminatedUnion('type', [
  section,
  imageBlock,
  input,
  z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({
    type: z.literal('context'),
    ...blockId,
    elements: z
      .array(z.union([imageElement, anyText(2000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('actions'), ...blockId, elements: z.array(actionElement).min(1).max(25) }),
  z.strictObject({ type: z.literal('markdown'), ...blockId, text: z.string().min(1).max(12_000) }),
  z.looseObject({ type: z.literal('rich_text'), ...blockId }),
]);

const LIMITS = { message: 50, modal: 100, home: 100 };
export type Surface = keyof typeof LIMITS;

/** Whether a file, by id or address, may already be shown in a block. */
export type IsShowable = (idOrUrl: string) => boolean;

/**
 * The blocks as Slack would take them.
 * @throws Refusal with `code`, and a message for each rule that is broken
 */
export function checkBlocks(raw: unknown, surface: Surface, code: string, isShowable: IsShowable): Block[] {
  const parsed = z.array(block).max(LIMITS[surface]).safeParse(raw);
  if (!parsed.success) throw invalid(code, parsed.error.issues.flatMap(messagesOf));
  const messages = [
    ...repeatedIds(parsed.data),
    ...parsed.data.flatMap((one) => unshowableFiles(one, isShowable)),
    ...(surface === 'message' && parsed.data.some(isFileInput) ? ['file_input is for modals'] : []),
  ];
  if (messages.length > 0) throw invalid(code, messages);
  return z.array(blockSchema).parse(raw);
}

type Known = z.infer<typeof block>;

function messagesOf(issue: z.core.$ZodIssue): string[] {
  return [`${issue.message} [json-pointer:/blocks/${issue.path.join('/')}]`];
}

function repeatedIds(blocks: readonly Known[]): string[] {
  const blockIds = blocks.flatMap((one) => one.block_id ?? []);
  const perBlock = blocks.map((one) =>
    one.type === 'actions' ? one.elements.flatMap(({ action_id }) => action_id ?? []) : [],
  );
  return [
    ...repeats(blockIds).map((id) => `block_id already exists: ${id}`),
    ...perBlock.flatMap((ids) => repeats(ids).map((id) => `action_id already exists: ${id}`)),
  ];
}

function repeats(ids: readonly string[]): string[] {
  return ids.filter((id, i) => ids.indexOf(id) < i);
}

function unshowableFiles(one: Known, isShowable: IsShowable): string[] {
  const images = [
    one.type === 'image' ? one : undefined,
    one.type === 'section' && one.accessory?.type === 'image' ? one.accessory : undefined,
    ...(one.type === 'context' ? one.elements.map((element) => (element.type === 'image' ? element : undefined)) : []),
  ];
  return images.flatMap((found) => {
    const file = found?.slack_file;
    if (!file) return [];
    return isShowable('id' in file ? file.id : file.url) ? [] : ['invalid slack file'];
  });
}

function isFileInput(one: Known): boolean {
  return one.type === 'input' && one.element.type === 'file_input';
}
