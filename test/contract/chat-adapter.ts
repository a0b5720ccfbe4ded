import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAnswer } from '../../src/chat/answer.ts';
import { ChannelGone, type ChatParts } from '../../src/chat/parts.ts';
import { reply } from '../../src/chat/reply.ts';
import { FILES, HOSTILE, lineOfLong, type Stage } from './commands.ts';
import type { ChatHarness, Exchange, Seen, Upload } from './harness.ts';
import { openStage, PHOTOS, partsOf, upload } from './stage.ts';

/** What every adapter of a chat platform does, whatever the platform. `start` starts it with its real SDK. */
export function chatAdapterContract(platform: string, start: (parts: ChatParts) => Promise<ChatHarness>): void {
  describe(`${platform}, as every chat`, () => {
    let chat: ChatHarness;
    let stage: Stage;
    let cat: Upload;
    let dog: Upload;
    let open: () => void;

    beforeEach(async () => {
      cat = await upload('cat.png', 'wide.png');
      dog = await upload('dog.jpg', 'upright.jpg');
      stage = await openStage();
      chat = await start(partsOf(stage));
    });
    afterEach(async () => {
      expect(chat.violations()).toEqual([]);
      await chat.close();
    });

    function closeGate(): void {
      stage.gate = new Promise((resolve) => {
        open = resolve;
      });
    }

    async function only(exchange: Exchange): Promise<Seen> {
      await exchange.answer();
      const all = await exchange.everything();
      expect(all).toHaveLength(1);
      const [seen] = all;
      if (!seen) throw new Error('nothing was answered');
      return seen;
    }

    const look = (rest = {}) => chat.ask({ command: 'look', options: { labels: 'cat' }, images: [cat], ...rest });

    describe('an answer', () => {
      it('is promised before it is ready, and comes once', async () => {
        closeGate();
        const exchange = look();
        await exchange.acknowledged();
        open();
        expect(await only(exchange)).toMatchObject({ text: 'looked at 1 with cat, plain', isPrivate: false });
      });

      it('carries its images with what they show, and the command got those that were sent', async () => {
        const seen = await only(look({ images: [cat, dog] }));
        expect(stage.received).toEqual([[cat.bytes, dog.bytes]]);
        expect(stage.requests[0]?.images.map(({ name }) => name)).toEqual(['cat.png', 'dog.jpg']);
        expect(seen.files).toMatchObject([
          { name: 'drawing-1.png', alt: 'What drawing-1.png shows, "quoted" & <b>', isCovered: false },
          { name: 'drawing-2.png', alt: 'What drawing-2.png shows, "quoted" & <b>' },
        ]);
        for (const { bytes } of seen.files) expect(new Uint8Array(bytes)).toEqual(new Uint8Array(stage.picture));
      });

      it('shows what people type as they typed it, and pings nobody', async () => {
        const seen = await only(chat.ask({ command: 'hostile' }));
        expect(seen.text).toBe(HOSTILE);
        expect(seen.active).toEqual([]);
        const labels = '<@9>, *a*, @here';
        expect(await only(chat.ask({ command: 'echo', options: { labels } }))).toMatchObject({
          text: `said ${labels}`,
          active: [],
        });
      });

      it('shows a table', async () => {
        const { text, active } = await only(chat.ask({ command: 'table' }));
        for (const word of ['a table', 'Scores', 'label', 'percent', '`cat`', '90 %']) expect(text).toContain(word);
        expect(active).toEqual([]);
      });

      it('that is long is paged, back and forth, and loses nothing', async () => {
        let exchange = chat.ask({ command: 'long' });
        const read: string[] = [];
        for (let page = 0; page < 40; page++) {
          const seen = await only(exchange);
          read.push(seen.text);
          if (!seen.controls.includes('▶')) break;
          exchange = exchange.press('▶');
        }
        expect(read.length).toBeGreaterThan(2);
        const lines = read
          .join('\n')
          .split('\n')
          .map((line) => line.trimEnd());
        for (const i of [0, 1, 350, 698, 699]) expect(lines).toContain(lineOfLong(i));
        expect((await only(exchange.press('◀'))).text).toBe(read.at(-2));
        expect(stage.requests).toHaveLength(1);
      });

      it('that may hurt is covered', async () => {
        const seen = await only(chat.ask({ command: 'harm' }));
        expect(seen).toMatchObject({
          text: 'a hard word',
          isCovered: true,
          files: [{ isCovered: true }, { isCovered: true }],
        });
      });

      it('in the language of the asker', async () => {
        const exchange = chat.ask({ command: 'refuse', locale: 'ko' });
        expect((await only(exchange)).text).toMatch(/라벨이 없습니다/);
        expect(stage.requests[0]?.locale).toBe('ko');
      });
    });

    describe('what takes long', () => {
      const texts = (seen: Seen[]) => seen.map(({ text }) => text);

      it.each(['command', 'mention'])('tells how far it is, and leaves nothing but the answer: a %s', async (how) => {
        closeGate();
        const exchange = how === 'command' ? chat.ask({ command: 'march' }) : chat.mention('march', []);
        await expect.poll(() => texts(exchange.soFar())).toEqual(['Working: 1 of 4 done']);
        open();
        await expect.poll(async () => texts(await exchange.everything())).toEqual(['marched']);
      });

      it('answers all the same where nothing can be told any more', async () => {
        closeGate();
        const exchange = chat.ask({ command: 'march' });
        await exchange.acknowledged();
        chat.expire(exchange);
        open();
        await expect.poll(async () => texts(await exchange.everything())).toContain('marched');
      });
    });

    describe('a private answer', () => {
      it('is seen by the asker alone, who may share it', async () => {
        const exchange = chat.ask({ command: 'whisper', options: { labels: 'hush' } });
        expect(await only(exchange)).toMatchObject({ text: 'whispered hush', isPrivate: true, controls: ['Share'] });
        const shared = await only(exchange.press('Share'));
        expect(shared).toMatchObject({ text: 'whispered hush', isPrivate: false, controls: [] });
      });

      it('keeps its files private too', async () => {
        const exchange = chat.ask({ command: 'confide' });
        await exchange.answer();
        const all = await exchange.everything();
        expect(all.every(({ isPrivate }) => isPrivate)).toBe(true);
        const told = all.flatMap(({ files }) => files.map(({ alt }) => alt));
        expect(told).toEqual(FILES.map(({ description }) => description));
      });

      it('is so from a button too', async () => {
        const exchange = look();
        await exchange.answer();
        expect(await only(exchange.press('Whisper'))).toMatchObject({ text: 'whispered psst', isPrivate: true });
      });
    });

    describe('what follows an answer', () => {
      it('a button runs its command, with the images of the request', async () => {
        const exchange = look({ images: [cat, dog] });
        expect((await only(exchange)).controls).toEqual(['Template', 'Again', 'Whisper', 'Other labels…']);
        const again = await only(exchange.press('Again'));
        expect(again.text).toBe('looked at 2 with again, plain');
        expect(stage.received[1]).toEqual(stage.received[0]);
      });

      it('a choice runs it with the value chosen', async () => {
        const exchange = look();
        await exchange.answer();
        expect(await only(exchange.choose('Template', 'two'))).toMatchObject({ text: 'looked at 1 with chosen, two' });
      });

      it('a button that asks opens a form, with what there is', async () => {
        const exchange = look();
        await exchange.answer();
        const form = await exchange.press('Other labels…').form();
        expect(form.fields).toEqual([{ label: expect.stringContaining('labels'), value: 'old' }]);
        const seen = await only(form.fillIn({ [form.fields[0]?.label ?? '']: 'fox, *owl*' }));
        expect(seen.text).toBe('looked at 1 with fox, *owl*, plain');
        expect(stage.received[1]).toEqual(stage.received[0]);
      });

      it('a button runs its command with the zip of the request, after a restart too', async () => {
        const exchange = chat.ask({ command: 'unpack', archives: [PHOTOS] });
        expect(await only(exchange)).toMatchObject({ text: 'unpacked 사진.zip' });
        await chat.restart();
        expect(await only(exchange.press('Unpack again'))).toMatchObject({ text: 'unpacked 사진.zip' });
        expect(stage.received.map(([bytes]) => Buffer.from(bytes ?? []))).toEqual([PHOTOS.bytes, PHOTOS.bytes]);
      });

      it('what is missing can be typed at once', async () => {
        const exchange = chat.ask({ command: 'refuse' });
        expect((await only(exchange)).controls).toEqual(['Type them…']);
        const form = await exchange.press('Type them…').form();
        expect((await only(form.fillIn({ [form.fields[0]?.label ?? '']: 'plums' }))).text).toBe('thank you for plums');
      });

      it('goes on working after a restart', async () => {
        const exchange = look();
        await exchange.answer();
        await chat.restart();
        expect(await only(exchange.press('Again'))).toMatchObject({ text: 'looked at 1 with again, plain' });
        expect(stage.received[1]).toEqual(stage.received[0]);
      });
    });

    describe('other ways in', () => {
      it('a message’s own menu', async () => {
        const exchange = chat.onMessage('Look', [cat, dog]);
        expect(await only(exchange)).toMatchObject({ text: 'looked at 2 with nothing, plain' });
        expect(stage.received[0]).toHaveLength(2);
        expect(await only(exchange.press('Again'))).toMatchObject({ text: 'looked at 2 with again, plain' });
      });

      it('a mention with an image: a command, or its labels for the first that takes images', async () => {
        expect(await only(chat.mention('cat, dog', [cat]))).toMatchObject({ text: 'looked at 1 with cat, dog, plain' });
        expect(await only(chat.mention('/look “fox”, owl template:two', [cat]))).toMatchObject({
          text: 'looked at 1 with "fox", owl, two',
        });
        expect(await only(chat.mention('echo hello', []))).toMatchObject({ text: 'said hello' });
      });
    });

    describe('a post that nobody asked for', () => {
      const said = { kind: 'reply', visibility: 'public', reply: reply('every Monday') } as const;

      it('is there for everybody, with its pictures and what can be done next', async () => {
        const images = [{ name: 'chart.png', mediaType: 'image/png', bytes: stage.picture, alt: 'A chart' }] as const;
        const buttons = [{ label: 'Again', command: 'echo', options: { labels: 'again' }, withImages: false }];
        const answer = toAnswer({ ...said, reply: reply('*every* <Monday>', { images, buttons }) }, undefined);
        const posted = await chat.post(answer, 'here');
        expect(posted).toMatchObject([
          { text: '*every* <Monday>', active: [], files: [{ name: 'chart.png', alt: 'A chart' }], isPrivate: false },
        ]);
        expect(posted[0]?.controls).toEqual(['Again']);
      });

      it('is covered where it may hurt', async () => {
        const answer = toAnswer({ ...said, reply: reply('hurts', { spoiler: true }) }, undefined);
        expect(await chat.post(answer, 'here')).toMatchObject([{ text: 'hurts', isCovered: true }]);
      });

      it('tells that a channel is gone', async () => {
        await expect(chat.post(toAnswer(said, undefined), 'gone')).rejects.toThrow(ChannelGone);
      });
    });

    describe('a zip on a message', () => {
      it('goes to a command that takes one', async () => {
        expect(await only(chat.mention('unpack', [PHOTOS]))).toMatchObject({ text: 'unpacked 사진.zip' });
      });

      it('is left out beside an image where the command takes none', async () => {
        expect((await only(chat.mention('cat', [cat, PHOTOS]))).text).toBe('looked at 1 with cat, plain');
        expect((await only(chat.onMessage('Look', [PHOTOS, cat]))).text).toBe('looked at 1 with nothing, plain');
      });

      it('is told to be of no use where there is nothing else', async () => {
        const sentence = 'This command takes no zip or folder. Send the images themselves.';
        expect((await only(chat.mention('cat', [PHOTOS]))).text).toBe(sentence);
        expect((await only(chat.onMessage('Look', [PHOTOS]))).text).toBe(sentence);
      });

      it('is missed where a command needs one', async () => {
        expect((await only(chat.mention('unpack', []))).text).toContain('There is no zip');
      });
    });

    describe('who may', () => {
      it('a manager may change settings, a member is told who may', async () => {
        const change = { command: 'settings', subcommand: 'change' };
        expect((await only(chat.ask({ ...change, by: 'manager' }))).text).toMatch(/^changed in \w+:/);
        expect(await only(chat.ask({ ...change, by: 'member' }))).toMatchObject({
          text: expect.stringContaining('only people who manage it'),
          isPrivate: true,
        });
      });
    });

    describe('what goes wrong', () => {
      it('a bug is an apology with an id, and tells nothing of itself', async () => {
        const { text } = await only(chat.ask({ command: 'fail' }));
        expect(text).toMatch(/error [0-9a-f]{8}/);
        expect(text).not.toContain('secret');
      });

      it('an image that is gone is said to be', async () => {
        const { text } = await only(look({ images: ['gone'] }));
        expect(text).toContain('could not be fetched');
      });

      it('an event delivered twice is answered once', async () => {
        closeGate();
        const exchange = look();
        await exchange.acknowledged();
        chat.redeliver(exchange);
        open();
        await only(exchange);
        chat.redeliver(exchange);
        await only(exchange);
        expect(stage.requests).toHaveLength(1);
      });

      it('an answer that is late arrives all the same', async () => {
        closeGate();
        const exchange = look();
        await exchange.acknowledged();
        chat.expire(exchange);
        open();
        const late = (await exchange.everything()).filter(({ text }) => text.startsWith('looked at 1'));
        expect(late).toMatchObject([{ files: [{ name: 'drawing-1.png' }] }]);
      });
    });

    describe('a stop', () => {
      it('lets what is under way end', async () => {
        closeGate();
        const exchange = look();
        await exchange.acknowledged();
        const stopped = chat.stop();
        open();
        await stopped;
        expect(await only(exchange)).toMatchObject({ text: 'looked at 1 with cat, plain' });
      });

      it('tells off what takes too long', async () => {
        closeGate();
        const exchange = look();
        await exchange.acknowledged();
        await chat.stop();
        expect((await exchange.everything()).map(({ text }) => text)).toEqual([
          'Cliplens was stopped before this was done. Ask again in a minute.',
        ]);
      });
    });
  });
}
