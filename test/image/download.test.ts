import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../src/image/download.ts';
import { closedGate } from '../gate.ts';

const BYTES = Buffer.from('an image, or so');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const redirect =
  (location: string): Answer =>
  (_, response) =>
    response.writeHead(302, { location }).end();

async function listen(answer: Answer): Promise<{ origin: string; close(): void }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('fetching an image', () => {
  let home: Awaited<ReturnType<typeof listen>>;
  let foreign: Awaited<ReturnType<typeof listen>>;
  let paths: Readonly<Record<string, Answer>>;
  const visits: string[] = [];
  const endless = closedGate();
  let onSilent = () => {};

  beforeAll(async () => {
    home = await listen((request, response) => {
      const answer = paths[request.url ?? ''];
      if (answer) answer(request, response);
      else response.writeHead(404).end('gone');
    });
    foreign = await listen((request, response) => {
      visits.push(request.url ?? '');
      response.end(BYTES);
    });
    paths = {
      '/image': (request, response) => response.end(request.headers.authorization === 'key' ? BYTES : 'a login page'),
      '/moved': redirect('/image'),
      '/round': redirect('/round'),
      '/away': redirect(`${foreign.origin}/image`),
      '/nowhere': (_, response) => response.writeHead(302).end(),
      '/endless': (_, response) => {
        const more = () => response.write(Buffer.alloc(1 << 20)) && setImmediate(more);
        response.on('drain', more).on('close', endless.open);
        more();
      },
      '/cut': (_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('some', () => response.destroy());
      },
      '/silent': () => onSilent(),
    };
  });
  beforeEach(() => {
    visits.length = 0;
  });
  afterAll(() => {
    home.close();
    foreign.close();
  });

  const fetchFrom = (path: string) =>
    download({
      name: 'cat.png',
      url: home.origin + path,
      isTrusted: ({ origin }) => origin === home.origin,
      headers: { authorization: 'key' },
    });

  it.each(['/image', '/moved'])('gives the bytes: %s', async (path) => {
    expect(await fetchFrom(path)).toEqual(BYTES);
  });

  it.each(['/gone', '/round', '/nowhere', '/cut'])('says that there is none: %s', async (path) => {
    await expect(fetchFrom(path)).rejects.toMatchObject({ code: 'image-unreadable', parameters: { name: 'cat.png' } });
  });

  it('goes nowhere that is not trusted, not even for a redirect', async () => {
    await expect(fetchFrom('/away')).rejects.toMatchObject({ code: 'image-unreadable' });
    const { origin } = foreign;
    await expect(download({ name: 'a', url: `${origin}/x`, isTrusted: () => false })).rejects.toThrow('unreadable');
    expect(visits).toEqual([]);
  });

  it('stops at the size that is too large, and ends the transfer', async () => {
    await expect(fetchFrom('/endless')).rejects.toMatchObject({ code: 'image-too-large' });
    await endless.opened;
  });

  it('does not wait for ever', async () => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    onSilent = () => limit.abort();
    await expect(fetchFrom('/silent')).rejects.toMatchObject({ code: 'image-unreadable' });
    expect(timeout).toHaveBeenCalledWith(20_000);
    timeout.mockRestore();
  });
});
