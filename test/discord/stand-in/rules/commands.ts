import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord.js';
import { z } from 'zod';
import { check, checkDistinct, checkLength, lengthOf } from '../api-error.ts';
import { checkChoices, choiceSchema } from './choices.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST_OPTIONS = 25;
const MOST_CHARACTERS = 8000;
const MOST_COMMANDS = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};
const COMPLETED: ApplicationCommandOptionType[] = [
  ApplicationCommandOptionType.String,
  ApplicationCommandOptionType.Integer,
  ApplicationCommandOptionType.Number,
];

const localisations = z.partialRecord(z.enum(Locale), z.string()).nullish();

const optionSchema = z.looseObject({
  type: z.enum(ApplicationCommandOptionType),
  name: z.string(),
  name_localizations: localisations,
  description: z.string(),
  description_localizations: localisations,
  required: z.boolean().optional(),
  choices: z.array(choiceSchema).nullish(),
  autocomplete: z.boolean().optional(),
  get options() {
    return z.array(optionSchema).optional();
  },
});

export const commandSchema = z.looseObject({
  type: z
    .literal([ApplicationCommandType.ChatInput, ApplicationCommandType.User, ApplicationCommandType.Message])
    .default(ApplicationCommandType.ChatInput),
  name: z.string(),
  name_localizations: localisations,
  description: z.string().default(''),
  description_localizations: localisations,
  options: z.array(optionSchema).optional(),
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  contexts: z.array(z.int().min(0).max(2)).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).nullish(),
});

export type Command = z.infer<typeof commandSchema>;
export type CommandOption = z.infer<typeof optionSchema>;
type Named = Pick<Command, Naming | 'options'> & { choices?: CommandOption['choices'] };
type Naming = 'name' | 'name_localizations' | 'description' | 'description_localizations';

/** @throws ApiError where commands that are to be registered break a rule */
export function checkCommands(commands: Command[]): void {
  for (const [type, most] of Object.entries(MOST_COMMANDS)) {
    const names = commands.filter((command) => String(command.type) === type).map(({ name }) => name);
    check(names.length <= most, 'commands', 'commands', `Maximum number of application commands reached (${most}).`);
    checkDistinct(names, 'command-name-twice', 'commands');
  }
  for (const [index, command] of commands.entries()) checkCommand(command, String(index));
}

function checkCommand(command: Command, field: string): void {
  if (command.type === ApplicationCommandType.ChatInput) {
    checkNaming(command, field);
    checkOptions(command.options ?? [], `${field}.options`);
  } else {
    for (const name of spellings(command.name, command.name_localizations)) {
      checkLength(name, [1, 32], 'command-name', `${field}.name`);
    }
    check(command.description === '', 'command-description', `${field}.description`, 'Context menus have none.');
    check(command.options === undefined, 'options', `${field}.options`, 'Context menus have none.');
  }
  const size = charactersOf(command);
  const most = `Command exceeds maximum size (${MOST_CHARACTERS}), has ${size}.`;
  check(size <= MOST_CHARACTERS, 'command-size', field, most);
}

function checkNaming(named: Command | CommandOption, field: string): void {
  for (const name of spellings(named.name, named.name_localizations)) {
    check(NAME.test(name), 'command-name', `${field}.name`, `Command name is invalid: ${name}`);
    check(name === name.toLowerCase(), 'command-name', `${field}.name`, `Must be in lower case: ${name}`);
  }
  for (const text of spellings(named.description, named.description_localizations)) {
    checkLength(text, [1, 100], 'command-description', `${field}.description`);
  }
}

function checkOptions(options: CommandOption[], field: string): void {
  check(options.length <= MOST_OPTIONS, 'options', field, `Must be ${MOST_OPTIONS} or fewer in length.`);
  for (const locale of Object.values(Locale)) {
    const names = options.map(({ name, name_localizations: names }) => names?.[locale] ?? name);
    checkDistinct(names, 'option-name-twice', field);
  }
  const firstOptional = options.findIndex(({ required }) => !required);
  const isOrdered = firstOptional < 0 || options.slice(firstOptional).every(({ required }) => !required);
  check(isOrdered, 'required-first', field, 'Required options must be placed before non-required options.');
  const nested = options.filter(isSubcommand).length;
  check(nested === 0 || nested === options.length, 'subcommands', field, 'Subcommands and options do not mix.');
  for (const [index, option] of options.entries()) checkOption(option, `${field}.${index}`);
}

function checkOption(option: CommandOption, field: string): void {
  checkNaming(option, field);
  if (isSubcommand(option)) {
    checkOptions(option.options ?? [], `${field}.options`);
    return;
  }
  check(option.options === undefined, 'options', `${field}.options`, 'Only subcommands have options.');
  checkChoices(option.choices ?? [], `${field}.choices`);
  if (!option.autocomplete) return;
  check(COMPLETED.includes(option.type), 'autocomplete', field, 'Only strings and numbers can be completed.');
  check(!option.choices?.length, 'autocomplete', field, 'An option has choices or is completed, not both.');
}

export function isSubcommand({ type }: CommandOption): boolean {
  return type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup;
}

function spellings(text: string, localised: z.infer<typeof localisations>): string[] {
  return [text, ...Object.values(localised ?? {})];
}

/** Of every name and description the longest spelling counts. */
function charactersOf(named: Named): number {
  const { choices, options } = named;
  const ofChoices = (choices ?? []).map(
    ({ name, name_localizations: names, value }) => longest(spellings(name, names)) + lengthOf(String(value)),
  );
  return [
    longest(spellings(named.name, named.name_localizations)),
    longest(spellings(named.description, named.description_localizations)),
    ...ofChoices,
    ...(options ?? []).map(charactersOf),
  ].reduce((sum, length) => sum + length);
}

function longest(texts: string[]): number {
  return Math.max(...texts.map(lengthOf));
}
