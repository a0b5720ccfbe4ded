import type { Action, Command, Policy, Who } from './command.ts';
import type { Localised } from './locale.ts';
import { describeOptions, type OptionDescription } from './options.ts';

export interface ActionDescription {
  description: Localised;
  options: readonly OptionDescription[];
  images: { min: number; max: number };
  archives: { min: number; max: number };
  policy: Policy;
  /** The options that are completed from what the channel knows, beyond their suggestions. */
  completed: readonly string[];
}

export interface SubcommandDescription extends ActionDescription {
  korean: string;
}

/** A command as data: all that adapters need to offer it, and nothing they could run past dispatch. */
export interface CommandDescription {
  name: string;
  korean: string;
  description: Localised;
  onMessage?: Localised;
  /** Whom a platform shows it, unless its managers decide otherwise. */
  offeredTo: Who;
  /** What the command does by itself; absent where it has subcommands. */
  action?: ActionDescription;
  subcommands: Readonly<Record<string, SubcommandDescription>>;
  /** The subcommand that is meant where none is named. */
  usual?: string;
}

/** What a command does by itself or, where it has subcommands, by the one named. */
export function findDescription(
  commands: readonly CommandDescription[],
  { command: name, subcommand }: { command: string; subcommand?: string | undefined },
): ActionDescription | undefined {
  const command = commands.find((candidate) => candidate.name === name);
  return subcommand === undefined ? command?.action : command?.subcommands[subcommand];
}

export function describeCommand<Services>(command: Command<Services>): CommandDescription {
  const { name, korean } = command;
  if (command.kind === 'group') {
    const { description, offeredTo } = command;
    const entries = Object.entries(command.subcommands).map(
      ([key, value]) => [key, { korean: value.korean, ...describeAction(value) }] as const,
    );
    const usual = command.usual === undefined ? {} : { usual: command.usual };
    return { name, korean, description, offeredTo, subcommands: Object.fromEntries(entries), ...usual };
  }
  const onMessage = command.onMessage ? { onMessage: command.onMessage } : {};
  const action = describeAction(command.action);
  const { description, policy } = action;
  return { name, korean, description, ...onMessage, offeredTo: policy.who, action, subcommands: {} };
}

function describeAction<Services>(action: Action<Services>): ActionDescription {
  const { description, options, images, archives = { min: 0, max: 0 }, policy, completers = {} } = action;
  const completed = Object.keys(completers);
  return { description, options: describeOptions(options), images, archives, policy, completed };
}
