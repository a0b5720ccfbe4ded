import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { type Route, route } from '../route.ts';
import { checkCommands, commandSchema } from '../rules/commands.ts';
import { parse } from '../rules/parse.ts';
import type { State } from '../state.ts';

const IDENTIFIES_A_DAY = 1_000;

/** The application itself: its bot, where the gateway is, and its commands. */
export function applicationRoutes({ world, gateway, commands }: State): Route[] {
  const isOurs = (application?: string, guild?: string) => {
    if (application !== world.bot.id) throw new ApiError('unknown-application', 404, 10002, 'Unknown Application');
    if (guild !== undefined && guild !== world.guild.id)
      throw new ApiError('missing-access', 403, 50001, 'Missing Access');
  };
  const list = (query: URLSearchParams, application?: string, guild?: string) => {
    isOurs(application, guild);
    const all = commands.list(guild);
    return query.get('with_localizations') === 'true' ? all : withoutLocalisations(all);
  };
  const overwrite = (body: unknown, application?: string, guild?: string) => {
    isOurs(application, guild);
    const wanted = parse(z.array(commandSchema), body);
    checkCommands(wanted);
    return commands.overwrite(wanted, guild);
  };
  const global = '/applications/:application/commands';
  const ofGuild = '/applications/:application/guilds/:guild/commands';
  return [
    route('GET', '/gateway/bot', () => ({
      url: gateway.url,
      shards: gateway.shards,
      session_start_limit: {
        total: IDENTIFIES_A_DAY,
        remaining: IDENTIFIES_A_DAY - gateway.identifies,
        reset_after: 86_400_000,
        max_concurrency: gateway.maxConcurrency,
      },
    })),
    route('GET', '/users/@me', () => world.bot),
    route('GET', '/applications/@me', () => ({
      id: world.bot.id,
      name: world.bot.username,
      description: '',
      icon: null,
      bot: world.bot,
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: 0,
      team: null,
    })),
    route('GET', global, ({ query }, application) => list(query, application)),
    route('PUT', global, ({ body }, application) => overwrite(body, application)),
    route('GET', ofGuild, ({ query }, application, guild) => list(query, application, guild)),
    route('PUT', ofGuild, ({ body }, application, guild) => overwrite(body, application, guild)),
  ];
}

function withoutLocalisations(commands: object[]): object {
  const text = JSON.stringify(commands, (key, value: unknown) => (key.endsWith('_localizations') ? undefined : value));
  return JSON.parse(text);
}
