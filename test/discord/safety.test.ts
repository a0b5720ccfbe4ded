import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { toAttachments } from '../../adapters/discord/attachments.ts';
import { startDiscord } from '../../adapters/discord/index.ts';
import { toMessage } from '../../adapters/discord/message.ts';
import { FollowUpBook } from '../../src/chat/follow-up.ts';
import { reply } from '../../src/chat/reply.ts';
import { FILES } from '../contract/commands.ts';
import { openStage, partsOf, upload } from '../contract/stage.ts';
import { start } from './setup.ts';
import type { Behaviour } from './stand-in/behaviours.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

const CAT = await upload('cat.png', 'wide.png');
const photo = { ...CAT, type: 'image/png' };

describe('images come from Discord alone', () => {
  it('not from where an embed says that its copy lies', async () => {
    const { discord } = await start();
    const url = discord.foreign.put('/cat.png', { kind: 'bytes', bytes: CAT.bytes }, 'image/png');
    const message = discord.compose({ embeds: [{ type: 'image', url, image: { url, proxy_url: url } }] });
    const { answer } = await discord.messageCommand({ name: 'Look', message }).answered();
    expect(answer?.content).toContain('could not be fetched');
    expect(discord.foreign.requests).toEqual([]);
  });

  it('not from where they are redirected to', async () => {
    const { discord } = await start();
    const to = discord.foreign.put('/cat.png', { kind: 'bytes', bytes: CAT.bytes }, 'image/png');
    const image = { ...photo, behaviour: { kind: 'redirect', to } as const };
    const { answer } = await discord.slash({ command: 'look', attachments: { image } }).answered();
    expect(answer?.content).toContain('could not be fetched');
    expect(discord.foreign.requests).toEqual([]);
  });

  it('and from no other server than the one it speaks with', async () => {
    const [one, other] = [await start(), await DiscordStandIn.start()];
    const image = { ...photo, behaviour: { kind: 'redirect', to: other.cdn.put('/a', { kind: 'page' }) } as const };
    await one.discord.slash({ command: 'look', attachments: { image } }).answered();
    expect(other.cdn.requests).toEqual([]);
    await other.close();
  });
});

describe('files that are not what they seem', () => {
  it.each<[string, Behaviour, RegExp]>([
    ['endless', { kind: 'endless' }, /too large.*under 25 MB/],
    ['broken off', { kind: 'breaks-off', bytes: CAT.bytes.slice(0, 100), announced: 5000 }, /could not be fetched/],
    ['gone', { kind: 'status', status: 404 }, /could not be fetched/],
  ])('%s', async (_, behaviour, sentence) => {
    const { discord } = await start();
    const exchange = await discord
      .slash({ command: 'look', attachments: { image: { ...photo, behaviour } } })
      .answered();
    expect(exchange.answer?.content).toMatch(sentence);
  });

  it.each<Behaviour>([{ kind: 'silent' }, { kind: 'trickles' }, { kind: 'stalls' }])(
    'one that never ends: $kind',
    async (behaviour) => {
      const { discord } = await start();
      const limit = new AbortController();
      const spy = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
      const image = { ...photo, behaviour };
      const exchange = discord.slash({ command: 'look', attachments: { image } });
      await expect.poll(() => discord.cdn.requests).toMatchObject([{ outcome: 'open' }]);
      limit.abort();
      expect((await exchange.answered()).answer?.content).toContain('could not be fetched');
      spy.mockRestore();
    },
  );
});

