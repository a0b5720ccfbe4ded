import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, Events, Status } from 'discord.js';
import type { ChatParts, RunningChat } from '../../src/chat/parts.ts';
import { ConfigError } from '../../src/config.ts';
import { Bot } from './bot.ts';
import { type Connection, createClient } from './client.ts';
import { toCommands } from './commands.ts';
import { Images } from './images.ts';
import { post } from './post.ts';
import { describeFailure, explainClosing, explainGuild, explainLogin } from './problems.ts';
import { register } from './registration.ts';

export interface DiscordParts extends ChatParts, Connection {
  /** The one server to register the commands in, for development; else they are registered everywhere. */
  guild: string | undefined;
}

/** Milliseconds between two tries to reach Discord: doubled each time, up to a minute. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

/**
 * Connects to Discord and answers there. While Discord cannot be reached it is tried again.
 * @throws ConfigError with a sentence for the operator where Discord refuses for good
 */
export async function startDiscord(parts: DiscordParts): Promise<RunningChat> {
  const client = await connect(parts);
  const bot = new Bot(parts, new Images(client, parts.apiUrl));
  client.on(Events.InteractionCreate, (interaction) => bot.onInteraction(interaction));
  client.on(Events.MessageCreate, (message) => bot.onMessage(message));
  client.on(Events.ShardDisconnect, ({ code }) => {
    parts.log.error({ code }, explainClosing(code) ?? 'Discord closed the connection for good');
  });
  await registerCommands(client, parts);
  parts.log.info({ shards: client.ws.shards.size }, 'Discord is connected');
  return {
    post: (posting) => post(client, parts.followUps, posting),
    isReady: () => client.ws.shards.every(({ status }) => status === Status.Ready),
    async stop() {
      await bot.stop();
      await client.destroy();
    },
  };
}

/**
 * Where the commands cannot be registered, those of before go on working.
 * @throws ConfigError where they never can be
 */
async function registerCommands(client: Client, { guild, commands, log }: DiscordParts): Promise<void> {
  try {
    const anew = await register(client.rest, client.application?.id ?? '', guild, toCommands(commands));
    log.info({ anew }, 'Discord has the commands');
  } catch (error) {
    const sentence = guild === undefined ? undefined : explainGuild(error, guild);
    if (sentence === undefined) return log.error(describeFailure(error), 'the commands could not be registered');
    await client.destroy();
    throw new ConfigError(sentence, { cause: error });
  }
}

async function connect(parts: DiscordParts): Promise<Client> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    // One that failed to log in cannot be used again.
    const client = createClient(parts);
    try {
      await logIn(client, parts);
      return client;
    } catch (error) {
      await client.destroy();
      const sentence = error instanceof ConfigError ? error.message : explainLogin(error);
      if (sentence !== undefined) throw new ConfigError(sentence, { cause: error });
      parts.log.warn({ ...describeFailure(error), again: pause }, 'Discord cannot be reached');
      await delay(pause);
    }
  }
}

/** Resolves once every shard is ready. The gateway tells of what it refuses by closing, not by an answer to the login. */
async function logIn(client: Client, { token, log }: DiscordParts): Promise<void> {
  // Without a listener, an error of the connection would end the process.
  client.on(Events.Error, (error) => log.warn(describeFailure(error), 'Discord connection'));
  client.on(Events.ShardError, (error) => log.warn(describeFailure(error), 'Discord connection'));
  const ready = once(client, Events.ClientReady);
  const refused = new Promise<never>((_, reject) => {
    client.once(Events.ShardDisconnect, ({ code }) =>
      reject(new ConfigError(explainClosing(code) ?? `Discord closed the connection with code ${code}.`)),
    );
  });
  await Promise.race([Promise.all([client.login(token), ready]), refused]);
}
