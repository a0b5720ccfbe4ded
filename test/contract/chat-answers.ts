import { describe, expect, it } from 'vitest';
import { only, type Scene } from './chat-scene.ts';
import { FILES, HOSTILE, lineOfLong } from './commands.ts';
import type { Seen } from './harness.ts';

/** What an answer is like, until it is there and once it is. */
export function answersContract(scene: Scene): void {
  describe('an answer', () => {
    it('is promised before it is ready, and comes once', async () => {
      scene.closeGate();
      const exchange = scene.look();
      await exchange.acknowledged();
      scene.open();
      expect(await only(exchange)).toMatchObject({ text: 'looked at 1 with cat, plain', isPrivate: false });
    });

    it('carries its images with what they show, and the command got those that were sent', async () => {
      const seen = await only(scene.look({ images: [scene.cat, scene.dog] }));
      expect(scene.stage.received).toEqual([[scene.cat.bytes, scene.dog.bytes]]);
      expect(scene.stage.requests[0]?.images.map(({ name }) => name)).toEqual(['cat.png', 'dog.jpg']);
      expect(seen.files).toMatchObject([
        { name: 'drawing-1.png', alt: 'What drawing-1.png shows, "quoted" & <b>', isCovered: false },
        { name: 'drawing-2.png', alt: 'What drawing-2.png shows, "quoted" & <b>' },
      ]);
      for (const { bytes } of seen.files) expect(new Uint8Array(bytes)).toEqual(new Uint8Array(scene.stage.picture));
    });

    it('shows what people type as they typed it, and pings nobody', async () => {
      const seen = await only(scene.chat.ask({ command: 'hostile' }));
      expect(seen.text).toBe(HOSTILE);
      expect(seen.active).toEqual([]);
      const labels = '<@9>, *a*, @here';
      expect(await only(scene.chat.ask({ command: 'echo', options: { labels } }))).toMatchObject({
        text: `said ${labels}`,
        active: [],
      });
    });

    it('shows a table', async () => {
      const { text, active } = await only(scene.chat.ask({ command: 'table' }));
      for (const word of ['a table', 'Scores', 'label', 'percent', '`cat`', '90 %']) expect(text).toContain(word);
      expect(active).toEqual([]);
    });

    it('that is long is paged, back and forth, and loses nothing', async () => {
      let exchange = scene.chat.ask({ command: 'long' });
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
      expect(scene.stage.requests).toHaveLength(1);
    });

    it('that may hurt is covered', async () => {
      const seen = await only(scene.chat.ask({ command: 'harm' }));
      expect(seen).toMatchObject({
        text: 'a hard word',
        isCovered: true,
        files: [{ isCovered: true }, { isCovered: true }],
      });
    });

    it('in the language of the asker', async () => {
      const exchange = scene.chat.ask({ command: 'refuse', locale: 'ko' });
      expect((await only(exchange)).text).toMatch(/라벨이 없습니다/);
      expect(scene.stage.requests[0]?.locale).toBe('ko');
    });
  });

  describe('what takes long', () => {
    const texts = (seen: Seen[]) => seen.map(({ text }) => text);

    it.each(['command', 'mention'])('tells how far it is, and leaves nothing but the answer: a %s', async (how) => {
      scene.closeGate();
      const exchange = how === 'command' ? scene.chat.ask({ command: 'march' }) : scene.chat.mention('march', []);
      await expect.poll(() => texts(exchange.soFar())).toEqual(['Working: 1 of 4 done']);
      scene.open();
      await expect.poll(async () => texts(await exchange.everything())).toEqual(['marched']);
    });

    it('answers all the same where nothing can be told any more', async () => {
      scene.closeGate();
      const exchange = scene.chat.ask({ command: 'march' });
      await exchange.acknowledged();
      scene.chat.expire(exchange);
      scene.open();
      await expect.poll(async () => texts(await exchange.everything())).toContain('marched');
    });
  });

  describe('a private answer', () => {
    it('is seen by the asker alone, who may share it', async () => {
      const exchange = scene.chat.ask({ command: 'whisper', options: { labels: 'hush' } });
      expect(await only(exchange)).toMatchObject({ text: 'whispered hush', isPrivate: true, controls: ['Share'] });
      const shared = await only(exchange.press('Share'));
      expect(shared).toMatchObject({ text: 'whispered hush', isPrivate: false, controls: [] });
    });

    it('keeps its files private too', async () => {
      const exchange = scene.chat.ask({ command: 'confide' });
      await exchange.answer();
      const all = await exchange.everything();
      expect(all.every(({ isPrivate }) => isPrivate)).toBe(true);
      const told = all.flatMap(({ files }) => files.map(({ alt }) => alt));
      expect(told).toEqual(FILES.map(({ description }) => description));
    });

    it('is so from a button too', async () => {
      const exchange = scene.look();
      await exchange.answer();
      expect(await only(exchange.press('Whisper'))).toMatchObject({ text: 'whispered psst', isPrivate: true });
    });
  });
}
