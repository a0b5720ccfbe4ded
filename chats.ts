import type { Logger } from 'pino';
import type { App } from './app.ts';
import { descriptions } from './commands/index.ts';
import { ChannelGone, type ChatParts, type Posting, type RunningChat } from './src/chat/parts.ts';
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
  /** By the name that its channels begin with. */
  readonly #running = new Map<string, RunningChat>();

  constructor(configured: readonly ConfiguredChat[], log: Logger) {
    this.#configured = configured;
    this.#log = log;
  }

  get areReady(): boolean {
    return (
      this.#running.size === this.#configured.length && [...this.#running.values()].every((chat) => chat.isReady())
    );
  }

  start(): void {
    for (const chat of this.#configured) void this.#startOne(chat);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((chat) => chat.stop()));
  }

  /** Whether `post` has an answer now: the channel's chat is connected, or none that is configured. */
  canTell(channel: string): boolean {
    return !this.#isConfigured(channel) || this.#chatOf(channel)?.isReady() === true;
  }

  /**
   * Shows an answer in a channel of one of the chats.
   * @throws ChannelGone where it is none of theirs, or gone; any other error where it may be tried again
   */
  async post(posting: Posting): Promise<void> {
    if (!this.#isConfigured(posting.channel)) throw new ChannelGone(posting.channel);
    const chat = this.#chatOf(posting.channel);
    if (!chat?.isReady()) throw new Error('the chat of this channel is not connected');
    await chat.post(posting);
  }

  #isConfigured(channel: string): boolean {
    return this.#configured.some(({ name }) => name.toLowerCase() === prefixOf(channel));
  }

  #chatOf(channel: string): RunningChat | undefined {
    return this.#running.get(prefixOf(channel));
  }

  async #startOne({ name, start }: ConfiguredChat): Promise<void> {
    try {
      this.#running.set(name.toLowerCase(), await start());
      process.stdout.write(`Cliplens is ready in ${name}\n`);
    } catch (error) {
      if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
      else this.#log.error({ err: error, chat: name }, 'could not be started');
    }
  }
}

function prefixOf(channel: string): string {
  return channel.split(':')[0] ?? '';
}
