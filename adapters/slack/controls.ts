import type { types } from '@slack/bolt';
import type { FollowUp } from '../../src/chat/follow-up.ts';
import { cut, LIMITS } from './limits.ts';
import type { Place } from './place.ts';

/** Where an answer belongs, when it is shown elsewhere: privately, or in the home tab. */
export type Origin = Pick<Place, 'channel' | 'thread'>;

/** What was used: a button, a menu or a page's arrow, of which follow-up, and which of them. */
export interface Control {
  kind: 'button' | 'choice' | 'page';
  followUp: string;
  index: number;
  origin: Origin | undefined;
}

const KINDS = ['button', 'choice', 'page'] as const;

/** Every block below an answer is called so, whatever is in it. */
export const CONTROLS = /^follow\//;

/** A control's block tells the follow-up, its action which of them: a menu has no value to tell more. */
export function parseControl(blockId: string, actionId: string): Control | undefined {
  const [, followUp = '', channel = '', thread = ''] =
    /^follow\/([\w-]+)\/\d+\/\d+\/(\w*)\/([\d.]*)$/.exec(blockId) ?? [];
  const [, kindName, index] = /^(\w+):(\d{1,4})$/.exec(actionId) ?? [];
  const kind = KINDS.find((candidate) => candidate === kindName);
  if (!kind || followUp === '') return undefined;
  const origin = channel === '' ? undefined : { channel, thread: thread === '' ? undefined : thread };
  return { kind, followUp, index: Number(index), origin };
}

/** What stands below a message: menus, buttons, then arrows where the text has pages. */
export function toControls(
  followUp: string | undefined,
  { buttons, choices, pages }: FollowUp,
  { page = 0, origin }: { page?: number; origin?: Origin | undefined } = {},
): types.KnownBlock[] {
  if (followUp === undefined) return [];
  const elements: types.ActionsBlockElement[] = [
    ...choices.flatMap(({ label, values }, index) => menu(`choice:${index}`, label, values)),
    ...buttons.map(({ label }, index) => button(`button:${index}`, label)),
    ...[
      { label: '◀', to: page - 1 },
      { label: '▶', to: page + 1 },
    ].flatMap(({ label, to }) => (pages[to] === undefined ? [] : [button(`page:${to}`, label)])),
  ];
  const place = `${origin?.channel ?? ''}/${origin?.thread ?? ''}`;
  const rows = Array.from({ length: Math.ceil(elements.length / LIMITS.actions) }, (_, row) => ({
    type: 'actions' as const,
    // A message that is changed gets blocks with new names, or Slack keeps what was chosen in the old ones.
    block_id: `follow/${followUp}/${page}/${row}/${place}`,
    elements: elements.slice(row * LIMITS.actions, (row + 1) * LIMITS.actions),
  }));
  return pages.length < 2 ? rows : [...rows, pageNumber(page, pages.length)];
}

/** What Slack gives back once it is chosen. */
export function optionValue(value: string): string {
  return cut(value, LIMITS.optionValue);
}

function button(action_id: string, label: string): types.Button {
  return { type: 'button', action_id, text: { type: 'plain_text', text: cut(label, LIMITS.buttonText), emoji: false } };
}

function menu(
  action_id: string,
  label: string,
  values: readonly { label: string; value: string }[],
): types.StaticSelect[] {
  const options = values.slice(0, LIMITS.options).map((value) => ({
    text: { type: 'plain_text' as const, text: cut(value.label, LIMITS.optionText), emoji: false },
    value: optionValue(value.value),
  }));
  const placeholder = { type: 'plain_text' as const, text: cut(label, LIMITS.placeholder), emoji: false };
  return options.length === 0 ? [] : [{ type: 'static_select', action_id, placeholder, options }];
}

function pageNumber(page: number, count: number): types.KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: `${page + 1} / ${count}`, emoji: false }] };
}
