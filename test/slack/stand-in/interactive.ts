import { z } from 'zod';
import { type Block, blockSchema } from './message.ts';

const text = z.looseObject({ text: z.string() });
const option = z.looseObject({ text, value: z.string() });

const elementSchema = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  text: z.union([text, z.string()]).optional(),
  value: z.string().optional(),
  options: z.array(option).optional(),
  option_groups: z.array(z.looseObject({ options: z.array(option) })).optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  initial_value: z.string().optional(),
  initial_conversation: z.string().optional(),
  initial_channel: z.string().optional(),
  initial_user: z.string().optional(),
  max_files: z.number().optional(),
  filetypes: z.array(z.string()).optional(),
  placeholder: text.optional(),
});
export type Element = z.infer<typeof elementSchema>;
export type Option = z.infer<typeof option>;

const holderSchema = z.looseObject({
  type: z.string(),
  block_id: z.string(),
  label: text.optional(),
  optional: z.boolean().optional(),
  elements: z.array(elementSchema).optional(),
  accessory: elementSchema.optional(),
  element: elementSchema.optional(),
});

/** Something a person can use, with the block it stands in. */
export interface Interactive {
  readonly blockId: string;
  readonly actionId: string;
  /** Of an input block. */
  readonly label: string | undefined;
  readonly isOptional: boolean;
  readonly element: Element;
}

const HOLDERS = ['actions', 'section', 'input'];

export function interactives(blocks: readonly Block[]): Interactive[] {
  return blocks
    .filter(({ type }) => HOLDERS.includes(type))
    .flatMap((block) => {
      const { block_id: blockId, label, optional, elements = [], accessory, element } = holderSchema.parse(block);
      return [...elements, accessory, element].flatMap((one) => {
        if (one?.action_id === undefined) return [];
        return [{ blockId, actionId: one.action_id, label: label?.text, isOptional: optional === true, element: one }];
      });
    });
}

/**
 * What `which` names: an action_id, a text or a value, a placeholder, or an input's label.
 * @throws Error where nobody could find it
 */
export function interactive(blocks: readonly Block[], which: string): Interactive {
  const all = interactives(blocks);
  const found = all.find((one) => namesOf(one).includes(which));
  if (found) return found;
  throw new Error(
    `nothing is called ${which}; there is ${all.map((one) => namesOf(one).join('/')).join(', ') || 'nothing'}`,
  );
}

export function labelOf(element: Element): string | undefined {
  return typeof element.text === 'string' ? element.text : element.text?.text;
}

/** @throws Error where there is no such option */
export function optionOf(element: Element, which: string): Option {
  const all = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
  const found = all.find((one) => one.value === which || one.text.text === which);
  if (found) return found;
  throw new Error(`no option is called ${which}; there is ${all.map((one) => one.text.text).join(', ')}`);
}

/** Gives ids to blocks and to what can be used in them, where the app gave none. */
export function fillIds(blocks: readonly Block[], next: () => string): Block[] {
  return blocks.map((block) => {
    const withId = { ...block, block_id: block.block_id ?? next() };
    if (!HOLDERS.includes(block.type)) return withId;
    const { elements, accessory, element } = holderSchema.parse(withId);
    const filled = (one: Element): Element => ({ ...one, action_id: one.action_id ?? next() });
    return blockSchema.parse({
      ...withId,
      ...(elements ? { elements: elements.map(filled) } : {}),
      ...(accessory ? { accessory: accessory.type === 'image' ? accessory : filled(accessory) } : {}),
      ...(element ? { element: filled(element) } : {}),
    });
  });
}

function namesOf({ actionId, label, element }: Interactive): string[] {
  const names = [actionId, label, labelOf(element), element.value, element.placeholder?.text];
  return names.filter((name) => name !== undefined);
}
