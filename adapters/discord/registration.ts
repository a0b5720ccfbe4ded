import { isDeepStrictEqual } from 'node:util';
import { type REST, Routes } from 'discord.js';
import type { toCommands } from './commands.ts';

type Wanted = ReturnType<typeof toCommands>;

/** What of a command is ours to say. Discord's answer has ids and defaults beside it. */
const OURS = [
  ...[
    'type',
    'name',
    'name_localizations',
    'description',
    'description_localizations',
    'options',
    'required',
    'choices',
  ],
  ...['value', 'autocomplete', 'min_value', 'max_value', 'file_types', 'default_member_permissions', 'contexts'],
  ...['integration_types', 'ko'],
];

/**
 * Registers the commands where they differ from those that are registered; all at once, so that what is gone goes.
 * @param guild where to register them instead of everywhere: such commands are there at once, for development
 * @returns whether they were registered anew
 */
export async function register(
  rest: REST,
  application: string,
  guild: string | undefined,
  wanted: Wanted,
): Promise<boolean> {
  const route =
    guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  const registered = await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
  if (isDeepStrictEqual(essence(sorted(registered)), essence(sorted(wanted)))) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Discord tells commands in an order of its own. */
function sorted(commands: unknown): unknown[] {
  const keyOf = (command: unknown) => JSON.stringify(essence(command, ['type', 'name']));
  return Array.isArray(commands) ? commands.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) : [];
}

/** A value with our fields alone, in one order, and without those that say nothing. */
function essence(value: unknown, fields: readonly string[] = OURS): unknown {
  if (Array.isArray(value)) return value.map((item) => essence(item, fields));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, field]) => fields.includes(key) && !isNothing(field));
  return Object.fromEntries(entries.toSorted().map(([key, field]) => [key, essence(field, fields)]));
}

function isNothing(field: unknown): boolean {
  return !field || (Array.isArray(field) && field.length === 0);
}
