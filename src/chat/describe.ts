import type { Action, Command, Policy } from './command.ts';
import type { Localised } from './locale.ts';
import { describeOptions, type OptionDescription } from './options.ts';

export interface ActionDescription {
  description: Localised;
  options: readonly OptionDescription[];
  images: { min: number; max: number };
  policy: Policy;
}

/** A command as data: all that adapters need to offer it, and nothing they could run past dispatch. */
export interface CommandDescription {
  name: string;
  korean: string;
  description: Localised;
  onMessage?: Localised;
  /** What the command does by itself; absent where it has subcommands. */
  action?: ActionDescription;
  subcommands: Readonly<Record<string, ActionDescription>>;
}

export function describeCommand<Services>(command: Command<Services>): CommandDescription {
  const { name, korean } = command;
  if (command.kind === 'group') {
    const { description } = command;
    const entries = Object.entries(command.subcommands).map(([key, value]) => [key, describeAction(value)] as const);
    return { name, korean, description, subcommands: Object.fromEntries(entries) };
  }
  const onMessage = command.onMessage ? { onMessage: command.onMessage } : {};
  const action = describeAction(command.action);
  return { name, korean, description: action.description, ...onMessage, action, subcommands: {} };
}

function describeAction<Services>({ description, options, images, policy }: Action<Services>): ActionDescription {
  return { description, options: describeOptions(options), images, policy };
}
