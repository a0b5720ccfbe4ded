import { afterEach, describe, expect, test, vi } from 'vitest';
import { readBody, UploadMemory } from '../../adapters/web/body.ts';
import { FileStore } from '../../adapters/web/file-store.ts';
import { BODY_LIMIT } from '../../adapters/web/limits.ts';
import { startFake } from './fake.ts';
import { raw } from './http.ts';

describe('bodies', () => {
  function streamed(chunks: number, pulled: { count: number }): Response {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulled.count === chunks) controller.close();
        else controller.enqueue(new Uint8Array(100));
        pulled.count += 1;
      },
    });
    return new Response(body);
  }

  test('one that tells a length over the limit is refused unread', async () => {
    const web = await startFake();
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(BODY_LIMIT + 1) };
    const response = await raw(`${web.address}/api/commands`, 'POST', headers);
    expect(response.statusCode).toBe(413);
    await web.stop();
  });

  test('one that tells none is read to the limit and no further', async () => {
    const pulled = { count: 0 };
    const lease = new UploadMemory().lease();
    await expect(readBody(streamed(1000, pulled), 1000, lease)).rejects.toThrow('body-too-large');
    expect(pulled.count).toBeLessThan(15);
  });

  test('one of exactly the limit is read whole', async () => {
    const body = await readBody(streamed(10, { count: 0 }), 1000, new UploadMemory().lease());
    expect(body.size).toBe(1000);
  });

  test('one that breaks off is no bug', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
    await expect(readBody(new Response(body), 1000, new UploadMemory().lease())).rejects.toThrow('broken-form');
  });

  test('all together fit the memory set aside, and make room when answered', async () => {
    const memory = new UploadMemory(1500);
    const first = memory.lease();
    await readBody(streamed(10, { count: 0 }), 1000, first);
    await expect(readBody(streamed(10, { count: 0 }), 1000, memory.lease())).rejects.toThrow('busy');
  });

  test('memory comes back with the release', async () => {
    const memory = new UploadMemory(1000);
    const first = memory.lease();
    first.take(1000);
    first.release();
    expect(() => memory.lease().take(1000)).not.toThrow();
  });
});

describe('what came with answers', () => {
  afterEach(() => vi.useRealTimers());

  function keep(store: FileStore, size: number): string {
    const path = store.keep({ name: 'a.png', mediaType: 'image/png', bytes: new Uint8Array(size) });
    return path.split('/')[0] ?? '';
  }

  test('the oldest gives way to the newest, by count and by bytes', () => {
    const byCount = new FileStore({ count: 2, bytes: 1000 });
    const ids = [1, 1, 1].map((size) => keep(byCount, size));
    expect(ids.map((id) => byCount.find(id) !== undefined)).toEqual([false, true, true]);

    const byBytes = new FileStore({ count: 10, bytes: 100 });
    const sizes = [50, 50, 60].map((size) => keep(byBytes, size));
    expect(sizes.map((id) => byBytes.find(id) !== undefined)).toEqual([false, false, true]);
  });

  test('each is forgotten after 15 minutes', () => {
    vi.useFakeTimers();
    const store = new FileStore({ count: 10, bytes: 100 });
    const id = keep(store, 100);
    vi.advanceTimersByTime(15 * 60_000 - 1);
    expect(store.find(id)).toBeDefined();
    vi.advanceTimersByTime(1);
    expect(store.find(id)).toBeUndefined();
    expect(store.find(keep(store, 100))).toBeDefined();
  });

  test('no two addresses are alike', () => {
    const store = new FileStore();
    const ids = Array.from({ length: 100 }, () => keep(store, 1));
    expect(new Set(ids).size).toBe(100);
  });
});
