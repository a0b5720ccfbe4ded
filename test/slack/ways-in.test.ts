import { describe, expect, it } from 'vitest';
import { CAT, start } from './setup.ts';

describe('a message', () => {
  it('that mentions the app in a thread is about the image above, and answered there', async () => {
    const { slack, follow, stage } = await start();
    const { member: by, admin } = slack.people;
    const where = slack.channels.team;
    const { ts: threadTs } = slack.write({ files: [CAT], by: admin, where });
    const told = slack.mention({ text: 'fox, owl', by, where, threadTs });
    expect(await follow(told).answer()).toMatchObject({ text: 'looked at 1 with fox, owl, plain' });
    expect(told.messages).toMatchObject([{ threadTs }]);
    expect(stage.received).toEqual([[CAT.bytes]]);
    const alone = follow(slack.mention({ text: 'echo hello', by, where, threadTs }));
    expect(await alone.answer()).toMatchObject({ text: 'said hello' });
    expect(slack.calls.all.filter(({ method }) => method === 'conversations.replies')).toHaveLength(1);
  });

  it('in a thread without one is told so, where the asker looks', async () => {
    const { slack, follow } = await start();
    const { member: by, admin } = slack.people;
    const where = slack.channels.team;
    const { ts: threadTs } = slack.write({ text: 'no image', by: admin, where });
    const told = slack.mention({ text: 'fox, owl', by, where, threadTs });
    expect((await follow(told).answer()).text).toContain('There is no image');
    expect(told.messages).toMatchObject([{ threadTs, visibleTo: by.id }]);
  });

  it('written to the app alone is answered there: an image in its thread, words beside them', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const image = slack.directMessage({ text: 'cat, dog', files: [CAT], by });
    expect(await follow(image).answer()).toMatchObject({ text: 'looked at 1 with cat, dog, plain', isPrivate: true });
    expect(image.messages).toMatchObject([{ threadTs: image.threadTs, channel: slack.dm(by) }]);
    const words = slack.directMessage({ text: 'whisper hush', by });
    expect(await follow(words).answer()).toMatchObject({ text: 'whispered hush' });
    expect(words.messages[0]).toMatchObject({ threadTs: undefined, visibleTo: undefined });
  });

  it('of its own, of a bot, changed or deleted is none to answer', async () => {
    const { slack, follow, stage } = await start();
    const { member: by } = slack.people;
    await slack.ownMessage({ by }).acknowledged();
    const other = { type: 'message', channel: slack.dm(by).id, channel_type: 'im', user: by.id, ts: '1.000001' };
    await slack.event({ ...other, text: 'echo a', bot_id: 'B1' }, by).acknowledged();
    await slack.event({ ...other, text: 'echo b', subtype: 'channel_join' }, by).acknowledged();
    await slack.event({ ...other, channel: 'C1', channel_type: 'channel', text: 'echo c' }, by).acknowledged();
    await follow(slack.directMessage({ text: 'echo hello', by })).answer();
    expect(stage.requests.map(({ options }) => options)).toEqual([{ labels: 'hello' }]);
  });

  it('that is edited is told of again, and answered once, also where the mention came with the edit', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const where = slack.channels.general;
    const { ts } = slack.write({ text: 'echo hello', by, where });
    const edited = { user: by.id, ts: '1.000001' };
    const mention = { type: 'app_mention', user: by.id, channel: where.id, ts, text: 'echo hello', edited };
    const told = slack.event(mention, by, where);
    expect(await follow(told).answer()).toMatchObject({ text: 'said hello' });
    const again = slack.event({ ...mention, text: 'echo hello you' }, by, where);
    await again.acknowledged();
    await follow(slack.mention({ text: 'echo bye', by, where })).answer();
    expect(slack.messages(where, ts).map(({ text }) => text)).toEqual(['echo hello', 'said hello']);
  });

  it('is read as it was typed, whatever Slack made of it', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const typed =
      'echo a &lt;b&gt; &amp; <https://c.example|c.example>, <#C1|general> <mailto:d@e.example|d@e.example>';
    const { text } = await follow(slack.mention({ text: typed, by, where: slack.channels.general })).answer();
    expect(text).toBe('said a <b> & c.example, #general d@e.example');
  });
});

