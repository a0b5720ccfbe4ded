import { once } from 'node:events';
import {
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  Partials,
} from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import { DiscordStandIn } from './stand-in.ts';

const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);
export const PHOTO = { name: 'cat.png', type: 'image/png', bytes: PNG };

interface Setting {
  onInteraction?: (interaction: Interaction) => Promise<unknown>;
  onMessage?: (message: Message) => Promise<unknown>;
  prepare?: (discord: DiscordStandIn) => void;
  client?: Partial<ClientOptions>;
}

/** The real discord.js, which has not logged in. */
export function newClient(discord: DiscordStandIn, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
    rest: { api: discord.apiUrl, cdn: discord.cdnUrl, mediaProxy: discord.cdnUrl },
    // The usual one waits five seconds before the same shard identifies again.
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
    ...options,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** A stand-in for one test. */
export async function start(prepare: Setting['prepare'] = () => {}): Promise<DiscordStandIn> {
  const discord = await DiscordStandIn.start();
  onTestFinished(() => discord.close());
  prepare(discord);
  return discord;
}

/** A discord.js bot that is ready. What its handlers throw fails the test. */
export async function connect({ onInteraction, onMessage, prepare, client: options }: Setting = {}) {
  const discord = await start(prepare);
  const client = newClient(discord, options);
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  client.on(Events.InteractionCreate, (interaction) => onInteraction?.(interaction).catch(note));
  client.on(Events.MessageCreate, (message) => {
    if (message.author.id !== client.user?.id) onMessage?.(message).catch(note);
  });
  onTestFinished(() => expect(failures).toEqual([]));
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  return { discord, client };
}

/** @throws Error for anything but a slash command */
export function command(interaction: Interaction) {
  if (!interaction.isChatInputCommand()) throw new Error('not a slash command');
  return interaction;
}
