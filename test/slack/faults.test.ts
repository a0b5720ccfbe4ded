import { describe, expect, it } from 'vitest';
import { closedGate } from '../gate.ts';
import { CAT, start } from './setup.ts';

const KINDS = ['socket', 'http'] as const;

describe.each(KINDS)('over %s, exactly one answer comes', (kind) => {
  it.each([
    ['a rate limit', 'chat.postMessage', 429],
    ['an error of Slack’s', 'chat.postMessage', 500],
  ])('after %s', async (_, method, status) => {
    const { slack, follow } = await start(kind);
    if (status === 429) slack.rateLimit(method, { retryAfter: 0 });
    else slack.serverError(method, 2);
    const told = slack.slash({
      command: '/echo',
      text: 'hello',
      by: slack.people.member,
      where: slack.channels.general,
    });
    expect((await follow(told).everything()).map(({ text }) => text)).toEqual(['said hello']);
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal', /^\/upload\//, 'users.info'])(
    'with its picture after errors of %s',
    async (method) => {
      const { slack, follow } = await start(kind);
      slack.serverError(method, 2);
      const { member: by } = slack.people;
      const told = slack.mention({ text: 'fox', files: [CAT], by, where: slack.channels.general });
      const all = await follow(told).everything();
      expect(all).toMatchObject([{ text: 'looked at 1 with fox, plain', files: [{ name: 'drawing-1.png' }] }]);
    },
  );

  it.each(['before', 'after'] as const)('where the connection breaks %s Slack has heard', async (when) => {
    const { slack, follow } = await start(kind);
    const { member: by } = slack.people;
    const where = slack.channels.general;
    const breaks = async (method: string, told: () => ReturnType<typeof slack.slash>) => {
      slack.reset(method, when);
      return follow(told()).everything();
    };
    const image = () => slack.mention({ text: 'fox', files: [CAT], by, where });
    expect(await breaks('files.completeUploadExternal', image)).toMatchObject([{ files: [{ name: 'drawing-1.png' }] }]);
    const word = () => slack.slash({ command: '/echo', text: 'hello', by, where });
    expect(await breaks('chat.postMessage', word)).toMatchObject([{ text: 'said hello' }]);
    const inThread = () => slack.mention({ text: 'echo hello again', by, where });
    expect(await breaks('chat.postMessage', inThread)).toMatchObject([{ text: 'said hello again' }]);
  });

  it('to the asker after errors of the response_url', async () => {
    const { slack, follow } = await start(kind);
    slack.serverError(/^\/response\//, 2);
    const { member: by } = slack.people;
    const told = slack.slash({ command: '/whisper', text: 'hush', by, where: slack.channels.general });
    expect(await follow(told).everything()).toMatchObject([{ text: 'whispered hush', isPrivate: true }]);
  });

  it('where Slack tells of everything again and again, and says so', async () => {
    const { slack, follow, redeliver, stage } = await start(kind);
    const { member: by } = slack.people;
    const where = slack.channels.general;
    const mention = follow(slack.mention({ text: 'echo hello', by, where }));
    const slash = follow(slack.slash({ command: '/whisper', text: 'hush', by, where }));
    for (const exchange of [mention, slash]) {
      redeliver(exchange);
      expect(await exchange.everything()).toHaveLength(1);
      redeliver(exchange);
      redeliver(exchange);
      expect(await exchange.everything()).toHaveLength(1);
    }
    expect(stage.requests).toHaveLength(2);
  });

  it('at once where Slack takes no more lines of how far it is', async () => {
    const { opened, open } = closedGate();
    const { slack, follow, stage } = await start(kind);
    stage.gate = opened;
    slack.rateLimit('chat.update', { retryAfter: 60, times: 9 });
    const { member: by } = slack.people;
    const exchange = follow(slack.slash({ command: '/march', text: '', by, where: slack.channels.general }));
    const texts = () => exchange.soFar().map(({ text }) => text);
    await expect.poll(texts).toEqual(['Working: 1 of 4 done']);
    open();
    await expect.poll(texts).toEqual(['marched']);
  });

  it('where the five answers of a response_url are used up', async () => {
    const { opened: gate, open } = closedGate();
    const { slack, follow } = await start(kind, ({ dispatch, ...parts }) => ({
      ...parts,
      dispatch: (request) => gate.then(() => dispatch(request)),
    }));
    const { member: by } = slack.people;
    const told = slack.slash({ command: '/whisper', text: 'hush', by, where: slack.channels.general });
    const url = String(told.deliveries[0]?.payload.response_url);
    for (let i = 0; i < 5; i += 1) await fetch(url, { method: 'POST', body: '{"text":"used"}' });
    open();
    await told.until(() => told.messages.length > 5);
    expect((await follow(told).everything()).filter(({ text }) => text !== 'used')).toMatchObject([
      { text: 'whispered hush', isPrivate: true, controls: ['Share'] },
    ]);
    expect(told.messages.at(-1)).toMatchObject({ via: 'chat.postEphemeral', visibleTo: by.id });
  });

  it('where a form comes too late', async () => {
    const { slack, follow, stage } = await start(kind);
    const { member: by, korean } = slack.people;
    // A form waits for the language of somebody new no longer than it may; after this it is known.
    await slack.slash({ command: '/echo', by: korean, where: slack.channels.general }).answered();
    const told = slack.slash({ command: '/look', by, where: slack.channels.general });
    slack.expire(told, 'trigger');
    expect((await follow(told).everything()).map(({ text }) => text)).toEqual([
      'The form could not be opened in time. Try again.',
    ]);
    const again = slack.slash({ command: '/look', by: korean, where: slack.channels.general });
    expect((await again.opened()).content.submit?.text).toBe('보내기');
    expect(stage.requests.map(({ command }) => command)).toEqual(['echo']);
  });

  it('where the token was revoked: what still reaches the asker says so', async () => {
    const { slack, follow } = await start(kind);
    slack.installation.state = 'revoked';
    const { member: by } = slack.people;
    const told = slack.slash({ command: '/echo', text: 'hello', by, where: slack.channels.general });
    expect((await follow(told).everything()).map(({ text }) => text)).toEqual([
      'Cliplens is no longer connected to this workspace. Ask an admin to install it again.',
    ]);
  });

  it.each([
    ['restricted_action_read_only_channel', /^This channel does not let Cliplens write/],
    ['is_archived', /^This channel does not let Cliplens write/],
    ['too_many_contact_cards', /tell the person who runs this: error \w{8}\./],
  ])('where Slack refuses it with %s: to the asker alone', async (error, sentence) => {
    const { slack, follow } = await start(kind);
    const { member: by } = slack.people;
    const where = slack.channels.general;
    const refuse = (method: string) => slack.fault({ method, status: 200, body: { ok: false, error } });
    refuse('chat.postMessage');
    const word = follow(slack.mention({ text: 'echo hello', by, where }));
    expect(await word.everything()).toMatchObject([{ text: expect.stringMatching(sentence), isPrivate: true }]);
    refuse('files.completeUploadExternal');
    const told = slack.mention({ text: 'fox', files: [CAT], by, where });
    expect((await told.answered()).text).toMatch(sentence);
    expect(told.messages).toMatchObject([{ visibleTo: by.id }]);
  });

  it('where a scope is missing: its name', async () => {
    const { slack, follow } = await start(kind);
    slack.setScopes('chat:write', 'files:read', 'users:read');
    const told = slack.mention({ files: [CAT], by: slack.people.korean, where: slack.channels.general });
    expect((await told.answered()).text).toContain('"files:write" 권한이 없어서');
    slack.setScopes('chat:write');
    const known = slack.slash({
      command: '/echo',
      text: 'a',
      by: slack.people.colleague,
      where: slack.channels.general,
    });
    expect((await follow(known).everything()).map(({ text }) => text)).toEqual(['said a']);
    expect(told.messages).toHaveLength(1);
  });
});
