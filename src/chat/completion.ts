import { type Command, type CompletionContext, findAction } from './command.ts';
import { describeOptions } from './options.ts';

/** An option of a command that somebody is typing. */
export interface CompletionRequest extends CompletionContext {
  command: string;
  subcommand?: string | undefined;
  option: string;
  typed: string;
}

export type Complete = (request: CompletionRequest) => Promise<readonly string[]>;

/** Values to offer while an option is typed: from the command's own completer, else its suggestions that contain the text. */
export function createComplete<Services>(
  commands: ReadonlyMap<string, Command<Services>>,
  services: Services,
): Complete {
  return async ({ command, subcommand, option, typed, ...context }) => {
    const action = findAction(commands.get(command), subcommand);
    if (!action) return [];
    const completer = Object.entries(action.completers ?? {}).find(([name]) => name === option)?.[1];
    if (completer) return completer(typed, context, services);
    const suggestions = describeOptions(action.options).find((described) => described.name === option)?.suggestions;
    const wanted = typed.trim().toLowerCase();
    return (suggestions ?? []).filter((suggestion) => suggestion.toLowerCase().includes(wanted));
  };
}
