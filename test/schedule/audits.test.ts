import { expect, it, onTestFinished } from 'vitest';
import { Chats } from '../../chats.ts';
import { scheduledAudits } from '../../scheduled-audits.ts';
import { ChannelGone, type Posting } from '../../src/chat/parts.ts';
import { DAY, log, newFolder, start } from './house.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');
const daily = { channel: 'discord:guild:room', pack: 'control', expression: '0 12 * * *', zone: 'UTC', locale: 'en' };

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

it('ends what no chat is configured for any more', async () => {
  const { app, schedules, close } = await start(await newFolder());
  onTestFinished(close);
  await schedules.keep({ ...daily, due: NOON }, 5);
  await scheduledAudits(app, new Chats([], log), log, () => NOON).look();
  expect(await schedules.ofChannel(daily.channel)).toEqual([]);
});
