import { ApplicationCommandOptionType, ApplicationCommandType, InteractionType } from 'discord.js';
import type { Exchange } from '../exchange.ts';
import { attach, type SharedFile } from '../files.ts';
import type { Message } from '../message.ts';
import { optionsAt } from '../registry.ts';
import type { CommandOption } from '../rules/commands.ts';
import { snowflake } from '../snowflake.ts';
import type { State } from '../state.ts';
import { around, type Circumstance, contextOf, interact } from './interact.ts';

const Option = ApplicationCommandOptionType;

type Value = string | number | boolean;

interface Invocation extends Circumstance {
  command: string;
  subcommand?: string;
  group?: string;
  options?: Record<string, Value>;
}

export interface Slash extends Invocation {
  /** By the name of the option. */
  attachments?: Record<string, SharedFile>;
}

export interface Autocomplete extends Invocation {
  /** The option that is being typed into. */
  option: string;
  typed: string;
}

export interface MessageCommand extends Circumstance {
  name: string;
  message: Message;
}

/** Someone runs a slash command. */
export function slash(state: State, action: Slash): Exchange {
  const place = around(state, action);
  const files = Object.entries(action.attachments ?? {}).map(([name, file]) => ({
    name,
    file: attach(state.cdn, file, state.world.bot.id, true),
  }));
  const given = { ...action.options, ...Object.fromEntries(files.map(({ name, file }) => [name, file.id])) };
  const { head, options } = prepare(state, action, given);
  const required = options?.find((option) => option.required && !(option.name in given));
  if (required) throw new Error(`/${action.command} requires ${required.name}`);
  const isFile = (name: string) => files.some((file) => file.name === name);
  const values = Object.entries(given).map(([name, value]) => {
    return { name, value, type: isFile(name) ? Option.Attachment : typeOf(options, name, value) };
  });
  const resolved = { attachments: Object.fromEntries(files.map(({ file }) => [file.id, file.payload])) };
  const data = { ...head, options: nested(action, values), ...(files.length > 0 && { resolved }) };
  const urls = files.map(({ file }) => file.payload.url);
  return interact(state, InteractionType.ApplicationCommand, data, { ...place, files: urls }, action);
}

/** Someone types into an option of a command. */
export function autocomplete(state: State, action: Autocomplete): Exchange {
  const { head, options } = prepare(state, action, { ...action.options, [action.option]: action.typed });
  const definition = options?.find(({ name }) => name === action.option);
  if (definition && !definition.autocomplete) throw new Error(`${action.option} is not completed`);
  const others = Object.entries(action.options ?? {}).map(([name, value]) => {
    return { name, value, type: typeOf(options, name, value) };
  });
  const focused = { name: action.option, value: action.typed, type: definition?.type ?? Option.String, focused: true };
  const data = { ...head, options: nested(action, [...others, focused]) };
  return interact(state, InteractionType.ApplicationCommandAutocomplete, data, around(state, action), action);
}

/** Someone picks a command in the menu of a message. Its target may be read whoever wrote it. */
export function messageCommand(state: State, action: MessageCommand): Exchange {
  const { message, name } = action;
  const { by } = around(state, action);
  const type = ApplicationCommandType.Message;
  const command = state.commands.find(name, type, contextOf(state, message.channel));
  const resolved = { messages: { [message.id]: message.payload(state.world) } };
  const data = { id: command?.id ?? snowflake(), name, type, target_id: message.id, resolved };
  return interact(state, InteractionType.ApplicationCommand, data, { by, channel: message.channel }, action);
}

/** The command as it was registered, if any was, with the options that are open to the user. */
function prepare(state: State, action: Invocation, given: Record<string, Value>) {
  const { command: name, group, subcommand } = action;
  const type = ApplicationCommandType.ChatInput;
  const command = state.commands.find(name, type, contextOf(state, around(state, action).channel));
  const path = [group, subcommand].filter((step) => step !== undefined);
  const options = command && optionsAt(command, path);
  const stray = Object.keys(given).find((one) => options && !options.some((option) => option.name === one));
  if (stray !== undefined) throw new Error(`/${[name, ...path].join(' ')} has no option ${stray}`);
  return { head: { id: command?.id ?? snowflake(), name, type }, options };
}

function typeOf(options: CommandOption[] | undefined, name: string, value: Value): ApplicationCommandOptionType {
  const registered = options?.find((option) => option.name === name)?.type;
  if (registered !== undefined) return registered;
  if (typeof value === 'number') return Number.isInteger(value) ? Option.Integer : Option.Number;
  return typeof value === 'boolean' ? Option.Boolean : Option.String;
}

function nested({ group, subcommand }: Invocation, options: object[]): object[] {
  const inSubcommand = subcommand === undefined ? options : [{ name: subcommand, type: Option.Subcommand, options }];
  return group === undefined ? inSubcommand : [{ name: group, type: Option.SubcommandGroup, options: inSubcommand }];
}
