import { Client, GatewayIntentBits, Options, Partials } from 'discord.js';

export interface Connection {
  token: string;
  /** Another server than Discord, such as a stand-in of it. */
  apiUrl: string | undefined;
  shards: number | 'auto';
}

/** None of these is privileged: a bot may read what mentions it, what is written to it and what its menus are used on. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** Whoever wrote or asked last is all that is looked up. */
const PEOPLE_KEPT = 200;

/** A client that keeps no messages and few people, so that it does not grow with what it sees. */
export function createClient({ apiUrl, shards }: Connection): Client {
  return new Client({
    intents: INTENTS,
    // Without it, direct messages are not told of.
    partials: [Partials.Channel],
    shards: shards === 'auto' ? 'auto' : Array.from({ length: shards }, (_, id) => id),
    ...(shards !== 'auto' && { shardCount: shards }),
    allowedMentions: { parse: [], repliedUser: false },
    // A message that is sent again, because its answer got lost, then stays one.
    enforceNonce: true,
    rest: { retries: 5, timeout: 20_000, ...(apiUrl !== undefined && elsewhere(apiUrl)) },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      ThreadMemberManager: 0,
      GuildMemberManager: { maxSize: PEOPLE_KEPT, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: PEOPLE_KEPT, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
}

/** Another server's files are its own as well. */
function elsewhere(api: string) {
  const { origin } = new URL(api);
  return { api, cdn: origin, mediaProxy: origin };
}
