import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { ActionDescription, CommandDescription } from '../src/chat/describe.ts';
import type { Locale } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';

const ENDING: Record<Locale, string> = {
  en: 'Try it: add an image and type /classify cat, dog',
  ko: '해 보기: 이미지를 붙이고 /classify 고양이, 강아지 를 입력하세요',
};

/** Made from the commands themselves, so that it is never behind them. */
export function createHelp(describe: () => readonly CommandDescription[]): Command<Services> {
  const options = z.object({
    command: option(z.string().optional(), { korean: '명령', en: 'Which command', ko: '어느 명령' }, { main: true }),
  });
  return {
    kind: 'action',
    name: 'help',
    korean: '도움말',
    action: action<Services, typeof options>({
      description: { en: 'What there is and how to use it', ko: '무엇이 있고 어떻게 쓰는지' },
      options,
      images: { min: 0, max: 0 },
      policy: { who: 'everyone', visibility: 'private' },
      completers: { command: (typed) => namesLike(typed, describe()) },
      async execute({ options, locale }) {
        const all = describe();
        const name = options.command?.trim().replace(/^\//, '').toLowerCase();
        const shown = name ? all.filter((command) => command.name === name) : all;
        if (name && shown.length === 0) throw new UserError('unknown-command', { name });
        const lines = shown.flatMap((command) => (name ? inFull(command, locale) : inShort(command, locale)));
        return reply([...lines, ENDING[locale]].join('\n'), {
          data: { commands: shown.map((command) => command.name) },
        });
      },
    }),
  };
}

function namesLike(typed: string, commands: readonly CommandDescription[]): string[] {
  const begun = typed.trim().replace(/^\//, '').toLowerCase();
  return commands.map(({ name }) => name).filter((name) => name.startsWith(begun));
}

function inShort(command: CommandDescription, locale: Locale): string[] {
  return actionsOf(command).map(([usage, action]) => `${usage} – ${action.description[locale]}`);
}

function inFull(command: CommandDescription, locale: Locale): string[] {
  return actionsOf(command).flatMap(([usage, action]) => [
    `${usage} – ${action.description[locale]}`,
    ...action.options.map((option) => {
      const values = [...option.choices, ...option.suggestions];
      return `    ${option.name}: ${option.description[locale]}${values.length > 0 ? ` (${values.join(', ')})` : ''}`;
    }),
  ]);
}

/** Each thing that can be typed, with its usage: `/labels set LABELS [template:…]`. */
function actionsOf(command: CommandDescription): [string, ActionDescription][] {
  const actions = command.action ? [['', command.action] as const] : Object.entries(command.subcommands);
  return actions.map(([subcommand, action]) => {
    const options = action.options.map((option) => {
      const text = option.main ? option.name.toUpperCase() : `${option.name}:…`;
      return option.required ? text : `[${text}]`;
    });
    return [[`/${command.name}`, subcommand, ...options].filter(Boolean).join(' '), action];
  });
}
