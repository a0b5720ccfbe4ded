import type { Logger } from 'pino';
import type { App } from './app.ts';
import { descriptions } from './commands/index.ts';
import type { ChatParts, RunningChat } from './src/chat/parts.ts';
import { type Config, ConfigError } from './src/config.ts';
import { slackConfig } from './src/slack-config.ts';

/** How long a stop waits for answers that are under way. */
const STOP_MILLISECONDS = 10_000;

interface ConfiguredChat {
  name: string;
  start(): Promise<RunningChat>;
}

/** The chat platforms that the configuration names. */
export function configuredChats(config: Config, { dispatch, complete, services }: App, log: Logger): ConfiguredChat[] {
  const { followUps } = services;
  const shared = { commands: descriptions, dispatch, complete, followUps, stopMilliseconds: STOP_MILLISECONDS };
  const partsFor = (chat: string): ChatParts => ({ ...shared, log: log.child({ chat }) });
  const chats: ConfiguredChat[] = [];
  if (config.DISCORD_TOKEN !== undefined) {
    const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_SHARDS: shards, DISCORD_GUILD_ID: guild } = config;
    const start = async () => {
      const { startDiscord } = await import('./adapters/discord/index.ts');
      return startDiscord({ ...partsFor('discord'), token, apiUrl, shards, guild });
    };
    chats.push({ name: 'Discord', start });
  }
  const slack = slackConfig(config);
  if (slack) {
    const start = async () => {
      const { startSlack } = await import('./adapters/slack/index.ts');
      return startSlack({ ...partsFor('slack'), ...slack, installations: services.installations });
    };
    chats.push({ name: 'Slack', start });
  }
  return chats;
}

/** Chats that run side by side. One that cannot be started, or that fails, leaves the others alone. */
export class Chats {
  readonly #configured: readonly ConfiguredChat[];
  readonly #log: Logger;
  readonly #running: RunningChat[] = [];

  constructor(configured: readonly ConfiguredChat[], log: Logger) {
    this.#configured = configured;
    this.#log = log;
  }

  get areReady(): boolean {
    return this.#running.length === this.#configured.length && this.#running.every((chat) => chat.isReady());
  }

  start(): void {
    for (const chat of this.#configured) void this.#startOne(chat);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((chat) => chat.stop()));
  }

  async #startOne({ name, start }: ConfiguredChat): Promise<void> {
    try {
      this.#running.push(await start());
      process.stdout.write(`Cliplens is ready in ${name}\n`);
    } catch (error) {
      if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
      else this.#log.error({ err: error, chat: name }, 'could not be started');
    }
  }
}
