import { describe, expect, it } from 'vitest';
import { only, type Scene } from './chat-scene.ts';
import { PHOTOS } from './stage.ts';

/** How something is asked, and asked on. */
export function askingContract(scene: Scene): void {
  describe('what follows an answer', () => {
    it('a button runs its command, with the images of the request', async () => {
      const exchange = scene.look({ images: [scene.cat, scene.dog] });
      expect((await only(exchange)).controls).toEqual(['Template', 'Again', 'Whisper', 'Other labels…']);
      const again = await only(exchange.press('Again'));
      expect(again.text).toBe('looked at 2 with again, plain');
      expect(scene.stage.received[1]).toEqual(scene.stage.received[0]);
    });

    it('a choice runs it with the value chosen', async () => {
      const exchange = scene.look();
      await exchange.answer();
      expect(await only(exchange.choose('Template', 'two'))).toMatchObject({ text: 'looked at 1 with chosen, two' });
    });

    it('a button that asks opens a form, with what there is', async () => {
      const exchange = scene.look();
      await exchange.answer();
      const form = await exchange.press('Other labels…').form();
      expect(form.fields).toEqual([{ label: expect.stringContaining('labels'), value: 'old' }]);
      const seen = await only(form.fillIn({ [form.fields[0]?.label ?? '']: 'fox, *owl*' }));
      expect(seen.text).toBe('looked at 1 with fox, *owl*, plain');
      expect(scene.stage.received[1]).toEqual(scene.stage.received[0]);
    });

    it('a button runs its command with the zip of the request, after a restart too', async () => {
      const exchange = scene.chat.ask({ command: 'unpack', archives: [PHOTOS] });
      expect(await only(exchange)).toMatchObject({ text: 'unpacked 사진.zip' });
      await scene.chat.restart();
      expect(await only(exchange.press('Unpack again'))).toMatchObject({ text: 'unpacked 사진.zip' });
      expect(scene.stage.received.map(([bytes]) => Buffer.from(bytes ?? []))).toEqual([PHOTOS.bytes, PHOTOS.bytes]);
    });

    it('what is missing can be typed at once', async () => {
      const exchange = scene.chat.ask({ command: 'refuse' });
      expect((await only(exchange)).controls).toEqual(['Type them…']);
      const form = await exchange.press('Type them…').form();
      expect((await only(form.fillIn({ [form.fields[0]?.label ?? '']: 'plums' }))).text).toBe('thank you for plums');
    });

    it('goes on working after a restart', async () => {
      const exchange = scene.look();
      await exchange.answer();
      await scene.chat.restart();
      expect(await only(exchange.press('Again'))).toMatchObject({ text: 'looked at 1 with again, plain' });
      expect(scene.stage.received[1]).toEqual(scene.stage.received[0]);
    });
  });

  describe('other ways in', () => {
    it('a message’s own menu', async () => {
      const exchange = scene.chat.onMessage('Look', [scene.cat, scene.dog]);
      expect(await only(exchange)).toMatchObject({ text: 'looked at 2 with nothing, plain' });
      expect(scene.stage.received[0]).toHaveLength(2);
      expect(await only(exchange.press('Again'))).toMatchObject({ text: 'looked at 2 with again, plain' });
    });

    it('a mention with an image: a command, or its labels for the first that takes images', async () => {
      expect(await only(scene.chat.mention('cat, dog', [scene.cat]))).toMatchObject({
        text: 'looked at 1 with cat, dog, plain',
      });
      expect(await only(scene.chat.mention('/look “fox”, owl template:two', [scene.cat]))).toMatchObject({
        text: 'looked at 1 with "fox", owl, two',
      });
      expect(await only(scene.chat.mention('echo hello', []))).toMatchObject({ text: 'said hello' });
    });
  });

  describe('a zip on a message', () => {
    it('goes to a command that takes one', async () => {
      expect(await only(scene.chat.mention('unpack', [PHOTOS]))).toMatchObject({ text: 'unpacked 사진.zip' });
    });

    it('is left out beside an image where the command takes none', async () => {
      expect((await only(scene.chat.mention('cat', [scene.cat, PHOTOS]))).text).toBe('looked at 1 with cat, plain');
      expect((await only(scene.chat.onMessage('Look', [PHOTOS, scene.cat]))).text).toBe(
        'looked at 1 with nothing, plain',
      );
    });

    it('is told to be of no use where there is nothing else', async () => {
      const sentence = 'This command takes no zip or folder. Send the images themselves.';
      expect((await only(scene.chat.mention('cat', [PHOTOS]))).text).toBe(sentence);
      expect((await only(scene.chat.onMessage('Look', [PHOTOS]))).text).toBe(sentence);
    });

    it('is missed where a command needs one', async () => {
      expect((await only(scene.chat.mention('unpack', []))).text).toContain('There is no zip');
    });
  });
}
