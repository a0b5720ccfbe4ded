import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Encoder } from '../../src/clip/encoder.ts';
import { dot } from '../../src/clip/vectors.ts';

const folder = fileURLToPath(new URL('../fixtures/reference/clip-tiny', import.meta.url));
const spec = {
  folder,
  vision: `${folder}/onnx/vision_model.onnx`,
  text: `${folder}/onnx/text_model.onnx`,
  threads: 1,
  explanations: '',
  heads: 4,
  family: 'clip' as const,
  context: 77,
  width: undefined,
};

/** The encoder's threads, as the process sees them start. */
const threads: Worker[] = [];
const remember = (worker: Worker) => threads.push(worker);

const pixels = (seed: number) => Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * seed) % 256);

it('gives the same vector of an image in 8 bits, whatever is encoded along with it', async () => {
  const encoder = new Encoder({ ...spec, vision: `${folder}/onnx-more/q8.onnx` });
  onTestFinished(() => encoder.close());
  const alone = await encoder.image(pixels(3));
  expect(await encoder.images([pixels(5), pixels(3), pixels(7)])).toContainEqual(alone);
});

describe('Encoder', () => {
  let encoder: Encoder;

  beforeEach(async () => {
    threads.length = 0;
    process.on('worker', remember);
    encoder = new Encoder(spec);
    await encoder.ready;
  });

  afterEach(async () => {
    process.off('worker', remember);
    await encoder.close();
  });

  it('encodes requests that wait together, in batches of eight', async () => {
    const post = vi.spyOn(threads[0] ?? expect.fail(), 'postMessage');
    const together = await Promise.all(Array.from({ length: 20 }, (_, i) => encoder.image(pixels(i + 1))));
    expect(post.mock.calls.map(([message]) => message.input.length)).toEqual([1, 8, 8, 3]);
    for (const [i, vector] of together.entries()) {
      expect(dot(vector, await encoder.image(pixels(i + 1)))).toBeGreaterThan(0.99999);
    }
  });

  it('lets images and texts take turns', async () => {
    const post = vi.spyOn(threads[0] ?? expect.fail(), 'postMessage');
    const texts = Array.from({ length: 200 }, (_, i) => encoder.text(`label ${i}`));
    await Promise.all([...texts, encoder.image(pixels(1)), encoder.image(pixels(2))]);
    expect(post.mock.calls.map(([{ kind }]) => kind)).toEqual(['texts', 'images', 'texts', 'texts', 'texts', 'texts']);
  });

  it('fails only what is in a thread that dies, and goes on in a new one', async () => {
    const [thread = expect.fail()] = threads;
    vi.spyOn(thread, 'postMessage').mockImplementationOnce(() => {}); // so that the batch is still in it when it dies
    const [inTheThread, ...waiting] = Array.from({ length: 20 }, (_, i) => encoder.image(pixels(i + 1)));
    const crashed = expect(inTheThread).rejects.toMatchObject({ code: 'encoder-crashed' });
    await thread.terminate();
    await crashed;
    expect(await Promise.all(waiting)).toHaveLength(19);
    expect(threads).toHaveLength(2);
    expect(await encoder.text('still here')).toHaveLength(32);
  });

  it('refuses everything once closed, the waiting included', async () => {
    const results = [encoder.image(pixels(1)), encoder.image(pixels(2)), encoder.text('x')];
    const refused = Promise.all(
      results.map((result) => expect(result).rejects.toMatchObject({ code: 'encoder-crashed' })),
    );
    await encoder.close();
    await refused;
    await expect(encoder.text('later')).rejects.toMatchObject({ code: 'encoder-crashed' });
  });
});

describe('an encoder that cannot start', () => {
  it('says why', async () => {
    const encoder = new Encoder({ ...spec, vision: fileURLToPath(import.meta.url) });
    await expect(encoder.ready).rejects.toThrow(/protobuf|parsing/i);
    await encoder.close();
  });

  it('does not start for ever when its thread dies before it is ready', async () => {
    process.on('worker', remember);
    threads.length = 0;
    const encoder = new Encoder(spec);
    await once(process, 'worker');
    const refused = expect(encoder.ready).rejects.toThrow(/stopped while it loaded/);
    await threads[0]?.terminate();
    await refused;
    process.off('worker', remember);
    expect(threads).toHaveLength(1);
  });
});
