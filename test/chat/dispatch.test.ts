import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Capacity } from '../../src/chat/capacity.ts';
import { action, type Command, type Policy } from '../../src/chat/command.ts';
import { Cooldowns } from '../../src/chat/cooldowns.ts';
import { createDispatch } from '../../src/chat/dispatch.ts';
import { option } from '../../src/chat/options.ts';
import { type Reply, reply, type Visibility } from '../../src/chat/reply.ts';
import type { Request } from '../../src/chat/request.ts';
import { UserError } from '../../src/errors.ts';

const about = { korean: '글', en: 'text', ko: '글' };
const options = z.object({
  count: option(z.coerce.number().int().min(1).max(5).optional(), about),
  mode: option(z.enum(['a', 'b']).optional(), about),
});

function command(
  execute: (request: Request<z.output<typeof options>>) => Promise<Reply>,
  policy: Partial<Policy> = {},
) {
  const one: Command<null> = {
    kind: 'action',
    name: 'one',
    korean: '하나',
    action: action<null, typeof options>({
      description: about,
      options,
      images: { min: 0, max: 1 },
      policy: { who: 'everyone', visibility: 'public', ...policy },
      execute,
    }),
  };
  return one;
}

function request(rest: Partial<Request> = {}): Request {
  const actor = { id: 'ann', isManager: false, isOperator: false };
  return { command: 'one', options: {}, images: [], archives: [], actor, channel: 'test:c', locale: 'en', ...rest };
}

function setUp(one: Command<null>, { limit = 10, now = (): number => 0 } = {}) {
  const lines: string[] = [];
  const dispatch = createDispatch({
    commands: new Map([['one', one]]),
    services: null,
    capacity: new Capacity(limit),
    cooldowns: new Cooldowns(now),
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
  });
  return { dispatch, lines };
}

const image = { name: 'a.png', mediaType: 'image/png', size: 1, ref: 'r', fetch: async () => new Uint8Array(1) };
const codeOf = (code: string) => expect.objectContaining({ kind: 'error', code });

