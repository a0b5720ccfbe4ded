import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatParts } from '../../src/chat/parts.ts';
import { FILES, HOSTILE, type Stage } from './commands.ts';
import type { Ask, Upload } from './harness.ts';
import { openStage, PHOTOS, partsOf, upload } from './stage.ts';

/** An answer as the asker gets it. */
interface Told {
  text: string;
  /** Pictures, then files. */
  files: readonly { name: string; bytes: Uint8Array; alt: string }[];
}

export interface AdapterHarness {
  ask(ask: Ask): Promise<Told>;
  close(): Promise<void>;
}

/** What every way in does, a chat platform or not. `start` starts it with its real SDK. */
export function adapterContract(name: string, start: (parts: ChatParts) => Promise<AdapterHarness>): void {
  describe(`${name}, as every way in`, () => {
    let adapter: AdapterHarness;
    let stage: Stage;
    let cat: Upload;
    let dog: Upload;

    beforeEach(async () => {
      cat = await upload('cat.png', 'wide.png');
      dog = await upload('dog.jpg', 'upright.jpg');
      stage = await openStage();
      adapter = await start(partsOf(stage));
    });
    afterEach(() => adapter.close());

    it('hands the images over as they were sent, and options as they were given', async () => {
      const options = { labels: 'cat, "dog"', template: 'a {label}' };
      const { text } = await adapter.ask({ command: 'look', options, images: [cat, dog] });
      expect(text).toBe('looked at 2 with cat, "dog", a {label}');
      expect(stage.requests[0]?.images.map((image) => image.name)).toEqual(['cat.png', 'dog.jpg']);
      expect(stage.received[0]?.map((bytes) => Buffer.from(bytes))).toEqual([cat.bytes, dog.bytes]);
    });

    it('hands zips over as they were sent', async () => {
      const more = { ...PHOTOS, name: 'more.ZIP' };
      const { text } = await adapter.ask({ command: 'unpack', archives: [PHOTOS, more] });
      expect(text).toBe('unpacked 사진.zip, more.ZIP');
      expect(stage.requests[0]?.images).toEqual([]);
      expect(stage.received[0]?.map((bytes) => Buffer.from(bytes))).toEqual([PHOTOS.bytes, PHOTOS.bytes]);
    });

    it('gives each image back with what it shows', async () => {
      const { files } = await adapter.ask({ command: 'look', images: [cat, dog] });
      expect(files.map(({ alt }) => alt)).toEqual([1, 2].map((i) => `What drawing-${i}.png shows, "quoted" & <b>`));
      for (const { bytes } of files) expect(Buffer.from(bytes)).toEqual(stage.picture);
    });

    it('gives files beside the pictures, whole, with what is in them', async () => {
      const { text, files } = await adapter.ask({ command: 'report' });
      expect(text).toBe('a report');
      const [picture, ...beside] = files;
      expect(picture?.alt).toBe('What chart.png shows, "quoted" & <b>');
      expect(Buffer.from(picture?.bytes ?? [])).toEqual(stage.picture);
      expect(beside.map(({ alt }) => alt)).toEqual(FILES.map(({ description }) => description));
      expect(beside.map(({ bytes }) => Buffer.from(bytes))).toEqual(FILES.map(({ bytes }) => bytes));
      expect(beside.map(({ name }) => name.replace('-2', ''))).toEqual(FILES.map(({ name }) => name));
    });

    it('says what people typed as they typed it', async () => {
      expect((await adapter.ask({ command: 'hostile' })).text).toBe(HOSTILE);
    });

    it('finds a subcommand', async () => {
      const { text } = await adapter.ask({ command: 'settings', subcommand: 'change', by: 'manager' });
      expect(text).toMatch(/^changed in \w+:/);
    });

    it('tells a refusal in the language asked for', async () => {
      expect((await adapter.ask({ command: 'refuse', locale: 'en' })).text).toContain('There are no labels yet');
      expect((await adapter.ask({ command: 'refuse', locale: 'ko' })).text).toContain('라벨이 없습니다');
    });

    it('apologises for a bug with an id, and tells nothing of it', async () => {
      const { text } = await adapter.ask({ command: 'fail' });
      expect(text).toMatch(/error [0-9a-f]{8}/);
      expect(text).not.toContain('secret');
    });
  });
}
