import { z } from 'zod';

const ID = 255;

export const plainText = (most: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.boolean().optional(),
  });

const markdown = (most: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(most),
    verbatim: z.boolean().optional(),
  });

export const anyText = (most: number) => z.discriminatedUnion('type', [plainText(most), markdown(most)]);

export const blockId = { block_id: z.string().max(ID).optional() };
const actionId = { action_id: z.string().min(1).max(ID).optional() };

const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const option = z.strictObject({
  text: anyText(75),
  value: z.string().min(1).max(150),
  description: anyText(75).optional(),
  url: z.string().max(3000).optional(),
});

const common = { ...actionId, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };

const options = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z
    .array(z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) }))
    .min(1)
    .max(100)
    .optional(),
};

const file = z.union([z.strictObject({ id: z.string() }), z.strictObject({ url: z.string() })]);

/** An image's own fields, in a block as in an element. Its `alt_text` may be empty but not missing. */
export const image = {
  type: z.literal('image'),
  alt_text: z.string().max(2000),
  image_url: z.string().min(1).max(3000).optional(),
  slack_file: file.optional(),
};

export const imageElement = z
  .strictObject(image)
  .refine(hasOneSource, { error: 'must have one of image_url and slack_file' });

export function hasOneSource({ image_url, slack_file }: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image_url === undefined) !== (slack_file === undefined);
}

const button = z.strictObject({
  type: z.literal('button'),
  ...common,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});

const select = z
  .strictObject({
    type: z.literal('static_select'),
    ...common,
    ...placeholder,
    ...options,
    initial_option: option.optional(),
  })
  .refine(hasOptions, { error: 'must have one of options and option_groups' });

const multiSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...common,
    ...placeholder,
    ...options,
    initial_options: z.array(option).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(hasOptions, { error: 'must have one of options and option_groups' });

function hasOptions(element: { options?: unknown; option_groups?: unknown }): boolean {
  return (element.options === undefined) !== (element.option_groups === undefined);
}

const conversations = z.strictObject({
  type: z.enum(['conversations_select', 'channels_select', 'users_select']),
  ...common,
  ...placeholder,
  initial_conversation: z.string().optional(),
  initial_channel: z.string().optional(),
  initial_user: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
});

const choices = z.strictObject({
  type: z.enum(['radio_buttons', 'checkboxes']),
  ...common,
  options: z.array(option).min(1).max(10),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...common,
  options: z.array(option).min(1).max(5),
});

const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...actionId,
  ...placeholder,
  focus_on_load: z.boolean().optional(),
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  dispatch_action_config: z.looseObject({}).optional(),
});

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  ...actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

const pressable = [button, select, multiSelect, conversations, choices, overflow] as const;

/** What may stand in an actions block. */
export const actionElement = z.discriminatedUnion('type', pressable);
/** What may stand beside a section. */
export const accessory = z.discriminatedUnion('type', [...pressable, imageElement]);
/** What may stand in an input block. */
export const inputElement = z.discriminatedUnion('type', [
  select,
  multiSelect,
  conversations,
  choices,
  textInput,
  fileInput,
]);
