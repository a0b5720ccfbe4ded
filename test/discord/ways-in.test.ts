import { Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { upload } from '../contract/stage.ts';
import { start } from './setup.ts';

const CAT = await upload('cat.png', 'wide.png');
const photo = { ...CAT, type: 'image/png' };
const notes = { name: 'notes.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') };

describe('the images of a message', () => {
  it('are its attachments, previews of links, stickers, and those of what it forwards', async () => {
    const { discord, stage } = await start();
    const preview = discord.cdn.put('/preview.png', { kind: 'bytes', bytes: CAT.bytes }, 'image/png');
    const url = 'https://example.com/a/b.png';
    const message = discord.compose({
      attachments: [notes, { ...photo, name: 'a.png' }],
      embeds: [
        { type: 'link', title: 'no picture' },
        { type: 'image', url, thumbnail: { url, proxy_url: preview } },
      ],
      stickers: [{ ...photo, name: 'wave' }],
      forwarded: [{ attachments: [{ ...photo, name: 'forwarded.png' }, notes] }],
    });
    await discord.messageCommand({ name: 'Look', message }).answered();
    expect(stage.requests[0]?.images.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'wave', 'forwarded.png']);
    expect(stage.received[0]).toEqual(Array(4).fill(CAT.bytes));
  });

  it('are told by their names where Discord does not know their type', async () => {
    const { discord, stage } = await start();
    const message = discord.compose({ attachments: [{ name: 'IMG_1.HEIC', bytes: CAT.bytes }] });
    await discord.messageCommand({ name: 'Look', message }).answered();
    expect(stage.requests[0]?.images).toMatchObject([{ name: 'IMG_1.HEIC' }]);
  });

  it.each([
    { ...photo, isSpoiler: true },
    { ...photo, name: 'SPOILER_cat.png' },
  ])('stay covered where they are: $name', async (covered) => {
    const { discord, stage } = await start();
    const message = discord.compose({ attachments: [photo, covered] });
    const shown = await discord.messageCommand({ name: 'Look', message }).answered();
    if (!shown.answer) throw new Error('no answer');
    const again = await discord.press(shown.answer, 'Again').answered();
    const given = await discord.slash({ command: 'look', attachments: { image: covered } }).answered();
    for (const { answer } of [shown, again, given]) {
      expect(answer?.content).toMatch(/^\|\|looked at .*\|\|$/);
      expect(answer?.attachments.every(({ isSpoiler }) => isSpoiler)).toBe(true);
    }
    expect(stage.requests[0]?.images.map(({ name }) => name)).toEqual(['cat.png', 'cat.png']);
    const open = await discord.slash({ command: 'look', attachments: { image: photo } }).answered();
    expect(open.answer).toMatchObject({
      content: expect.stringMatching(/^looked/),
      attachments: [{ isSpoiler: false }],
    });
  });

  it('are asked for where there are none', async () => {
    const { discord } = await start();
    const message = discord.compose({ content: 'words', attachments: [notes] });
    const { answer } = await discord.messageCommand({ name: 'Look', message }).answered();
    expect(answer).toMatchObject({ content: expect.stringContaining('There is no image'), isEphemeral: true });
  });

  it('have a new address when the old one has expired, where the message may be read', async () => {
    const { discord, stage } = await start();
    const posted = await discord.mention({ attachments: [photo] }).answered();
    const [attachment] = posted.message.attachments;
    if (!posted.answer || !attachment) throw new Error('no answer');
    discord.cdn.withdraw(attachment.payload.url);
    attachment.payload.url = discord.cdn.put('/again.png', { kind: 'bytes', bytes: CAT.bytes }, 'image/png');
    await discord.press(posted.answer, 'Again').answered();
    expect(stage.received[1]).toEqual([CAT.bytes]);
  });

  it('are said to be gone where they are', async () => {
    const { discord } = await start();
    const posted = await discord.mention({ attachments: [photo] }).answered();
    if (!posted.answer) throw new Error('no answer');
    discord.remove(posted.message);
    discord.cdn.withdraw(posted.message.attachments[0]?.payload.url ?? '');
    const again = await discord.press(posted.answer, 'Again').answered();
    expect(again.answer?.content).toContain('could not be fetched');
  });
});

