import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../app.ts';
import { Chats, configuredChats } from '../../chats.ts';
import { scheduledAudits } from '../../scheduled-audits.ts';
import { ChannelGone, type Posting } from '../../src/chat/parts.ts';
import { readConfig } from '../../src/config.ts';
import { DiscordStandIn } from '../discord/stand-in/stand-in.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOON = Date.parse('2026-11-25T12:00:00Z');
const log = pino({ level: 'silent' });
const newFolder = () => mkdtemp(join(tmpdir(), 'cliplens-audits-'));
const daily = { channel: 'discord:guild:room', pack: 'control', expression: '0 12 * * *', zone: 'UTC', locale: 'en' };

/** A process on its own clock, with the chats that it is given. */
async function start(folder: string, variables: Record<string, string> = {}) {
  const CLIP_MODEL = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
  const config = readConfig({ CLIP_MODEL, DATA_DIR: folder, ENCODER_THREADS: '1', ...variables });
  const app = await createApp(config, log);
  return { app, config, schedules: app.services.schedules, close: () => app.services.close() };
}

it('posts each run to its channel with what changed, over a restart, in its language and in neutral words', async () => {
  const folder = await newFolder();
  const posted: Posting[] = [];
  const chats = { canTell: () => true, post: async (posting: Posting) => void posted.push(posting) };
  const before = await start(folder);
  await before.app.services.allowedPacks.allow(daily.channel, 'people');
  await before.schedules.keep({ ...daily, due: NOON }, 5);
  await before.schedules.keep({ ...daily, pack: 'people', locale: 'ko', due: NOON + 1 }, 5);
  await scheduledAudits(before.app, chats, log, () => NOON + 1).look();
  await before.close();
  expect(posted.map(({ answer }) => answer.visibility)).toEqual(['public', 'public']);
  const [control, people] = posted.map(({ answer }) => answer.text);
  expect(control).toMatch(/^Scheduled \(0 12 \* \* \*, UTC\).*unschedule control\n/);
  expect(control).not.toMatch(/Since the last run/);
  expect(people).toMatch(/^예약된 검사/);
  expect(people).not.toMatch(/gorilla|chimpanzee|orangutan|고릴라|침팬지|오랑우탄/i);

  const after = await start(folder);
  onTestFinished(after.close);
  const audits = scheduledAudits(after.app, chats, log, () => NOON + DAY);
  await audits.look();
  await audits.look();
  expect(posted).toHaveLength(4);
  expect(posted[2]?.answer.text).toMatch(/Since the last run here .*the same\.$/);
});

it('tells the channel why an audit could not run, and goes on with the next one', async () => {
  const { app, schedules, close } = await start(await newFolder());
  onTestFinished(close);
  const texts: string[] = [];
  const chats = { canTell: () => true, post: async ({ answer }: Posting) => void texts.push(answer.text) };
  await schedules.keep({ ...daily, pack: 'crime', due: NOON - 1 }, 5);
  await schedules.keep({ ...daily, due: NOON }, 5);
  await scheduledAudits(app, chats, log, () => NOON).look();
  expect(texts[0]).toMatch(/"crime" could not run this time[\s\S]*\/biasaudit allow crime/);
  expect(texts[1]).toMatch(/^Scheduled/);
  expect((await schedules.ofChannel(daily.channel)).map(({ due }) => due)).toEqual([NOON + DAY, NOON + DAY]);
});

it('ends the schedule of a channel that is gone, and keeps one whose chat fails', async () => {
  const { app, schedules, close } = await start(await newFolder());
  onTestFinished(close);
  for (const channel of ['discord:guild:gone', 'discord:guild:down']) {
    await schedules.keep({ ...daily, channel, due: NOON }, 5);
  }
  const post = async ({ channel }: Posting) => {
    throw channel.endsWith('gone') ? new ChannelGone(channel) : new Error('the connection broke');
  };
  await scheduledAudits(app, { canTell: () => true, post }, log, () => NOON).look();
  expect(await schedules.ofChannel('discord:guild:gone')).toEqual([]);
  expect(await schedules.ofChannel('discord:guild:down')).toHaveLength(1);
});

it('writes into a Discord channel by the real way, and ends what no chat is configured for any more', async () => {
  const discord = await DiscordStandIn.start();
  const { guild, channel } = discord.world;
  const { app, config, schedules, close } = await start(await newFolder(), {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  });
  const chats = new Chats(configuredChats(config, app, log), log);
  const audits = scheduledAudits(app, chats, log, () => NOON);
  onTestFinished(async () => {
    await chats.stop();
    await close();
    await discord.close();
  });
  const here = `discord:${guild.id}:${channel.id}`;
  for (const one of [here, 'slack:team:room']) await schedules.keep({ ...daily, channel: one, due: NOON }, 5);
  await audits.look();
  expect(await schedules.ofChannel('slack:team:room')).toEqual([]);
  expect(discord.written(channel.id)).toEqual([]);
  chats.start();
  await expect.poll(() => chats.areReady, { timeout: 10_000 }).toBe(true);
  await audits.look();
  const [message] = discord.written(channel.id);
  expect(message?.content).toMatch(/Scheduled/);
  expect(message?.attachments.map(({ filename }) => filename)).toEqual(['biasaudit-control.png']);
  expect(message?.buttons.length).toBe(2);
  expect(discord.violations).toEqual([]);
});
