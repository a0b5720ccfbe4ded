import { describe, expect, it } from 'vitest';
import { toAnswer } from '../../src/chat/answer.ts';
import { ChannelGone } from '../../src/chat/parts.ts';
import { reply } from '../../src/chat/reply.ts';
import { only, type Scene } from './chat-scene.ts';

/** What holds whatever is asked: who may, what goes wrong, what nobody asked for, and a stop. */
export function runningContract(scene: Scene): void {
  describe('a post that nobody asked for', () => {
    const said = { kind: 'reply', visibility: 'public', reply: reply('every Monday') } as const;

    it('is there for everybody, with its pictures and what can be done next', async () => {
      const images = [
        { name: 'chart.png', mediaType: 'image/png', bytes: scene.stage.picture, alt: 'A chart' },
      ] as const;
      const buttons = [{ label: 'Again', command: 'echo', options: { labels: 'again' }, withImages: false }];
      const answer = toAnswer({ ...said, reply: reply('*every* <Monday>', { images, buttons }) }, undefined);
      const posted = await scene.chat.post(answer, 'here');
      expect(posted).toMatchObject([
        { text: '*every* <Monday>', active: [], files: [{ name: 'chart.png', alt: 'A chart' }], isPrivate: false },
      ]);
      expect(posted[0]?.controls).toEqual(['Again']);
    });

    it('is covered where it may hurt', async () => {
      const answer = toAnswer({ ...said, reply: reply('hurts', { spoiler: true }) }, undefined);
      expect(await scene.chat.post(answer, 'here')).toMatchObject([{ text: 'hurts', isCovered: true }]);
    });

    it('tells that a channel is gone', async () => {
      await expect(scene.chat.post(toAnswer(said, undefined), 'gone')).rejects.toThrow(ChannelGone);
    });
  });

  describe('who may', () => {
    it('a manager may change settings, a member is told who may', async () => {
      const change = { command: 'settings', subcommand: 'change' };
      expect((await only(scene.chat.ask({ ...change, by: 'manager' }))).text).toMatch(/^changed in \w+:/);
      expect(await only(scene.chat.ask({ ...change, by: 'member' }))).toMatchObject({
        text: expect.stringContaining('only people who manage it'),
        isPrivate: true,
      });
    });
  });

  describe('what goes wrong', () => {
    it('a bug is an apology with an id, and tells nothing of itself', async () => {
      const { text } = await only(scene.chat.ask({ command: 'fail' }));
      expect(text).toMatch(/error [0-9a-f]{8}/);
      expect(text).not.toContain('secret');
    });

    it('an image that is gone is said to be', async () => {
      const { text } = await only(scene.look({ images: ['gone'] }));
      expect(text).toContain('could not be fetched');
    });

    it('an event delivered twice is answered once', async () => {
      scene.closeGate();
      const exchange = scene.look();
      await exchange.acknowledged();
      scene.chat.redeliver(exchange);
      scene.open();
      await only(exchange);
      scene.chat.redeliver(exchange);
      // Once this is answered, so would what came before it be.
      await only(scene.chat.ask({ command: 'echo' }));
      await only(exchange);
      expect(scene.stage.requests.map(({ command }) => command)).toEqual(['look', 'echo']);
    });

    it('an answer that is late arrives all the same', async () => {
      scene.closeGate();
      const exchange = scene.look();
      await exchange.acknowledged();
      scene.chat.expire(exchange);
      scene.open();
      const late = (await exchange.everything()).filter(({ text }) => text.startsWith('looked at 1'));
      expect(late).toMatchObject([{ files: [{ name: 'drawing-1.png' }] }]);
    });
  });

  describe('a stop', () => {
    it('lets what is under way end', async () => {
      scene.closeGate();
      const exchange = scene.look();
      await exchange.acknowledged();
      const stopped = scene.chat.stop();
      scene.open();
      await stopped;
      expect(await only(exchange)).toMatchObject({ text: 'looked at 1 with cat, plain' });
    });
  });
}

/** What holds where a stop cannot wait for what is under way. */
export function hurriedContract(scene: Scene): void {
  it('a stop tells off what takes too long', async () => {
    scene.closeGate();
    const exchange = scene.look();
    await exchange.acknowledged();
    await scene.chat.stop();
    expect((await exchange.everything()).map(({ text }) => text)).toEqual([
      'Cliplens was stopped before this was done. Ask again in a minute.',
    ]);
  });
}
