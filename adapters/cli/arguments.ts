import type { CommandDescription } from '../../src/chat/describe.ts';
import { LOCALES, type Locale } from '../../src/chat/locale.ts';
import { takesFiles } from '../../src/chat/sent.ts';
import { UserError } from '../../src/errors.ts';

/** What a command line says. `files` are paths; everything else is as in a chat. */
export interface Arguments {
  command: string;
  subcommand: string | undefined;
  files: readonly string[];
  options: Readonly<Record<string, string>>;
  json: boolean;
  out: string | undefined;
  channel: string;
  locale: Locale | undefined;
  help: boolean;
}

const FLAGS = new Set(['json', 'help']);
const NOT_FOR_COMMANDS = new Set(['json', 'help', 'out', 'channel', 'locale']);

/**
 * Reads `COMMAND [IMAGE, ZIP or FOLDER ...] [--OPTION VALUE ...] [--json] [--out DIR] [--channel NAME] [--locale en|ko]`.
 * Of a command that takes no files, what stands free belongs to its main option: `labels set cat, dog`; of one that takes a zip
 * or folder alone, what stands free behind that: `biasaudit own photos nurse/doctor`.
 * @throws UserError `option-missing` for an option without its value, `bad-option` for an unknown locale
 */
export function parseArguments(argv: readonly string[], commands: readonly CommandDescription[]): Arguments {
  const { free, named } = split(argv);
  const [command = '', ...rest] = free;
  const description = commands.find((candidate) => candidate.name === command);
  const isNamed = description && Object.hasOwn(description.subcommands, rest[0] ?? '');
  const subcommand = isNamed ? rest.shift() : description?.usual;
  const action = subcommand === undefined ? description?.action : description?.subcommands[subcommand];

  const options = Object.fromEntries([...named].filter(([name]) => !NOT_FOR_COMMANDS.has(name)));
  const hasFiles = action === undefined || takesFiles(action);
  const main = action?.options.find((option) => option.main);
  const isForMain = action?.images.max === 0 && main !== undefined && !Object.hasOwn(options, main.name);
  const files = hasFiles ? rest.splice(0, isForMain ? action.archives.max : rest.length) : [];
  if (main && rest.length > 0) options[main.name] ??= rest.join(' ');
  return {
    command,
    subcommand,
    files,
    options,
    json: named.has('json'),
    help: named.has('help'),
    out: named.get('out'),
    channel: named.get('channel') ?? 'default',
    locale: parseLocale(named.get('locale')),
  };
}

/** What is named more than once, as in `--text cat --text dog`, is a list: its values below each other. */
function split(argv: readonly string[]): { free: string[]; named: Map<string, string> } {
  const free: string[] = [];
  const named = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? '';
    const [, name, inline] = /^--([a-z]+)(?:=([\s\S]*))?$/.exec(argument) ?? [];
    if (name === undefined) free.push(argument);
    else if (FLAGS.has(name)) named.set(name, 'true');
    else {
      const next = argv[i + 1];
      const value = inline ?? (next?.startsWith('--') ? undefined : next);
      if (value === undefined) throw new UserError('option-missing', { name });
      if (inline === undefined) i += 1;
      const before = named.get(name);
      named.set(name, before === undefined ? value : `${before}\n${value}`);
    }
  }
  return { free, named };
}

function parseLocale(value: string | undefined): Locale | undefined {
  const locale = LOCALES.find((candidate) => candidate === value);
  if (value !== undefined && !locale)
    throw new UserError('bad-option', { name: 'locale', value, expected: LOCALES.join(', ') });
  return locale;
}
