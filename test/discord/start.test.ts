import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDiscord } from '../../adapters/discord/index.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { unavailable } from './stand-in/fault.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

async function setting(onDiscord: (discord: DiscordStandIn) => void = () => {}) {
  const discord = await DiscordStandIn.start();
  onTestFinished(() => discord.close());
  onDiscord(discord);
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const { token, apiUrl } = discord;
  const parts = { ...partsOf(await openStage(), log), token, apiUrl, shards: 'auto', guild: undefined } as const;
  return { discord, parts, lines };
}

async function running(setup: Awaited<ReturnType<typeof setting>>) {
  const chat = await startDiscord(setup.parts);
  onTestFinished(() => chat.stop());
  return chat;
}

describe('a start that Discord refuses is one sentence that says what to do', () => {
  it('a wrong token', async () => {
    const { parts } = await setting();
    const wrong = startDiscord({ ...parts, token: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token' });
    await expect(wrong).rejects.toThrow(/does not accept DISCORD_TOKEN. .*Bot > Reset Token/);
  });

  it('a token that is none', async () => {
    const { parts } = await setting();
    await expect(startDiscord({ ...parts, token: 'secret' })).rejects.toThrow(/DISCORD_TOKEN/);
  });

  it('events that the app may not receive', async () => {
    const { parts } = await setting(({ gateway }) => {
      gateway.allowedIntents = 1;
    });
    await expect(startDiscord(parts)).rejects.toThrow(/does not let this app receive messages.*Bot/);
  });

  it('a server that the bot is not in, and nothing stays connected', async () => {
    const { discord, parts } = await setting();
    discord.fault({ path: /guilds.*commands$/, status: 403, body: { code: 50001, message: 'Missing Access' } });
    const wrong = startDiscord({ ...parts, guild: '123456789012345678' });
    await expect(wrong).rejects.toThrow(/DISCORD_GUILD_ID=123456789012345678 .*discord:invite/);
    expect(discord.gateway.identifies).toBe(1);
    await discord.gateway.disconnected();
  });
});

describe('a connection', () => {
  it('is ready once every shard is, as many as Discord recommends', async () => {
    const setup = await setting(({ gateway }) => {
      gateway.shards = 3;
    });
    const chat = await running(setup);
    expect(chat.isReady()).toBe(true);
    expect(setup.discord.gateway.identifies).toBe(3);
    const exchange = await setup.discord.slash({ command: 'echo', options: { labels: 'hi' } }).answered();
    expect(exchange.answer?.content).toBe('said hi');
    const direct = await setup.discord.directMessage({ content: 'echo hello' }).answered();
    expect(direct.answer?.content).toBe('said hello');
  });

  it('has as many shards as it is told to', async () => {
    const { discord, parts } = await setting();
    const chat = await startDiscord({ ...parts, shards: 2 });
    onTestFinished(() => chat.stop());
    expect(discord.gateway.identifies).toBe(2);
  });

  it('is tried again while Discord cannot be reached', async () => {
    const setup = await setting((discord) => discord.fault({ ...unavailable(503), path: /gateway/, times: 6 }));
    const chat = await running(setup);
    expect(chat.isReady()).toBe(true);
    expect(setup.lines.join()).toContain('Discord cannot be reached');
  });

  it('answers, and can be stopped, though its commands cannot be registered', async () => {
    const setup = await setting((discord) => discord.fault({ path: /commands$/, status: 400, body: { code: 50035 } }));
    const chat = await running(setup);
    expect(setup.lines.join()).toContain('the commands could not be registered');
    const direct = await setup.discord.directMessage({ content: 'echo hello' }).answered();
    expect(direct.answer?.content).toBe('said hello');
    await chat.stop();
  });

  it.each([4004, 4010, 4011, 4012, 4013, 4014])('closed for good with %i says so in the log', async (code) => {
    const setup = await setting();
    const chat = await running(setup);
    setup.discord.gateway.closeAll(code);
    const line = () => setup.lines.map((text) => JSON.parse(text)).find((entry) => entry.code === code);
    await expect.poll(line).toMatchObject({ level: 50, msg: expect.stringMatching(/Discord|DISCORD|bot/) });
    expect(chat.isReady()).toBe(false);
  });

  it('never logs the token, nor what people write', async () => {
    const setup = await setting();
    await running(setup);
    const { discord } = setup;
    const invalid = { status: 400, body: { code: 50035, message: 'Invalid' } };
    discord.fault({ method: 'PATCH', path: /@original/, ...invalid, times: 2 });
    await discord.slash({ command: 'echo', options: { labels: 'my secret' } }).acknowledged();
    await expect.poll(() => setup.lines.join()).toContain('could not be delivered');
    discord.fault({ method: 'POST', path: /callback/, ...invalid });
    discord.slash({ command: 'echo', options: { labels: 'my secret' } });
    await expect.poll(() => setup.lines.join()).toContain('"bug"');
    await discord.directMessage({ content: '/hunter2' }).answered();
    await expect.poll(() => setup.lines.join()).toContain('unknown-command');
    for (const word of ['my secret', 'hunter2', discord.token, 'webhooks', 'callback'])
      expect(setup.lines.join()).not.toContain(word);
  });
});
