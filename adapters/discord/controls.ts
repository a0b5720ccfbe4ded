import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { FollowUp } from '../../src/chat/follow-up.ts';
import { cut, LIMITS } from './limits.ts';

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What was used: a button, a choice, a page's arrow or a form, of which follow-up, and which of them. */
export interface Control {
  kind: 'button' | 'choice' | 'page' | 'form';
  followUp: string;
  index: number;
}

const KINDS = ['button', 'choice', 'page', 'form'] as const;

export function toCustomId({ kind, followUp, index }: Control): string {
  return `${kind}:${followUp}:${index}`;
}

/** @returns none where the id is not one of ours */
export function parseCustomId(customId: string): Control | undefined {
  const [, kindName, followUp, index] = /^(\w+):([\w-]+):(\d{1,4})$/.exec(customId) ?? [];
  const kind = KINDS.find((candidate) => candidate === kindName);
  return kind && followUp && index ? { kind, followUp, index: Number(index) } : undefined;
}

/** The rows below a message: arrows where the text has pages, then choices, then buttons. */
export function toRows(followUp: string | undefined, content: FollowUp, page: number): Row[] {
  if (followUp === undefined) return [];
  return [...arrows(followUp, content, page), ...choices(followUp, content), ...buttons(followUp, content)].slice(
    0,
    LIMITS.rows,
  );
}

function arrows(followUp: string, { pages }: FollowUp, page: number): Row[] {
  if (pages.length < 2) return [];
  const arrow = (label: string, to: number): APIButtonComponent[] =>
    pages[to] === undefined ? [] : [button(label, { kind: 'page', followUp, index: to })];
  const here = { ...button(`${page + 1} / ${pages.length}`, { kind: 'page', followUp, index: page }), disabled: true };
  return [row([...arrow('◀', page - 1), here, ...arrow('▶', page + 1)])];
}

function choices(followUp: string, content: FollowUp): Row[] {
  return content.choices.map(({ label, values }, index) =>
    row([
      {
        type: ComponentType.StringSelect,
        custom_id: toCustomId({ kind: 'choice', followUp, index }),
        placeholder: cut(label, LIMITS.placeholder),
        options: values
          .slice(0, LIMITS.selectOptions)
          .map(({ label, value }) => ({ label: cut(label, LIMITS.selectLabel), value })),
      },
    ]),
  );
}

function buttons(followUp: string, content: FollowUp): Row[] {
  const all = content.buttons.map(({ label }, index) => button(label, { kind: 'button', followUp, index }));
  const count = Math.ceil(all.length / LIMITS.buttonsInRow);
  return Array.from({ length: count }, (_, i) => row(all.slice(i * LIMITS.buttonsInRow).slice(0, LIMITS.buttonsInRow)));
}

function button(label: string, control: Control) {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: cut(label, LIMITS.buttonLabel),
    custom_id: toCustomId(control),
  } as const;
}

function row(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}
