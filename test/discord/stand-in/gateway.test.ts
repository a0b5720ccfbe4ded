import { once } from 'node:events';
import { Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { command, connect, newClient, start } from './bot.ts';

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;

describe('the gateway', () => {
  test('refuses another token, a shard beyond the last, and intents that were not granted', async () => {
    const discord = await start();
    await expect(newClient(discord).login(`${discord.token}x`)).rejects.toThrow('invalid token');
    const client = newClient(discord, { intents: [Guilds, MessageContent] });
    await expect(client.login(discord.token)).rejects.toThrow('Used disallowed intents');
    discord.gateway.allowedIntents |= MessageContent;
    const granted = newClient(discord, { intents: [Guilds, GuildMessages, MessageContent] });
    const ready = once(granted, Events.ClientReady);
    await granted.login(discord.token);
    await ready;
    const message = once(granted, Events.MessageCreate);
    discord.write({ content: 'open' });
    expect((await message)[0].content).toBe('open');
    await expect(newClient(discord, { shards: [2], shardCount: 2 }).login(discord.token)).rejects.toThrow(
      'Invalid shard',
    );
    expect(discord.violations.map(({ rule }) => rule)).toEqual(['token', 'gateway-4014', 'gateway-4010']);
  });

  const echo = async (interaction: Interaction) => command(interaction).reply(command(interaction).commandName);

  test('replays what was missed while the connection was gone', async () => {
    const { discord } = await connect({ onInteraction: echo });
    discord.gateway.closeAll(4000);
    const exchange = discord.slash({ command: 'missed' });
    expect((await exchange.answered()).answer?.content).toBe('missed');
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test('asks to reconnect, and gets a session back or not', async () => {
    const { discord } = await connect({ onInteraction: echo });
    discord.gateway.requestReconnect();
    await discord.gateway.resumed(1);
    discord.gateway.invalidate(true);
    await discord.gateway.resumed(2);
    await discord.slash({ command: 'x' }).answered();
    discord.gateway.invalidate(false);
    await discord.gateway.connected();
    await discord.slash({ command: 'x' }).answered();
    expect(discord.gateway).toMatchObject({ identifies: 2, resumes: 2 });
  });

  test('without heartbeats acknowledged is left and resumed', async () => {
    const { discord } = await connect();
    const { gateway } = discord;
    // Told with a new connection; one that has not identified yet would have nothing to resume.
    gateway.heartbeatInterval = 100;
    gateway.stopHeartbeatAcks();
    gateway.requestReconnect();
    await gateway.resumed(2);
    expect(gateway.identifies).toBe(1);
  });

  test('delivers twice when told to', async () => {
    const ids: string[] = [];
    const { discord } = await connect({
      onInteraction: async ({ id }) => ids.push(id),
      onMessage: async ({ id }) => ids.push(id),
    });
    const exchange = discord.slash({ command: 'x' });
    discord.redeliver(exchange);
    await expect.poll(() => ids).toEqual([exchange.id, exchange.id]);
  });

  test('shares guild and direct messages out among shards', async () => {
    const { discord, client } = await connect({
      onInteraction: echo,
      prepare: ({ gateway }) => {
        gateway.shards = 2;
      },
      client: { shards: 'auto' },
    });
    await discord.gateway.connected();
    expect(client.ws.shards.size).toBe(2);
    const shard = Number((BigInt(discord.guild.id) >> 22n) % 2n);
    expect(client.guilds.cache.get(discord.guild.id)?.shardId).toBe(shard);
    const shardsSeen: (number | undefined)[] = [];
    client.on(Events.Raw, ({ t }: { t: string }, id: number) => t === 'INTERACTION_CREATE' && shardsSeen.push(id));
    await discord.slash({ command: 'x' }).answered();
    await discord.slash({ command: 'x', where: 'dm' }).answered();
    expect(shardsSeen).toEqual([shard, 0]);
  });
});
