import { describe, expect, it, onTestFinished } from 'vitest';
import { Chats, configuredChats } from '../../chats.ts';
import { scheduledAudits } from '../../scheduled-audits.ts';
import type { Seen } from '../contract/harness.ts';
import { toSeen as toDiscordSeen } from '../discord/harness.ts';
import { DiscordStandIn } from '../discord/stand-in/stand-in.ts';
import { toSeen as toSlackSeen } from '../slack/reader.ts';
import { SlackStandIn } from '../slack/stand-in/slack-stand-in.ts';
import { DAY, log, newFolder, start } from './house.ts';

/** A chat's stand-in, with a channel that somebody manages. */
interface Place {
  variables: Record<string, string>;
  /** As the store has it. */
  channel: string;
  /** What the manager is answered to a subcommand of `/biasaudit`. */
  ask(subcommand: string, options: Record<string, string>): Promise<string>;
  /** What everybody in the channel sees of the bot, oldest first. */
  written(): Seen[];
  /** Takes the channel from the bot. */
  lose(): void;
  violations(): unknown[];
  close(): Promise<void>;
}

async function discordPlace(): Promise<Place> {
  const discord = await DiscordStandIn.start();
  const { guild, channel } = discord.world;
  return {
    variables: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    channel: `discord:${guild.id}:${channel.id}`,
    async ask(subcommand, options) {
      const asked = discord.slash({ command: 'biasaudit', subcommand, options, by: 'manager' });
      return (await asked.answered()).answer?.content ?? '';
    },
    written: () => discord.written(channel.id).map(toDiscordSeen),
    lose: () => discord.forbid(channel.id),
    violations: () => discord.violations.filter(({ rule }) => rule !== 'missing-permission'),
    close: () => discord.close(),
  };
}

async function slackPlace(): Promise<Place> {
  const slack = await SlackStandIn.start();
  const where = slack.channels.general;
  return {
    variables: { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    channel: `slack:${slack.workspace.id}:${where.id}`,
    async ask(subcommand, { pack = '', ...named }) {
      const options = Object.entries(named).map(([name, value]) => `${name}:${value}`);
      const text = [subcommand, pack, ...options].join(' ');
      return (await slack.slash({ command: '/biasaudit', text, by: slack.people.admin, where }).answered()).text;
    },
    written() {
      const all = slack.messages(where);
      return all.filter(({ author }) => author === slack.workspace.botUser).map((message) => toSlackSeen(message, all));
    },
    lose() {
      where.hasApp = false;
    },
    violations: () => [...slack.violations].filter(({ rule }) => rule !== 'not_in_channel'),
    close: () => slack.close(),
  };
}

describe.each([
  ['Discord', discordPlace],
  ['Slack', slackPlace],
])('an audit that is scheduled in %s', (_, open) => {
  it('is posted there once each time, over a restart, until it is ended or the channel is gone', async () => {
    const place = await open();
    onTestFinished(() => place.close());
    const folder = await newFolder();
    const clock = { now: 0 };

    /** The whole house on the folder: a process, as far as its chats and its store can tell. */
    const startHouse = async () => {
      const { app, config, schedules, close } = await start(folder, place.variables);
      const chats = new Chats(configuredChats(config, app, log), log);
      const audits = scheduledAudits(app, chats, log, () => clock.now);
      chats.start();
      await expect.poll(() => chats.areReady).toBe(true);
      const stop = async () => {
        await chats.stop();
        await close();
      };
      const due = async () => (await schedules.ofChannel(place.channel))[0]?.due;
      return { audits, due, stop };
    };
    const posted = () => place.written().filter(({ text }) => text.startsWith('Scheduled ('));

    const before = await startHouse();
    const options = { pack: 'control', every: 'daily', zone: 'UTC' };
    const asked = Date.now();
    expect(await place.ask('schedule', options)).toMatch(/runs by itself in this channel/);
    const first = (await before.due()) ?? 0;
    expect(first).toBeGreaterThan(asked);
    clock.now = first - 1;
    await before.audits.look();
    expect(posted()).toEqual([]);
    clock.now = first;
    const twin = await startHouse();
    await Promise.all([before.audits.look(), twin.audits.look()]);
    await before.audits.look();
    await twin.stop();
    const [result, ...more] = posted();
    expect(more).toEqual([]);
    expect(result?.isPrivate).toBe(false);
    expect(result?.files.map(({ name }) => name)).toEqual(['biasaudit-control.png']);
    expect(result?.controls).toContain('Full table');
    await before.stop();

    const after = await startHouse();
    onTestFinished(() => after.stop());
    await after.audits.look();
    expect(posted()).toHaveLength(1);
    clock.now = first + DAY;
    await after.audits.look();
    await after.audits.look();
    expect(posted()).toHaveLength(2);
    expect(posted()[1]?.text).toMatch(/Since the last run here .*the same/);

    expect(await place.ask('unschedule', { pack: 'control' })).toMatch(/no longer runs by itself/);
    clock.now = first + 2 * DAY;
    await after.audits.look();
    expect(posted()).toHaveLength(2);

    expect(await place.ask('schedule', options)).toMatch(/runs by itself in this channel/);
    place.lose();
    await after.audits.look();
    expect(await after.due()).toBeUndefined();
    expect(posted()).toHaveLength(2);
    expect(place.violations()).toEqual([]);
  });
});
