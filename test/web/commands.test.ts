import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reply } from '../../src/chat/reply.ts';
import { answer, type FakeWeb, startFake } from './fake.ts';
import { picture, post } from './http.ts';

let web: FakeWeb;

beforeAll(async () => {
  web = await startFake();
});
afterAll(() => web.stop());
beforeEach(() => {
  web.requests.length = 0;
  web.handler = () => answer(reply('good'));
});

describe('what a form becomes', () => {
  test('a line as typed, with images', async () => {
    await post(web.address, [
      ['command', '/classify cat, dog template:plain'],
      ['image', picture('a.png', 5)],
      ['image', picture('고양이.png')],
    ]);
    expect(web.requests).toMatchObject([
      {
        command: 'classify',
        options: { labels: 'cat, dog', template: 'plain' },
        images: [
          { name: 'a.png', mediaType: 'image/png', size: 5 },
          { name: '고양이.png', size: 3 },
        ],
        actor: { id: 'web:127.0.0.1', isManager: true },
        channel: 'local:default',
        locale: 'en',
      },
    ]);
    expect(await web.requests[0]?.images[0]?.fetch()).toEqual(new Uint8Array(5));
  });

  test('a name with subcommand, its options in fields of their own', async () => {
    const fields: [string, string][] = [
      ['command', 'labels set'],
      ['labels', 'cat: "big", dog'],
      ['channel', 'room'],
      ['locale', 'ko'],
    ];
    await post(web.address, fields);
    expect(web.requests).toMatchObject([
      {
        command: 'labels',
        subcommand: 'set',
        options: { labels: 'cat: "big", dog' },
        channel: 'local:room',
        locale: 'ko',
      },
    ]);
  });

  test('a field wins over the line', async () => {
    await post(web.address, [
      ['command', '/classify cat template:plain'],
      ['template', 'photo'],
    ]);
    expect(web.requests[0]?.options).toEqual({ labels: 'cat', template: 'photo' });
  });

  test('the language asked for by the browser where the form names none', async () => {
    await post(web.address, [['command', 'help']], { 'accept-language': 'ko-KR,ko;q=0.9' });
    expect(web.requests[0]?.locale).toBe('ko');
  });

  test('a file input that was left empty is no image', async () => {
    const part = (head: string, body: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
    const body = `${part('name="command"', 'help')}${part('name="image"; filename=""', '')}--x--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    await fetch(`${web.address}/api/commands`, { method: 'POST', body, headers });
    expect(web.requests[0]?.images).toEqual([]);
  });

  test('an image of 26 MB reaches the core with its size', async () => {
    await post(web.address, [
      ['command', 'classify'],
      ['image', picture('large.png', 26e6)],
    ]);
    expect(web.requests[0]?.images[0]?.size).toBe(26e6);
  });
});

test('a zip is one in either field, whatever it is called in its own', async () => {
  await post(web.address, [
    ['command', 'help'],
    ['image', picture('cat.png')],
    ['image', new File(['PK'], 'photos.zip')],
    ['archive', new File(['PK'], 'more', { type: '' })],
  ]);
  expect(web.requests[0]).toMatchObject({
    images: [{ name: 'cat.png' }],
    archives: [{ name: 'photos.zip' }, { name: 'more' }],
  });
});

describe('what an outcome becomes', () => {
  test('text, data, tables, buttons, and images and files at addresses of their own', async () => {
    const image = {
      name: '그림 1.png',
      mediaType: 'image/png',
      bytes: new Uint8Array([1, 2]),
      alt: 'a drawing',
    } as const;
    const file = {
      name: '표 1.csv',
      mediaType: 'text/csv',
      bytes: Buffer.from('a,b\n1,2\n'),
      description: 'every figure',
    } as const;
    const table = { title: 'T', columns: ['a'], rows: [['1']] };
    const button = { label: 'again', command: 'help', options: {}, withImages: false };
    web.handler = () => ({
      kind: 'reply',
      reply: reply('hello', { images: [image], files: [file], tables: [table], buttons: [button], data: { count: 1 } }),
      visibility: 'private',
    });
    const response = await post(web.address, [['command', 'help']]);
    const body = await response.json();
    expect(response.status).toBe(200);
    expect(body).toEqual({
      text: 'hello',
      images: [{ url: expect.stringMatching(/^\/images\/[\w-]{22}\//), alt: 'a drawing' }],
      files: [{ url: expect.stringMatching(/^\/files\/[\w-]{22}\//), description: 'every figure' }],
      data: { count: 1 },
      tables: [table],
      buttons: [button],
      choices: [],
      visibility: 'private',
    });

    const sent = await fetch(web.address + body.images[0].url);
    expect(new Uint8Array(await sent.arrayBuffer())).toEqual(image.bytes);
    expect(Object.fromEntries(sent.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'cache-control': 'private, max-age=900, immutable',
      'x-content-type-options': 'nosniff',
    });

    const saved = await fetch(web.address + body.files[0].url);
    expect(Buffer.from(await saved.arrayBuffer())).toEqual(file.bytes);
    expect(Object.fromEntries(saved.headers)).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': 'attachment',
      'cache-control': 'private, max-age=900, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  test.each([
    ['image-missing', 400],
    ['image-too-large', 400],
    ['busy', 429],
    ['cooldown', 429],
    ['bug', 500],
    ['model-loading', 503],
    ['model-unavailable', 503],
    ['detector-unavailable', 503],
    ['encoder-crashed', 503],
  ])('%s is answered with %i', async (code, status) => {
    web.handler = () => ({ kind: 'error', code, message: 'so it is' });
    const response = await post(web.address, [['command', 'help']]);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { code, message: 'so it is' } });
  });

  test('an adapter that fails says so with an id, and goes on', async () => {
    web.handler = () => Promise.reject(new Error('broken here'));
    const response = await post(web.address, [['command', 'help']]);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      error: { code: 'bug', message: expect.stringMatching(/error \w{8}/) },
    });
    web.handler = () => answer(reply('good'));
    expect((await post(web.address, [['command', 'help']])).status).toBe(200);
  });
});

describe('forms that are no command', () => {
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };

  async function refused(body: string, headers: HeadersInit): Promise<string> {
    const response = await fetch(`${web.address}/api/commands`, { method: 'POST', body, headers });
    const { error } = await response.json();
    expect(response.status).toBe(400);
    expect(error.code).toBe('bad-request');
    expect(web.requests).toEqual([]);
    return error.message;
  }

  test.each([
    ['no form', '{}', { 'content-type': 'application/json' }, /multipart\/form-data/],
    ['a form without a boundary', 'x', { 'content-type': 'multipart/form-data' }, /could not be read/],
    [
      'a form cut off',
      '--x\r\nContent-Disposition: form-data; name="command"\r\n\r\nhel',
      multipart,
      /could not be read/,
    ],
    ['an empty body', '', multipart, /could not be read/],
    ['a form that ends at once', '--x--\r\n', multipart, /"command" is missing/],
  ])('%s', async (_, body, headers, sentence) => {
    expect(await refused(body, headers)).toMatch(sentence);
  });

  test.each<[string, [string, string | File][], RegExp]>([
    ['no command', [['labels', 'cat']], /"command" is missing/],
    ['an empty command', [['command', ' ']], /"command" is missing/],
    [
      'an image that is text',
      [
        ['command', 'help'],
        ['image', '@photo.jpg'],
      ],
      /"image" holds text/,
    ],
    [
      'a zip that is text',
      [
        ['command', 'help'],
        ['archive', '@photos.zip'],
      ],
      /"archive" holds text/,
    ],
    [
      'a file in another field',
      [
        ['command', 'help'],
        ['images', picture('a.png')],
      ],
      /in the field "image"/,
    ],
  ])('%s', async (_, fields, sentence) => {
    const response = await post(web.address, fields);
    const { error } = await response.json();
    expect(response.status).toBe(400);
    expect(error).toMatchObject({ code: 'bad-request', message: expect.stringMatching(sentence) });
    expect(web.requests).toEqual([]);
  });

  test('the sentence is in the language of the form', async () => {
    const response = await post(web.address, [['locale', 'ko']]);
    expect((await response.json()).error.message).toMatch(/항목이 없습니다/);
  });
});
