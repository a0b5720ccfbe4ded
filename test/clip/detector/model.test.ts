import { readFile } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DetectorModel } from '../../../src/clip/detector/model.ts';
import { ModelLibrary } from '../../../src/clip/library.ts';
import { decode } from '../../../src/image/decode.ts';
import type { Picture } from '../../../src/image/picture.ts';
import { access } from '../loopback-hub.ts';
import { FIXTURES, OWL } from './reference.ts';

const question = { labels: ['cat', 'red car', 'forest'], template: 'photo' };

describe('a detector', () => {
  const threads: Worker[] = [];
  const remember = (worker: Worker) => threads.push(worker);
  let detector: DetectorModel;
  let picture: Picture;

  beforeAll(async () => {
    process.on('worker', remember);
    const library = new ModelLibrary({ hub: access('http://127.0.0.1:1'), cacheFolder: OWL });
    detector = new DetectorModel({
      name: 'owl',
      find: (onProgress, signal) => library.findDetector({ model: OWL, dtype: 'fp32', ask: 'may', onProgress, signal }),
      threads: 1,
      admit: async () => () => {},
    });
    picture = await decode(
      'upright.jpg',
      await readFile(`${FIXTURES}images/upright.jpg`),
      (await detector.info()).side,
    );
  });

  afterAll(async () => {
    process.off('worker', remember);
    await detector.close();
  });

  it('fails what is in its thread when that dies, and goes on in a new one', async () => {
    const before = await detector.detect(picture, question);
    const [thread = expect.fail()] = threads;
    const post = vi.spyOn(thread, 'postMessage').mockImplementationOnce(() => {}); // so that it is still in there
    const inside = detector.detect(picture, question);
    const crashed = expect(inside).rejects.toMatchObject({ code: 'encoder-crashed' });
    await expect.poll(() => post.mock.calls.length).toBe(1);
    const waiting = detector.detect(picture, question);
    await thread.terminate();
    await crashed;
    expect(await waiting).toEqual(before);
    expect(threads).toHaveLength(2);
  });

  it('gives its memory back when it is put away, and answers again', async () => {
    const before = await detector.detect(picture, question);
    const last = threads.at(-1) ?? expect.fail();
    await detector.putAway();
    expect(last.threadId).toBe(-1);
    expect(await detector.detect(picture, question)).toEqual(before);
  });

  it('says that it cuts a text where it does so in every template', async () => {
    const long = 'a small black cat with white paws on the old sofa by the window';
    expect(await detector.readsWhole('cat', 'clip-7')).toBe(true);
    expect(await detector.readsWhole(long, 'plain')).toBe(false);
    expect(await detector.readsWhole(long, 'clip-7')).toBe(false);
  });
});