describe('dispatch', () => {
  it('hands parsed options to the command and its reply back', async () => {
    const { dispatch } = setUp(command(async ({ options }) => reply(`${(options.count ?? 0) + 1}`)));
    const outcome = await dispatch(request({ options: { count: '4' } }));
    expect(outcome).toEqual({ kind: 'reply', visibility: 'public', reply: reply('5') });
  });

  it.each([
    ['unknown-command', { command: 'two' }],
    ['unknown-option', { options: { colour: 'red' } }],
    ['unknown-option', { options: { constructor: 'x' } }],
    ['bad-option', { options: { count: '9' } }],
    ['bad-option', { options: { count: 'many' } }],
    ['bad-option', { options: { mode: 'c' } }],
    ['too-many-images', { images: [image, image] }],
    ['too-many-archives', { archives: [{ ...image, name: 'a.zip' }] }],
  ])('refuses with %s', async (code, rest) => {
    const { dispatch } = setUp(command(async () => reply('')));
    expect(await dispatch(request(rest))).toEqual(codeOf(code));
  });

  it('says which values an option takes', async () => {
    const { dispatch } = setUp(command(async () => reply('')));
    expect(await dispatch(request({ options: { mode: 'c' } }))).toMatchObject({
      message: expect.stringContaining('a, b'),
    });
    expect(await dispatch(request({ options: { count: '9' } }))).toMatchObject({
      message: expect.stringContaining('1–5'),
    });
  });

  it('keeps managers’ commands from others', async () => {
    const { dispatch } = setUp(command(async () => reply('done'), { who: 'manager' }));
    expect(await dispatch(request())).toEqual(codeOf('not-allowed'));
    expect(await dispatch(request({ actor: { id: 'bob', isManager: true, isOperator: false } }))).toMatchObject({
      kind: 'reply',
    });
  });

  const pace = { person: { uses: 2, seconds: 5 }, channel: { uses: 3, seconds: 10 } };
  const bob = { actor: { id: 'bob', isManager: false, isOperator: false } };

  it('holds a person back who asks too often, and not the next one', async () => {
    let time = 0;
    const { dispatch } = setUp(
      command(async () => reply('done'), { pace }),
      { now: () => time },
    );
    await dispatch(request());
    time = 1000;
    await dispatch(request());
    time = 3000;
    expect(await dispatch(request())).toMatchObject({ code: 'cooldown', message: expect.stringContaining('2 s') });
    expect(await dispatch(request(bob))).toMatchObject({ kind: 'reply' });
    time = 5000;
    expect(await dispatch(request({ channel: 'test:d' }))).toMatchObject({ kind: 'reply' });
  });

  it('holds a channel back that asks too often, and neither another one nor the operator', async () => {
    let time = 0;
    const { dispatch } = setUp(
      command(async () => reply('done'), { pace }),
      { now: () => time },
    );
    await Promise.all([dispatch(request()), dispatch(request()), dispatch(request(bob))]);
    time = 4000;
    expect(await dispatch(request(bob))).toMatchObject({
      code: 'channel-cooldown',
      message: expect.stringContaining('6 s'),
    });
    expect(await dispatch(request({ ...bob, channel: 'test:d' }))).toMatchObject({ kind: 'reply' });
    const operator = { actor: { id: 'me', isManager: true, isOperator: true } };
    for (let i = 0; i < 4; i++) expect(await dispatch(request(operator))).toMatchObject({ kind: 'reply' });
  });

  it('defers before it begins, to those who will see the answer, and not what it refuses', async () => {
    const course: string[] = [];
    const { dispatch } = setUp(
      command(
        async () => {
          course.push('begun');
          return reply('done');
        },
        { visibility: 'private' },
      ),
    );
    const defer = async (visibility: Visibility) => {
      course.push(`deferring ${visibility}`);
      await Promise.resolve();
      course.push('deferred');
    };
    await dispatch(request({ options: { colour: 'red' } }), { defer });
    expect(course).toEqual([]);
    expect(await dispatch(request(), { defer })).toMatchObject({ kind: 'reply', visibility: 'private' });
    expect(course).toEqual(['deferring private', 'deferred', 'begun']);
    expect(await dispatch(request({ visibility: 'public' }), { defer })).toMatchObject({ visibility: 'public' });
    expect(course.slice(3)).toEqual(['deferring public', 'deferred', 'begun']);
  });

  it('does nothing where the platform no longer knows of the request', async () => {
    const { dispatch } = setUp(command(() => Promise.reject(new Error('begun all the same'))));
    const outcome = await dispatch(request(), { defer: () => Promise.reject(new UserError('stopping', {})) });
    expect(outcome).toEqual(codeOf('stopping'));
  });

  it('offers to ask for what is missing', async () => {
    const { dispatch } = setUp(
      command(() => Promise.reject(new UserError('labels-missing', {}, { remedy: { ask: 'mode' } }))),
    );
    expect(await dispatch(request({ options: { count: '2' } }))).toMatchObject({
      code: 'labels-missing',
      buttons: [{ label: 'Type them…', command: 'one', options: { count: '2' }, withImages: true, ask: ['mode'] }],
    });
  });

  it('is busy beyond its limit, sooner for one person alone, and free again afterwards', async () => {
    const waiting: (() => void)[] = [];
    const { dispatch } = setUp(
      command(async () => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return reply('done');
      }),
      { limit: 4 },
    );
    const started = [dispatch(request()), dispatch(request())];
    expect(await dispatch(request())).toEqual(codeOf('busy'));
    const other = request({ actor: { id: 'bob', isManager: false, isOperator: false } });
    started.push(dispatch(other), dispatch(other));
    expect(await dispatch(request({ actor: { id: 'cat', isManager: false, isOperator: false } }))).toEqual(
      codeOf('busy'),
    );
    for (const resolve of waiting) resolve();
    expect(await Promise.all(started)).toEqual(Array(4).fill(expect.objectContaining({ kind: 'reply' })));
    const again = dispatch(request());
    waiting.at(-1)?.();
    expect(await again).toMatchObject({ kind: 'reply' });
  });

  it('tells a user’s error in the asker’s language', async () => {
    const { dispatch } = setUp(command(() => Promise.reject(new UserError('labels-missing', {}))));
    expect(await dispatch(request({ locale: 'ko' }))).toMatchObject({
      code: 'labels-missing',
      message: expect.stringContaining('라벨'),
    });
  });

  it('apologises for a bug with an id that is in the log, and tells nothing of it', async () => {
    const { dispatch, lines } = setUp(command(() => Promise.reject(new Error('secret detail'))));
    const outcome = await dispatch(request());
    const [, id = 'none'] = /error ([0-9a-f]{8})/.exec(outcome.kind === 'error' ? outcome.message : '') ?? [];
    expect(outcome).toEqual(codeOf('bug'));
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(lines.some((line) => line.includes(id) && line.includes('secret detail'))).toBe(true);
  });

  it('logs what was asked and how it ended, but no image names', async () => {
    const { dispatch, lines } = setUp(command(async () => reply('done')));
    await dispatch(request({ images: [{ ...image, name: 'my-face.png' }] }));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ command: 'one', images: 1, outcome: 'reply' });
    expect(lines.join()).not.toContain('my-face');
  });
});
