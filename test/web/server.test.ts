import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWeb } from '../../adapters/web/server.ts';
import { reply } from '../../src/chat/reply.ts';
import { freePort } from '../free-port.ts';
import { answer, commands, type FakeWeb, startFake } from './fake.ts';
import { post, raw } from './http.ts';

let web: FakeWeb;

beforeAll(async () => {
  web = await startFake();
});
afterAll(() => web.stop());

describe('what is served', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/page.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
    ['/samples/samples.json', 'application/json'],
  ])('%s', async (path, mediaType) => {
    const response = await fetch(web.address + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(mediaType);
  });

  test('the commands as data', async () => {
    expect(await (await fetch(`${web.address}/api/commands`)).json()).toEqual(commands);
  });

  test.each(['/nowhere', '/samples/../server.ts', '/samples/%2e%2e/server.ts', '/images/x/y.png'])(
    'nothing at %s',
    async (path) => {
      const response = await raw(web.address + path, 'GET', {});
      expect(response.statusCode).toBe(404);
    },
  );

  test('every sample that is listed, in both languages', async () => {
    const samples = await (await fetch(`${web.address}/samples/samples.json`)).json();
    expect(samples.length).toBeGreaterThan(0);
    for (const { file, title, alt, labels } of samples) {
      expect((await fetch(`${web.address}/samples/${file}`)).headers.get('content-type')).toMatch(/^image\//);
      for (const locale of ['en', 'ko']) {
        expect(title[locale] && alt[locale]).toBeTruthy();
        expect(labels[locale].length).toBeGreaterThan(1);
      }
    }
  });
});

describe('health', () => {
  test('alive at once, ready with the model', async () => {
    web.status = { state: 'loading' };
    expect((await fetch(`${web.address}/livez`)).status).toBe(200);
    expect((await fetch(`${web.address}/readyz`)).status).toBe(503);
    web.status = { state: 'ready' };
    web.isReady = false;
    expect((await fetch(`${web.address}/readyz`)).status).toBe(503);
    web.isReady = true;
    const response = await fetch(`${web.address}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true });
  });

  test('the status is told when it changes', async () => {
    web.status = { state: 'loading' };
    const response = await fetch(`${web.address}/api/status`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: {"state":"loading"}\n\n');
    web.status = { state: 'ready' };
    expect((await reader?.read())?.value).toBe('data: {"state":"ready"}\n\n');
    await reader?.cancel();
  });
});

describe('who is answered', () => {
  test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]:3000'])('the host %s', async (host) => {
    expect((await raw(`${web.address}/livez`, 'GET', { host })).statusCode).toBe(200);
  });

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.1', '@localhost'])(
    'not the host "%s"',
    async (host) => {
      const { statusCode } = await raw(`${web.address}/livez`, 'GET', { host });
      expect(statusCode).toBeOneOf([400, 403]);
    },
  );

  test('any host, where not bound to loopback', async () => {
    const open = await startFake('0.0.0.0');
    expect(open.address).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await raw(`${open.address}/livez`, 'GET', { host: 'classroom.example' })).statusCode).toBe(200);
    await open.stop();
  });

  test.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['no origin to name', { origin: 'null' }],
    ['a browser that calls it cross-site', { 'sec-fetch-site': 'cross-site' }],
  ])('no command from %s', async (_, headers) => {
    const response = await raw(`${web.address}/api/commands`, 'POST', headers);
    expect(response.statusCode).toBe(403);
    expect(web.requests).toEqual([]);
  });

  test('commands from the page itself', async () => {
    const response = await post(web.address, [['command', 'help']], { origin: web.address });
    expect(response.status).toBe(200);
  });

  test.each(['/', '/api/commands', '/nowhere'])('%s with a strict policy', async (path) => {
    const { headers } = await fetch(web.address + path);
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('start and stop', () => {
  const parts = {
    commands,
    status: () => ({ state: 'ready' }) as const,
    isReady: () => true,
    host: '127.0.0.1',
    log: pino({ level: 'silent' }),
  };
  const dispatch = async () => answer(reply('good'));

  test('a port in use is named, with what to do', async () => {
    const port = Number(new URL(web.address).port);
    await expect(startWeb({ ...parts, dispatch, port })).rejects.toThrow(
      new RegExp(`Port ${port} is already in use.*WEB_PORT`),
    );
  });

  test('a host that is not here is named, with what to do', async () => {
    const elsewhere = { ...parts, dispatch, port: 0, host: '192.0.2.1' };
    await expect(startWeb(elsewhere)).rejects.toThrow(/192\.0\.2\.1.*WEB_HOST=127\.0\.0\.1/);
  });

  test('stopping ends the streams of the status', async () => {
    const other = await startFake();
    const stream = await fetch(`${other.address}/api/status`);
    await other.stop();
    expect(await stream.text()).toBe('data: {"state":"ready"}\n\n');
  });

  test('stopping waits for the request under way and takes no more', async () => {
    const course = new EventEmitter();
    const slow = async () => {
      course.emit('begun');
      await once(course, 'end');
      return answer(reply('in the end'));
    };
    const port = await freePort();
    const { address, stop } = await startWeb({ ...parts, dispatch: slow, port });
    const response = post(address, [['command', 'help']]);
    await once(course, 'begun');
    const stopped = stop();
    await expect(fetch(`${address}/livez`)).rejects.toThrow();
    course.emit('end');
    expect(await (await response).json()).toMatchObject({ text: 'in the end' });
    await stopped;
    const again = createServer().listen(port);
    await once(again, 'listening');
    await new Promise((resolve) => again.close(resolve));
  });

  test('an answer that begins before it is there leaves no connection to wait for', async () => {
    const response = await post(web.address, [['command', 'help']], { accept: 'application/x-ndjson' });
    expect(response.headers.get('connection')).toBe('close');
    await response.text();
  });
});
