import { ApplicationCommandType } from 'discord.js';
import { type Command, type CommandOption, isSubcommand } from './rules/commands.ts';
import { snowflake } from './snowflake.ts';
import type { World } from './world.ts';

/** A command as Discord gives it back. */
type Registered = Command & { id: string; application_id: string; version: string };

const GLOBAL = 'global';

/** The commands that the bot registered, for everyone and for the guild. */
export class Registry {
  readonly #world: World;
  readonly #scopes = new Map<string, Registered[]>();

  constructor(world: World) {
    this.#world = world;
  }

  list(guildId = GLOBAL): Registered[] {
    return this.#scopes.get(guildId) ?? [];
  }

  /** Replaces all; a command that was there before keeps its id. */
  overwrite(commands: Command[], guildId = GLOBAL): Registered[] {
    const before = this.list(guildId);
    const registered = commands.map((command) => {
      const id = before.find(({ name, type }) => name === command.name && type === command.type)?.id ?? snowflake();
      const place = guildId === GLOBAL ? {} : { guild_id: guildId };
      const defaults = { default_member_permissions: null, contexts: null, integration_types: [0], nsfw: false };
      return { ...defaults, ...command, ...place, id, application_id: this.#world.bot.id, version: snowflake() };
    });
    this.#scopes.set(guildId, registered);
    return registered;
  }

  /**
   * @returns nothing when the bot has registered no commands at all: then any may be used
   * @throws Error for a command that a user would not find there
   */
  find(name: string, type: ApplicationCommandType, context: number): Registered | undefined {
    const all = [...this.list(this.#world.guild.id), ...this.list()];
    if (all.length === 0) return undefined;
    const command = all.find((one) => one.name === name && one.type === type);
    if (!command) throw new Error(`no ${ApplicationCommandType[type]} command "${name}" is registered`);
    const isInstalled = context !== 2 || command.integration_types?.includes(1);
    if (!isInstalled || !(command.contexts ?? [context]).includes(context)) {
      throw new Error(`"${name}" is not offered in context ${context}`);
    }
    return command;
  }
}

/**
 * The options of a command, or of its subcommand.
 * @throws Error when there is no such subcommand, or one is needed
 */
export function optionsAt(command: Command, path: string[]): CommandOption[] {
  let options = command.options ?? [];
  for (const name of path) {
    const next = options.find((option) => option.name === name && isSubcommand(option));
    if (!next) throw new Error(`/${command.name} has no subcommand ${path.join(' ')}`);
    options = next.options ?? [];
  }
  if (options.some(isSubcommand)) throw new Error(`/${command.name} needs a subcommand`);
  return options;
}
