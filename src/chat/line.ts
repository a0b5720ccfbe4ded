import type { CommandDescription } from './describe.ts';
import type { OptionDescription } from './options.ts';

export interface Line {
  command: string;
  subcommand?: string | undefined;
  options: Readonly<Record<string, string>>;
}

const CURLY_QUOTES = /[\u201c\u201d\u201e]/g;
const OPTION = /(?:^|\s)(?:--([a-z]+)(?:=|\s+)|([a-z]+):\s*)("(?:\\"|[^"])*"|[^\s"]\S*)/g;

/**
 * Reads a line such as `/classify cat, dog template:clip-7` or `labels set cat, dog --template plain`.
 * `name:value` counts as an option only where the command has one of that name, so a label may hold a colon.
 * What is left belongs to the command's main option, and after its first word to the one that may follow it. Unknown commands come back as they stand; dispatch refuses them.
 */
export function parseLine(typed: string, commands: readonly CommandDescription[]): Line {
  const line = typed.replace(CURLY_QUOTES, '"').trim().replace(/^\//, '');
  const [, name = '', afterName = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const command = commands.find((candidate) => candidate.name === name.toLowerCase());
  if (!command) return { command: name.toLowerCase(), options: {} };

  const [, first = '', afterFirst = ''] = /^(\S*)\s*([\s\S]*)$/.exec(afterName) ?? [];
  const named = Object.keys(command.subcommands).find((candidate) => candidate === first.toLowerCase());
  const subcommand = named ?? command.usual;
  if (subcommand === undefined)
    return { command: command.name, options: parseOptionText(afterName, command.action?.options ?? []) };
  const text = named === undefined ? afterName : afterFirst;
  const options = parseOptionText(text, command.subcommands[subcommand]?.options ?? []);
  return { command: command.name, subcommand, options };
}

/**
 * Reads what somebody writes to the bot: a command line, with or without its slash, or else what the first command that
 * takes images is to do with the image beside it, as in `@Cliplens cat, dog`.
 */
export function parseMessage(text: string, commands: readonly CommandDescription[]): Line {
  const line = text.trim();
  const [first = ''] = line.replace(/^\//, '').split(/\s/);
  const forImages = commands.find(({ action }) => (action?.images.max ?? 0) > 0);
  const isCommand = line.startsWith('/') || commands.some(({ name }) => name === first.toLowerCase());
  return parseLine(isCommand || !forImages ? line : `${forImages.name} ${line}`, commands);
}

function parseOptionText(text: string, known: readonly OptionDescription[]): Record<string, string> {
  const options: Record<string, string> = {};
  const free = text.replace(OPTION, (all, dashed?: string, colon?: string, value = '') => {
    const name = dashed ?? colon ?? '';
    if (!dashed && !known.some((option) => option.name === name)) return all;
    options[name] = value.replace(/^"([\s\S]*)"$/, '$1').replaceAll('\\"', '"');
    return ' ';
  });
  return { ...placed(free.trim(), known, options), ...options };
}

/** The options that free text is of, by where it stands. */
function placed(free: string, known: readonly OptionDescription[], named: Line['options']): Record<string, string> {
  const [main, after] = [known.find((option) => option.main), known.find((option) => option.afterMain)];
  if (free === '' || !main) return {};
  const [, first = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(free) ?? [];
  if (!after || rest === '' || after.name in named || main.name in named) return { [main.name]: free };
  return { [main.name]: first, [after.name]: rest };
}

/** Writes a line that `parseLine` reads as it was. */
export function writeLine({ command, subcommand, options }: Line): string {
  const written = Object.entries(options).map(([name, value]) => `${name}:${quoted(value)}`);
  return [`/${command}`, ...(subcommand === undefined ? [] : [subcommand]), ...written].join(' ');
}

/** The value of an option as it is typed: in quotes where it has to be, with a backslash before those that are its own. */
export function quoted(value: string): string {
  return /^$|[\s"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}
