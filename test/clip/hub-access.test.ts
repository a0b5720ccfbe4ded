import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyFor } from '../../src/clip/proxy.ts';
import { access, expectWhole, filesUnder, ID, modelFiles, refusal, startHub, VISION } from './loopback-hub.ts';

const TOKEN = 'hf_secret';

describe('a token', () => {
  it('is sent to the hub, and never to the host it redirects to', async () => {
    const { hub, find } = await startHub(modelFiles(), { cdn: true });
    await expectWhole(await find({ hub: access(hub.url, { token: TOKEN }) }), modelFiles());
    expect([...hub.authorizations.hub]).toEqual([`Bearer ${TOKEN}`]);
    expect([...hub.authorizations.cdn]).toEqual([undefined]);
  });

  it('that opens no door is told of, and not shown', async () => {
    const { hub, find } = await startHub();
    for (const [fault, problem] of [
      [{ status: 401 }, { kind: 'private', hasToken: true }],
      [
        { status: 403, errorCode: 'GatedRepo' },
        { kind: 'gated', hasToken: true },
      ],
    ] as const) {
      hub.fail('HEAD config.json', fault);
      const error: unknown = await find({ hub: access(hub.url, { token: TOKEN }) }).catch((error) => error);
      expect(error).toMatchObject(refusal(problem));
      expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN);
    }
  });
});

describe('the nearest known model', () => {
  it.each([
    ['Xenova/clip-vit-base-patch23', 'Xenova/clip-vit-base-patch32'],
    ['xenova/CLIP-vit-large-patch-14', 'Xenova/clip-vit-large-patch14'],
    ['Xenova/mobilclip', 'Xenova/mobileclip_s0'],
  ])('is named for %s', async (model, nearest) => {
    const { find } = await startHub();
    await expect(find({ model })).rejects.toMatchObject(refusal({ kind: 'no-such-model', nearest }));
  });
});

describe('offline', () => {
  it('uses what is here and asks nobody', async () => {
    const { hub, find } = await startHub();
    const offline = access(hub.url, { isOffline: true });
    await expect(find({ hub: offline })).rejects.toMatchObject(refusal({ kind: 'offline' }));
    expect(hub.requests).toEqual([]);
    const online = await find();
    hub.requests.length = 0;
    expect(await find({ hub: offline })).toEqual(online);
    await expect(find({ hub: offline, ask: 'must' })).rejects.toMatchObject(refusal({ kind: 'offline' }));
    expect(hub.requests).toEqual([]);
  });

  it('is how models are found that nobody is to fetch', async () => {
    const { hub, find } = await startHub();
    await expect(find({ ask: 'never' })).rejects.toMatchObject(refusal({ kind: 'not-fetched', id: ID }));
    expect(hub.requests).toEqual([]);
  });
});

it('a model too large for the disk is refused before its first byte', async () => {
  const { hub, find, cacheFolder } = await startHub();
  hub.fail(`HEAD ${VISION}`, { announcedSize: 1e15 });
  await expect(find()).rejects.toMatchObject(refusal({ kind: 'no-space', folder: cacheFolder, megabytes: 1e9 + 1 }));
  expect(hub.requests.filter((request) => request === `GET ${VISION}`)).toEqual([]);
  expect((await filesUnder(cacheFolder)).filter((path) => path.endsWith('.onnx'))).toEqual([]);
});

describe('a proxy', () => {
  it('is what the hub is reached through', async () => {
    const { hub, find } = await startHub(modelFiles(), { cdn: true });
    const proxy = await startProxy();
    const proxies = { https: undefined, http: proxy.url, none: undefined };
    await expectWhole(await find({ hub: access(hub.url, { proxies }) }), modelFiles());
    expect(proxy.targets.size).toBe(2);
    expect(proxy.targets).toContain(new URL(hub.url).host);
  });

  const proxies = { https: 'http://secure:1', http: 'http://plain:1' };
  it.each([
    ['https://hub.example/x', '', 'http://secure:1'],
    ['http://hub.example/x', '', 'http://plain:1'],
    ['https://hub.example/x', 'other.example, hub.example', undefined],
    ['https://cdn.hub.example/x', '.hub.example', undefined],
    ['https://cdn.hub.example/x', '*.example', undefined],
    ['https://nothub.example/x', 'hub.example', 'http://secure:1'],
    ['https://hub.example/x', 'hub.example:8443', 'http://secure:1'],
    ['https://hub.example:8443/x', 'HUB.example:8443', undefined],
    ['https://hub.example/x', '*', undefined],
  ])('for %s with NO_PROXY=%j is %s', (url, none, proxy) => {
    expect(proxyFor(new URL(url), { ...proxies, none })).toBe(proxy);
  });
});

/** A proxy that makes tunnels, as HTTPS_PROXY names one. */
async function startProxy() {
  const targets = new Set<string>();
  const server = createServer();
  server.on('connect', (request, socket) => {
    const target = request.url ?? '';
    targets.add(target);
    const [host, port] = target.split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    onTestFinished(() => {
      upstream.destroy();
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, targets };
}
