import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { Locale } from 'discord.js';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startDiscord } from '../../adapters/discord/index.ts';
import { type App, createApp } from '../../app.ts';
import { descriptions } from '../../commands/index.ts';
import type { RunningChat } from '../../src/chat/parts.ts';
import { readConfig } from '../../src/config.ts';
import { upload } from '../contract/stage.ts';
import type { Exchange } from './stand-in/exchange.ts';
import type { Message } from './stand-in/message.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

const MODEL = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
const image = { ...(await upload('cat.jpg', 'upright.jpg')), type: 'image/jpeg' };

describe('Cliplens in a server', () => {
  let discord: DiscordStandIn;
  let app: App;
  let running: RunningChat;
  const threads: Worker[] = [];
  const remember = (thread: Worker) => threads.push(thread);

  beforeAll(async () => {
    process.on('worker', remember);
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'cliplens-discord-'));
    const log = pino({ level: 'silent' });
    app = await createApp(readConfig({ CLIP_MODEL: MODEL, DATA_DIR, ENCODER_THREADS: '1' }), log);
    discord = await DiscordStandIn.start();
    const { dispatch, complete, services } = app;
    const chat = {
      commands: descriptions,
      dispatch,
      complete,
      followUps: services.followUps,
      stopMilliseconds: 120_000,
      log,
    };
    const { token, apiUrl } = discord;
    running = await startDiscord({ ...chat, token, apiUrl, shards: 'auto', guild: undefined });
  });
  afterAll(async () => {
    expect(discord.violations).toEqual([]);
    await running.stop();
    await app.services.close();
    await discord.close();
    process.off('worker', remember);
  });

  async function answerTo(exchange: Exchange): Promise<Message> {
    const { answer } = await exchange.answered();
    if (!answer) throw new Error('no answer');
    return answer;
  }

  it('classifies an image by the labels given, and by others at the press of a button', async () => {
    const by = discord.people.crowd[0]?.user.id ?? '';
    const options = { labels: 'cat, dog' };
    const answer = await answerTo(discord.slash({ command: 'classify', options, attachments: { image }, by }));
    expect(answer.content).toMatch(/^cat\\\.jpg: |^cat\.jpg: /);
    const [drawing] = answer.attachments;
    expect(drawing?.description).toMatch(/cat.*dog/);
    expect(await sharp(drawing?.bytes).metadata()).toMatchObject({ format: 'jpeg', width: expect.any(Number) });

    const asked = await discord.press(answer, 'Other labels…').answered();
    const other = await answerTo(discord.submit(asked, { labels: 'fox, owl' }));
    expect(other.content).toMatch(/fox|owl/);
    const plain = await answerTo(discord.select(answer, 'The same labels in another template', ['plain']));
    expect(plain.attachments[0]?.description).toContain('template {label}');
  });

  it('asks for labels where the channel has none, and remembers those that a manager sets', async () => {
    const by = discord.people.crowd[1]?.user.id ?? '';
    const message = discord.compose({ attachments: [image] });
    const none = await answerTo(discord.messageCommand({ name: 'Classify', message, by }));
    expect(none).toMatchObject({ content: expect.stringContaining('There are no labels yet') });
    const form = await discord.press(none, 'Type them…', { by }).answered();
    expect((await answerTo(discord.submit(form, { labels: 'sun, moon' }))).content).toMatch(/sun|moon/);

    const set = { command: 'labels', subcommand: 'set', options: { labels: 'hanok, palace' } };
    expect((await answerTo(discord.slash({ ...set, by: 'member' }))).content).toContain('only people who manage it');
    expect((await answerTo(discord.slash({ ...set, by: 'manager' }))).content).toContain('hanok, palace');
    const now = await answerTo(discord.messageCommand({ name: 'Classify', message, by }));
    expect(now.content).toMatch(/hanok|palace/);
    const typing = { command: 'classify', option: 'labels', typed: 'ha' } as const;
    expect((await discord.autocomplete(typing).answered()).choices?.[0]).toEqual({ name: 'hanok', value: 'hanok' });
  });

  it('speaks Korean with whom does', async () => {
    const [by, locale] = [discord.people.crowd[2]?.user.id ?? '', Locale.Korean] as const;
    const options = { labels: '고양이, 강아지' };
    const answer = await answerTo(discord.slash({ command: 'classify', options, attachments: { image }, by, locale }));
    expect(answer.content).toMatch(/라벨 2개끼리만/);
    expect(answer.buttons.map(({ label }) => label)).toEqual(['왜?', '어디?', '다른 라벨…']);
    const help = await answerTo(discord.slash({ command: 'help', by, locale }));
    expect(help).toMatchObject({ isEphemeral: true, content: expect.stringContaining('라벨') });
  });

  it('tells of an encoder that stopped in the middle, and goes on', async () => {
    const by = discord.people.crowd[3]?.user.id ?? '';
    const asked = { command: 'classify', options: { labels: 'cat, dog' }, attachments: { image }, by };
    await answerTo(discord.slash(asked));
    const thread = threads.at(-1);
    if (!thread) throw new Error('no thread');
    const posting = vi.spyOn(thread, 'postMessage').mockImplementationOnce(() => {}); // the batch stays in the thread
    const stuck = discord.slash(asked);
    await expect.poll(() => posting.mock.calls.length).toBe(1);
    await thread.terminate();
    expect((await answerTo(stuck)).content).toContain('The model stopped while it looked at this');
    expect((await answerTo(discord.slash(asked))).attachments).toHaveLength(1);
  });

  it.each([
    ['a page that asks to log in', { kind: 'page' }, /is a text file.*PNG or JPEG/],
    ['an image that was cut off', { kind: 'bytes', bytes: image.bytes.slice(0, 2000) }, /damaged or was cut off/],
    ['an image of a format that cannot be read', { kind: 'bytes', bytes: Buffer.from('\0\0\0\x18ftypheic') }, /HEIC/],
  ] as const)('says what to do about %s', async (_, behaviour, sentence) => {
    const by = discord.people.crowd[5]?.user.id ?? '';
    const attachments = { image: { ...image, behaviour } };
    const options = { labels: 'cat, dog' };
    expect((await answerTo(discord.slash({ command: 'classify', options, attachments, by }))).content).toMatch(
      sentence,
    );
  });

  it('holds back who asks without end, for their eyes alone', async () => {
    const by = discord.people.crowd[4]?.user.id ?? '';
    const ask = () => discord.slash({ command: 'classify', options: { labels: 'a, b' }, attachments: { image }, by });
    const answers = await Promise.all(Array.from({ length: 7 }, () => answerTo(ask())));
    const held = answers.filter(({ content }) => /Please wait \d+ s/.test(content));
    expect(held).toMatchObject([{ isEphemeral: true }]);
  });
});