describe('a file that the chat does not take', () => {
  it('is made smaller, and that is said', async () => {
    const { discord, stage } = await start();
    stage.picture = (await upload('big.png', 'upright.jpg')).bytes;
    const limit = Math.round(stage.picture.length * 0.6);
    const exchange = await discord
      .slash({ command: 'look', attachments: { image: photo }, attachmentSizeLimit: limit })
      .answered();
    expect(exchange.answer?.content).toContain('The picture was made smaller');
    expect(exchange.answer?.attachments).toMatchObject([
      { filename: 'drawing-1.jpg', description: expect.any(String) },
    ]);
    const bytes = exchange.answer?.attachments[0]?.bytes;
    expect(bytes?.length).toBeLessThanOrEqual(limit);
    expect((await sharp(bytes).metadata()).format).toBe('jpeg');
  });

  it('is left out where that does not help, and that is said in the language of the asker', async () => {
    const { discord } = await start();
    const asked = { command: 'look', attachments: { image: photo }, attachmentSizeLimit: 200 };
    const exchange = await discord.slash({ ...asked, locale: 'ko' }).answered();
    expect(exchange.answer?.content).toContain('그림 하나를 뺐습니다');
    expect(exchange.answer?.attachments).toEqual([]);
  });

  it('is left out where it is no picture, beside what fits', async () => {
    const { discord } = await start();
    const largest = Math.max(...FILES.map(({ bytes }) => bytes.length));
    const exchange = await discord.slash({ command: 'report', attachmentSizeLimit: largest - 1 }).answered();
    expect(exchange.answer?.content).toContain('A file was left out');
    expect(exchange.answer?.attachments.map(({ filename }) => filename)).toEqual(['scores.json', 'chart.png']);
  });

  it('is covered as the picture was that it is about, also without a picture beside it', async () => {
    const covered = { url: 'https://cdn.discordapp.com/cat.png', isCovered: true };
    const fetch = () => Promise.reject(new Error('fetched'));
    const image = { name: 'cat.png', mediaType: 'image/png', size: 9, ref: JSON.stringify(covered), fetch };
    const followUps = new FollowUpBook({ keep: async () => 'id', find: async () => undefined });
    const answer = { ...reply('figures', { files: FILES }), visibility: 'public' as const };
    const { files } = await toMessage(answer, { locale: 'en', images: [image], fileLimit: 10_000, followUps });
    expect(files).toEqual(FILES.map(({ name }) => expect.objectContaining({ name: `SPOILER_${name}` })));
  });

  it('leaves ten in a message, the files before the last pictures', async () => {
    const image = { name: 'a.png', mediaType: 'image/png', bytes: new Uint8Array(9), alt: 'a' } as const;
    const answer = { images: Array(10).fill(image), files: FILES };
    const { files, notes } = await toAttachments(answer, { spoiler: false, fileLimit: 100, locale: 'en' });
    expect(files.map(({ name }) => name)).toEqual([...Array(7).fill('a.png'), ...FILES.map(({ name }) => name)]);
    expect(notes).toEqual(['Pictures were left out, because a message here holds 10 files at most.']);
  });
});

describe('controls that are not what they seem', () => {
  it.each(['', 'button', 'button:x', 'button:none:0', 'page:0000:7', 'form:../../etc:1', 'x'.repeat(100)])(
    'the id "%s" is answered with what to do',
    async (customId) => {
      const { discord } = await start();
      const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).answered();
      const [button] = exchange.answer?.buttons ?? [];
      if (!exchange.answer || !button) throw new Error('no button');
      button.custom_id = customId;
      const pressed = await discord.press(exchange.answer, customId).answered();
      expect(pressed.answer).toMatchObject({ content: expect.stringContaining('too old'), isEphemeral: true });
    },
  );

  it('an index that is out of reach', async () => {
    const { discord } = await start();
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).answered();
    const [button] = exchange.answer?.buttons ?? [];
    if (!exchange.answer || !button) throw new Error('no button');
    button.custom_id = button.custom_id?.replace(/\d+$/, '99') ?? '';
    const pressed = await discord.press(exchange.answer, button.custom_id).answered();
    expect(pressed.answer?.content).toContain('too old');
  });
});

describe('completion', () => {
  it('offers at most twenty-five, none longer than Discord takes', async () => {
    const stage = await openStage();
    const discord = await DiscordStandIn.start();
    const offers = ['', 'x'.repeat(101), ...Array.from({ length: 40 }, (_, i) => `label ${i}`)];
    const complete = vi.fn(async () => offers);
    const { token, apiUrl } = discord;
    const parts = { ...partsOf(stage), complete, token, apiUrl, shards: 'auto', guild: undefined } as const;
    const [look, ...others] = parts.commands;
    if (!look?.action) throw new Error('no command');
    const action = { ...look.action, completed: ['labels'] };
    const running = await startDiscord({ ...parts, commands: [{ ...look, action }, ...others] });
    const typing = { command: 'look', option: 'labels', typed: 'la', locale: 'ko' } as const;
    const { choices } = await discord.autocomplete(typing).answered();
    expect(choices).toHaveLength(25);
    expect(choices?.[0]).toEqual({ name: 'label 0', value: 'label 0' });
    expect(complete).toHaveBeenCalledWith(
      expect.objectContaining({ command: 'look', option: 'labels', typed: 'la', locale: 'ko' }),
    );
    complete.mockRejectedValueOnce(new Error('no database'));
    const failed = discord.autocomplete(typing);
    const next = await discord.slash({ command: 'echo', options: { labels: 'still here' } }).answered();
    expect(next.answer?.content).toBe('said still here');
    expect(failed.choices).toBeUndefined();
    await running.stop();
    await discord.close();
  });
});
