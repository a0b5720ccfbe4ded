import { z } from 'zod';
import type { Backend } from './backend.ts';
import type { Exchange } from './exchange.ts';
import { fileJson, type UserFile } from './file.ts';
import { type Element, type Interactive, interactives, optionOf } from './interactive.ts';
import type { Block } from './message.ts';
import type { Json } from './payloads.ts';
import { Refusal } from './refusal.ts';
import { checkView } from './rules/views.ts';
import type { View } from './view.ts';

/** What a person enters: text, an option, several, or files. */
export type Entry = string | readonly string[] | readonly UserFile[];

interface State {
  readonly values: Record<string, Json>;
  /** Labels of inputs without which Slack lets nobody submit. */
  readonly missing: string[];
}

const STATELESS = ['button', 'overflow', 'image'];

/**
 * The state of all that can be filled in, as Slack would send it: by block, then by action.
 * @param entries by action_id, block_id or label; what is left out keeps its initial value
 * @throws Error where there is no such input
 */
export function stateOf(
  backend: Backend,
  blocks: readonly Block[],
  entries: Record<string, Entry>,
  exchange: Exchange,
): State {
  const inputs = interactives(blocks).filter(({ element }) => !STATELESS.includes(element.type));
  const isNamed = (input: Interactive, name: string) => [input.actionId, input.blockId, input.label].includes(name);
  const lost = Object.keys(entries).filter((name) => !inputs.some((input) => isNamed(input, name)));
  if (lost.length > 0) throw new Error(`there is no input called ${lost.join(', ')}`);
  const state: State = { values: {}, missing: [] };
  for (const input of inputs) {
    const name = Object.keys(entries).find((one) => isNamed(input, one));
    const value = entered(backend, input.element, name === undefined ? undefined : entries[name], exchange);
    const isEmpty = Object.values(value).every((one) => one === null || (Array.isArray(one) && one.length === 0));
    if (isEmpty && input.label !== undefined && !input.isOptional) state.missing.push(input.label);
    const others = state.values[input.blockId];
    state.values[input.blockId] = { ...others, [input.actionId]: { type: input.element.type, ...value } };
  }
  return state;
}

function entered(backend: Backend, element: Element, entry: Entry | undefined, exchange: Exchange): Json {
  const text = typeof entry === 'string' ? entry : undefined;
  const list = Array.isArray(entry) ? entry : text === undefined ? undefined : [text];
  const texts = list?.filter((one) => typeof one === 'string');
  switch (element.type) {
    case 'plain_text_input':
      return { value: (text ?? element.initial_value) || null };
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: text === undefined ? (element.initial_option ?? null) : optionOf(element, text) };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: texts?.map((one) => optionOf(element, one)) ?? element.initial_options ?? [] };
    case 'conversations_select':
      return { selected_conversation: text ?? element.initial_conversation ?? null };
    case 'channels_select':
      return { selected_channel: text ?? element.initial_channel ?? null };
    case 'users_select':
      return { selected_user: text ?? element.initial_user ?? null };
    case 'file_input':
      return { files: filesOf(backend, element, list?.filter((one) => typeof one !== 'string') ?? [], exchange) };
    default:
      throw new Error(`the stand-in cannot fill in ${element.type}`);
  }
}

function filesOf(
  backend: Backend,
  element: Element,
  files: readonly UserFile[],

  exchange: Exchange,
): Json[] {
  const { max_files: most = 10, filetypes } = element;
  if (files.length > most) throw new Error(`Slack takes ${most} files, not ${files.length}`);
  return files.map((file) => {
    const type = file.name.split('.').at(-1)?.toLowerCase() ?? '';
    if (filetypes && !filetypes.includes(type))
      throw new Error(`Slack takes ${filetypes.join(', ')}, not ${file.name}`);
    const stored = backend.files.share(file, exchange.by);
    stored.isHandedOver = true;
    backend.files.ownedBy(exchange, stored);
    return fileJson(stored, backend.origin);
  });
}

const response = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

/** Does with a submitted view what the acknowledgement says: no body closes it. */
export function afterSubmission(backend: Backend, view: View, exchange: Exchange, body: unknown): void {
  const wrong = (rule: string, detail: string) => backend.violate({ rule, where: 'acknowledgement', detail }, exchange);
  if (body === undefined || body === '') {
    view.isOpen = false;
    return;
  }
  const { data } = response.safeParse(body);
  if (!data) {
    wrong('invalid_response_action', JSON.stringify(body));
  } else if (data.response_action === 'errors') {
    exchange.errors = data.errors;
    const blocks = view.content.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
    const lost = Object.keys(data.errors).filter((id) => !blocks.includes(id));
    if (lost.length > 0) wrong('invalid_response_action', `no input block is called ${lost.join(', ')}`);
  } else if (data.response_action === 'clear') {
    for (let one: View | undefined = view; one; one = one.previous) one.isOpen = false;
  } else {
    try {
      const content = checkView(data.view, 'modal', backend.isShowable);
      content.blocks = backend.withIds(content.blocks);
      if (data.response_action === 'update') backend.views.update(view, content, exchange);
      else backend.views.open(content, view.person, exchange, view);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      wrong(refusal.code, refusal.message);
    }
  }
}
