import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ActionDescription } from '../../src/chat/describe.ts';
import type { Locale } from '../../src/chat/locale.ts';
import type { OptionDescription } from '../../src/chat/options.ts';
import { cut, LIMITS } from './limits.ts';
import type { SlackFile, submissionSchema } from './payloads.ts';
import { slackTexts } from './texts.ts';

/** How every form of ours is called. */
export const FORM = 'form';

/** The blocks that ask for files. */
const FILES = ['images', 'archives'] as const;
const OPTION = 'option:';
/** Of the one thing in each block. */
const INPUT = 'input';

/** What a form is for, and where its answer goes: Slack gives it back with what was entered. */
const purposeSchema = z.object({
  place: z.object({ channel: z.string(), thread: z.string().optional(), within: z.string().optional() }),
  run: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('button'), followUp: z.string(), index: z.number() }),
    z.object({ kind: z.literal('command'), command: z.string(), subcommand: z.string().optional() }),
  ]),
});
export type Purpose = z.infer<typeof purposeSchema>;

interface Content {
  title: string;
  purpose: Purpose;
  /** Asked for in this order. */
  options: readonly OptionDescription[];
  /** What stands in the fields, by option. */
  values: Readonly<Record<string, string>>;
  /** How many files of which kind it takes, where it asks for them. */
  files?: Pick<ActionDescription, (typeof FILES)[number]> | undefined;
  locale: Locale;
}

/** A form that asks for options, and for files where a command is begun with it. */
export function toForm({ title, purpose, options, values, files, locale }: Content): types.ModalView {
  const texts = slackTexts[locale];
  const fileFields = FILES.flatMap((kind) =>
    files && files[kind].max > 0 ? [fileField(kind, files[kind], locale)] : [],
  );
  const fields = options.map((option) => field(option, values[option.name], locale));
  return {
    type: 'modal',
    callback_id: FORM,
    title: plain(cut(title, LIMITS.modalTitle)),
    submit: plain(texts.send),
    close: plain(texts.cancel),
    private_metadata: JSON.stringify(purpose),
    blocks: [...fileFields, ...fields],
  };
}

/** What was entered into a form, and what that was for. */
export function readForm({ view }: z.infer<typeof submissionSchema>): {
  purpose: Purpose;
  options: Record<string, string>;
  files: readonly SlackFile[];
} {
  const options: Record<string, string> = {};
  for (const [block, { [INPUT]: input }] of Object.entries(view.state.values)) {
    const value = input?.selected_option?.value ?? input?.value?.trim();
    if (block.startsWith(OPTION) && value) options[block.slice(OPTION.length)] = value;
  }
  const purpose = purposeSchema.parse(JSON.parse(view.private_metadata));
  return { purpose, options, files: FILES.flatMap((kind) => view.state.values[kind]?.[INPUT]?.files ?? []) };
}

function field(option: OptionDescription, value: string | undefined, locale: Locale): types.InputBlock {
  const { name, korean, description, required, suggestions } = option;
  const suggested = suggestions.length > 0 ? [slackTexts[locale].suggested(suggestions)] : [];
  return {
    type: 'input',
    block_id: `${OPTION}${name}`,
    optional: !required,
    label: plain(locale === 'ko' ? korean : name),
    hint: plain(cut([description[locale], ...suggested].join('. '), LIMITS.inputHint)),
    element: option.kind === 'choice' ? menu(option.choices, value) : textField(option, value),
  };
}

function textField({ main }: OptionDescription, value = ''): types.PlainTextInput {
  // Half of a list would be taken for all of it: what is too long is typed anew.
  const initial = value !== '' && value.length <= LIMITS.inputText ? { initial_value: value } : {};
  return { type: 'plain_text_input', action_id: INPUT, multiline: main, max_length: LIMITS.inputText, ...initial };
}

function menu(choices: readonly string[], value: string | undefined): types.StaticSelect {
  const options = choices.map((choice) => ({ text: plain(choice), value: choice }));
  const initial = options.find((one) => one.value === value);
  return { type: 'static_select', action_id: INPUT, options, ...(initial && { initial_option: initial }) };
}

function fileField(
  kind: (typeof FILES)[number],
  { min, max }: ActionDescription['images'],
  locale: Locale,
): types.InputBlock {
  const texts = slackTexts[locale];
  const count = Math.min(max, LIMITS.fileInput);
  return {
    type: 'input',
    block_id: kind,
    optional: min === 0,
    label: plain(texts[kind]),
    hint: plain(texts[`${kind}Hint`](count)),
    element: {
      type: 'file_input',
      action_id: INPUT,
      max_files: count,
      ...(kind === 'archives' && { filetypes: ['zip'] }),
    },
  };
}

function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}