describe('what is written to the bot', () => {
  it('is answered as a reply that pings nobody, and shown to be worked on', async () => {
    const { discord } = await start();
    const posted = await discord.mention({ content: 'cat, dog', attachments: [photo] }).settled();
    expect(posted.typing).toBe(1);
    expect(posted.answer).toMatchObject({ repliesTo: posted.message, allowedMentions: { parse: [] } });
    expect(posted.answer?.content).toBe('looked at 1 with cat, dog, plain');
  });

  it('may be a reply to the image', async () => {
    const { discord, stage } = await start();
    const shown = discord.write({ where: 'dm', attachments: [photo] });
    await shown.settled();
    await discord.directMessage({ content: 'fox', replyTo: shown.message }).settled();
    expect(stage.requests.at(-1)).toMatchObject({ options: { labels: 'fox' }, images: [{ name: 'cat.png' }] });
  });

  it('in a direct message needs no mention, and everybody manages their own', async () => {
    const { discord, stage } = await start();
    await discord.directMessage({ content: 'fox, owl', attachments: [photo] }).answered();
    expect(stage.requests[0]).toMatchObject({ command: 'look', actor: { isManager: true } });
    expect(stage.requests[0]?.channel).toMatch(/^discord:direct:\d+$/);
    const { answer } = await discord.slash({ command: 'settings', subcommand: 'change', where: 'dm' }).answered();
    expect(answer?.content).toMatch(/^changed in/);
  });

  it('by a manager of the channel is a manager’s, by a member a member’s', async () => {
    const { discord } = await start();
    const byMember = await discord.mention({ content: 'settings change' }).answered();
    expect(byMember.answer?.content).toContain('only people who manage it');
    const byManager = await discord.mention({ content: 'settings change', by: 'manager' }).answered();
    expect(byManager.answer?.content).toMatch(/^changed in/);
  });

  it('is answered in its language, else in that of the server', async () => {
    const { discord, stage } = await start();
    await discord.mention({ content: 'echo 고양이' }).answered();
    discord.guild.preferredLocale = Locale.Korean;
    await discord.mention({ content: 'echo cat' }).answered();
    expect(stage.requests.map(({ locale }) => locale)).toEqual(['ko', 'en']);
  });

  it('is not answered where it is not meant for the bot', async () => {
    const { discord, stage } = await start();
    const posted = await discord.mention({ content: 'echo one' }).answered();
    discord.write({ content: 'echo two', attachments: [photo] });
    if (posted.answer) discord.write({ content: 'echo thanks', replyTo: posted.answer });
    await discord.mention({ content: 'echo three' }).answered();
    expect(stage.requests.map(({ options }) => options)).toEqual([{ labels: 'one' }, { labels: 'three' }]);
  });
});

describe('where it is asked', () => {
  it('a thread has the settings of its channel', async () => {
    const { discord, stage } = await start();
    const { otherChannel } = discord.world;
    await discord.slash({ command: 'echo', options: { labels: 'a' }, where: otherChannel.id }).answered();
    await discord.slash({ command: 'echo', options: { labels: 'b' }, where: discord.world.thread.id }).answered();
    await discord.mention({ content: 'echo c', where: discord.world.thread.id }).answered();
    const channel = `discord:${discord.guild.id}:${otherChannel.id}`;
    expect(stage.requests.map((request) => request.channel)).toEqual([channel, channel, channel]);
  });

  it('a group in which the bot is no member', async () => {
    const { discord } = await start();
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo }, where: 'group' }).answered();
    expect(exchange.answer?.attachments).toHaveLength(1);
    if (!exchange.answer) throw new Error('no answer');
    const again = await discord.press(exchange.answer, 'Again').answered();
    expect(again.answer?.content).toContain('again');
  });

  it('alone with the bot, where nothing needs to be shared', async () => {
    const { discord } = await start();
    const slash = await discord.slash({ command: 'whisper', options: { labels: 'psst' }, where: 'dm' }).answered();
    const written = await discord.directMessage({ content: 'whisper psst' }).answered();
    const mention = await discord.mention({ content: 'whisper psst' }).answered();
    for (const { answer } of [slash, written, mention]) {
      expect(answer).toMatchObject({ content: 'whispered psst', isEphemeral: false, buttons: [] });
    }
  });

  it('privately, where the asker says so', async () => {
    const { discord } = await start();
    const options = { labels: 'cat', private: true };
    const exchange = await discord.slash({ command: 'look', options, attachments: { image: photo } }).answered();
    expect(exchange.answer?.isEphemeral).toBe(true);
    expect(exchange.answer?.buttons.at(-1)?.label).toBe('Share');
    if (!exchange.answer) throw new Error('no answer');
    const shared = await discord.press(exchange.answer, 'Share').answered();
    expect(shared.answer).toMatchObject({ isEphemeral: false, content: 'looked at 1 with cat, plain' });
    expect(shared.answer?.attachments).toHaveLength(1);
  });
});