describe('a slash command', () => {
  it('reads one line as everywhere: quotes, options, subcommands, /clip', async () => {
    const { slack, follow } = await start();
    const where = slack.channels.general;
    const ask = async (command: string, text: string, by = slack.people.member) =>
      (await follow(slack.slash({ command, text, by, where })).answer()).text;
    expect(await ask('/echo', '“big dog”, cat')).toBe('said "big dog", cat');
    expect(await ask('/clip', 'echo hello')).toBe('said hello');
    expect(await ask('/clip', '/echo hello')).toBe('said hello');
    expect(await ask('/clip', 'dance')).toContain('There is no command "dance"');
    expect(await ask('/settings', '')).toBe('Say what /settings should do: change.');
    expect(await ask('/settings', 'change', slack.people.admin)).toMatch(/^changed in slack:T\w+:C\w+$/);
  });

  it('lets who made a channel manage it, and everybody their direct messages', async () => {
    const { slack, follow } = await start();
    const { member: by, colleague } = slack.people;
    slack.channels.team.creator = by.id;
    const ask = async (where = slack.channels.team, person = by) =>
      (await follow(slack.slash({ command: '/settings', text: 'change', by: person, where })).answer()).text;
    expect(await ask()).toMatch(/^changed/);
    expect(await ask(slack.dm(colleague), colleague)).toMatch(/^changed/);
    expect(await ask(slack.channels.team, colleague)).toContain('only people who manage it');
  });

  it('works where the app is no member, as far as it has no picture to show', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    for (const where of [slack.channels.distant, slack.channels.closed]) {
      const told = slack.slash({ command: '/echo', text: 'hello', by, where });
      expect(await follow(told).answer()).toMatchObject({ text: 'said hello', isPrivate: false });
      expect(told.messages).toHaveLength(1);
    }
  });

  it('between two people answers the one who typed it alone', async () => {
    const { slack, follow } = await start();
    const { member: by, colleague } = slack.people;
    const members = new Set([by.id, colleague.id]);
    const where = { ...slack.dm(by), id: 'D00000000TWO', members, hasApp: false };
    slack.world.channels.set(where.id, where);
    for (const [command, text] of [
      ['/whisper', 'whispered hush'],
      ['/dance', 'There is no command "dance"'],
    ] as const) {
      const told = slack.slash({ command, text: 'hush', by, where });
      expect((await follow(told).answer()).text).toContain(text);
      expect(told.messages).toMatchObject([{ visibleTo: by.id }]);
    }
  });

  it('takes the image at an address of Slack’s own, and refuses those of private networks', async () => {
    const { slack, follow, stage } = await start();
    const { member: by } = slack.people;
    const where = slack.channels.general;
    const ask = (text: string) => follow(slack.slash({ command: '/look', text, by, where })).answer();
    // Without a token there is a page at this address, which is bytes all the same.
    const { files } = slack.write({ files: [CAT], by, where });
    const own = `${slack.origin}/files-pri/${slack.workspace.id}-${files[0]?.id}/cat.png`;
    expect((await ask(`${own} fox, owl`)).text).toBe('looked at 1 with fox, owl, plain');
    expect(stage.requests[0]?.images[0]).toMatchObject({ name: 'cat.png', ref: own });
    // A comma after an address is the sentence's.
    expect((await ask(`${own}, fox, owl`)).text).toBe('looked at 1 with fox, owl, plain');
    expect(stage.requests[1]?.images[0]?.ref).toBe(own);
    for (const address of ['http://10.0.0.1/a.png', 'https://169.254.169.254/', `${slack.foreign.origin}/a.png`]) {
      expect((await ask(address)).text).toContain('only images at public https:// addresses are');
    }
    expect(slack.foreign.visits).toEqual([]);
  });
});

describe('a shortcut', () => {
  it('on a message in a thread answers in that thread', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const where = slack.channels.team;
    const { ts: threadTs } = slack.write({ text: 'look', by, where });
    const message = slack.write({ files: [CAT], by, where, threadTs });
    const told = slack.shortcut({ callbackId: 'message:look', message, by });
    expect(await follow(told).answer()).toMatchObject({ text: 'looked at 1 with nothing, plain' });
    expect(told.messages).toMatchObject([{ threadTs }]);
  });

  it('says what to do where the app is not in the channel', async () => {
    const { slack, follow } = await start();
    const { korean, member } = slack.people;
    const message = slack.write({ files: [CAT], by: member, where: slack.channels.closed });
    const ask = (by = member) => follow(slack.shortcut({ callbackId: 'message:look', message, by })).answer();
    expect((await ask()).text).toContain('Add it with /invite @Cliplens');
    expect((await ask(korean)).text).toContain('/invite @Cliplens 로 초대한 뒤');
  });
});
