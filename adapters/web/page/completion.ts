import type { ActionDescription, CommandDescription } from '../../../src/chat/describe.ts';
import { parseLine, quoted } from '../../../src/chat/line.ts';
import type { Locale } from '../../../src/chat/locale.ts';
import type { OptionDescription } from '../../../src/chat/options.ts';

export interface Suggestion {
  label: string;
  description: string;
  /** What takes the place of the text typed from `Completion.from` on. */
  insert: string;
}

export interface Completion {
  from: number;
  suggestions: readonly Suggestion[];
  /** Whether Enter takes the first suggestion; where not, Enter sends what is typed. */
  eager: boolean;
  /** What belongs here, in a few words. */
  hint: string;
  /** Whether it is of no use without a zip. */
  needsZip: boolean;
}

/** What may follow `text`, the part of a line before the caret. Nothing for a line that is no slash command. */
export function complete(
  text: string,
  commands: readonly CommandDescription[],
  locale: Locale,
): Completion | undefined {
  const name = /^\/(\S*)$/.exec(text);
  if (name) return completeCommand(name[1] ?? '', commands, locale);

  const [, typed, rest = ''] = /^\/(\S+)\s+([\s\S]*)$/.exec(text) ?? [];
  const command = commands.find((candidate) => candidate.name === typed?.toLowerCase());
  if (!command) return undefined;
  if (command.action) return completeOption(text, rest, command.action, commands, locale);

  const [, first = '', between, afterFirst = ''] = /^(\S*)(\s*)([\s\S]*)$/.exec(rest) ?? [];
  if (!between) return completeSubcommand(text, first, command, locale);
  const action = command.subcommands[first.toLowerCase()];
  return action && completeOption(text, afterFirst, action, commands, locale);
}

function completeCommand(typed: string, commands: readonly CommandDescription[], locale: Locale): Completion {
  const start = typed.toLowerCase();
  const found = commands.filter(({ name, korean }) => name.startsWith(start) || korean.startsWith(start));
  const suggestions = found.map(({ name, description }) => ({
    label: `/${name}`,
    description: description[locale],
    insert: `/${name} `,
  }));
  const exact = commands.find(({ name }) => name === start);
  const needsZip = (exact?.action?.archives.min ?? 0) > 0;
  return { from: 0, suggestions, eager: !exact?.action, hint: exact?.description[locale] ?? '', needsZip };
}

function completeSubcommand(text: string, typed: string, command: CommandDescription, locale: Locale): Completion {
  const entries = Object.entries(command.subcommands).filter(([name]) => name.startsWith(typed.toLowerCase()));
  const suggestions = entries.map(([name, { description }]) => ({
    label: name,
    description: description[locale],
    insert: `${name} `,
  }));
  const exact = command.subcommands[typed.toLowerCase()];
  const hint = (exact ?? command).description[locale];
  const needsZip = (exact?.archives.min ?? 0) > 0;
  return { from: text.length - typed.length, suggestions, eager: !exact, hint, needsZip };
}

function completeOption(
  text: string,
  rest: string,
  action: ActionDescription,
  commands: readonly CommandDescription[],
  locale: Locale,
): Completion {
  const needsZip = action.archives.min > 0;
  const [, name, value = ''] = /(?:^|\s)([a-z]+):(\S*)$/.exec(rest) ?? [];
  const named = action.options.find((option) => option.name === name);
  if (named) {
    const values = valuesOf(named, value);
    const suggestions = values.map((label) => ({ label, description: '', insert: `${quoted(label)} ` }));
    return {
      from: text.length - value.length,
      suggestions,
      eager: isBegun(value, values),
      hint: hintOf(named, locale),
      needsZip,
    };
  }

  const [word = ''] = /\S*$/.exec(rest) ?? [];
  const from = text.length - word.length;
  const given = parseLine(text.slice(0, from), commands).options;
  const missing = action.options.filter((option) => !Object.hasOwn(given, option.name));
  const main = missing.find((option) => option.main);
  const values = main ? valuesOf(main, word) : [];
  const names = missing.filter((option) => option.name.startsWith(word));
  const suggestions = [
    ...values.map((label) => ({ label, description: '', insert: `${label} ` })),
    ...names.map((option) => ({
      label: `${option.name}:`,
      description: option.description[locale],
      insert: `${option.name}:`,
    })),
  ];
  const hint = main ? hintOf(main, locale) : action.description[locale];
  return { from, suggestions, eager: isBegun(word, values), hint, needsZip };
}

function valuesOf({ choices, suggestions }: OptionDescription, typed: string): string[] {
  return [...choices, ...suggestions].filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()));
}

/** Whether somebody began to type one of these values and is not done. */
function isBegun(typed: string, values: readonly string[]): boolean {
  return typed !== '' && values.length > 0 && !values.includes(typed);
}

function hintOf({ name, description }: OptionDescription, locale: Locale): string {
  return `${name}: ${description[locale]}`;
}
