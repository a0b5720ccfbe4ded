import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FollowUpBook } from '../../src/chat/follow-up.ts';
import { upload } from '../contract/stage.ts';
import { closedGate } from '../gate.ts';
import { start } from './setup.ts';
import type { Exchange } from './stand-in/exchange.ts';
import { type Fault, rateLimited, unavailable } from './stand-in/fault.ts';
import type { Gateway } from './stand-in/gateway.ts';

const CAT = await upload('cat.png', 'wide.png');
const photo = { ...CAT, type: 'image/png' };

const CALLBACK = { method: 'POST', path: /callback/ };
const EDIT = { method: 'PATCH', path: /@original/ };

/** What everybody sees of an exchange, wherever it was written. */
function readable({ messages }: Exchange): (string | undefined)[] {
  return messages.filter(({ isDeleted }) => !isDeleted).map(({ content }) => content);
}

describe('while Discord falters, everything is answered once', () => {
  it.each<[string, Fault]>([
    ['a route’s rate limit at the acknowledgement', { ...CALLBACK, ...rateLimited({ retryAfter: 0.2 }) }],
    ['a route’s rate limit at the answer', { ...EDIT, ...rateLimited({ retryAfter: 0.2, scope: 'shared' }) }],
    ['the global rate limit', { ...EDIT, ...rateLimited({ retryAfter: 0.2, scope: 'global' }) }],
    ['500 at the acknowledgement', { ...CALLBACK, ...unavailable(500) }],
    ['502, three times', { ...EDIT, ...unavailable(502), times: 3 }],
    ['a connection lost before the acknowledgement', { ...CALLBACK, destroy: 'before' }],
    ['a connection lost after the acknowledgement', { ...CALLBACK, destroy: 'after' }],
    ['a connection lost before the answer', { ...EDIT, destroy: 'before' }],
    ['a connection lost after the answer', { ...EDIT, destroy: 'after' }],
  ])('%s', async (_, fault) => {
    const { discord, stage } = await start();
    discord.fault(fault);
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).settled();
    expect(readable(exchange)).toEqual(['looked at 1 with nothing, plain']);
    expect(exchange.answer?.attachments).toHaveLength(1);
    expect(stage.requests).toHaveLength(1);
  });

  it('a reply that was sent twice, because its answer got lost, is one', async () => {
    const { discord } = await start();
    discord.fault({ method: 'POST', path: /messages$/, destroy: 'after' });
    const posted = await discord.mention({ content: 'echo hello' }).settled();
    expect(posted.messages.map(({ content }) => content)).toEqual(['said hello']);
  });

  it('an interaction that Discord no longer knows is answered by a message', async () => {
    const { discord, stage } = await start();
    discord.fault({ ...CALLBACK, status: 404, body: { message: 'Unknown interaction', code: 10062 } });
    discord.slash({ command: 'echo', options: { labels: 'late' } });
    await expect.poll(() => discord.written(discord.channel.id).map(({ content }) => content)).toEqual(['said late']);
    expect(stage.requests).toHaveLength(1);
  });

  it('a stop while Discord is still being told that an answer comes', async () => {
    const [acknowledgement, work] = [closedGate(), closedGate()];
    const { discord, stop } = await start({ stopMilliseconds: 0 }, (stage) => {
      stage.gate = work.opened;
    });
    discord.fault({ ...CALLBACK, held: acknowledgement.opened });
    const exchange = discord.slash({ command: 'look', attachments: { image: photo } });
    await exchange.acknowledged();
    const stopped = stop();
    // So long that the telling off is under way. Where it is not yet, this test is milder, never red.
    await delay(50);
    acknowledgement.open();
    await stopped;
    expect(readable(exchange)).toEqual(['Cliplens was stopped before this was done. Ask again in a minute.']);
    expect(discord.violations).toEqual([]);
    work.open();
  });

  it('a private answer that is late goes to the person, not to the channel', async () => {
    const { discord } = await start();
    discord.fault({ ...CALLBACK, status: 404, body: { message: 'Unknown interaction', code: 10062 } });
    discord.slash({ command: 'whisper', options: { labels: 'secret' } });
    const direct = discord.world.directChannel(discord.people.member);
    await expect.poll(() => discord.written(direct.id).map(({ content }) => content)).toEqual(['whispered secret']);
    expect(discord.written(discord.channel.id)).toEqual([]);
  });

  it('what told how far an answer is gives way to it, where the interaction was lost meanwhile', async () => {
    const { opened: gate, open } = closedGate();
    const { discord } = await start({}, (stage) => {
      stage.gate = gate;
    });
    const exchange = discord.slash({ command: 'march' });
    const written = () => discord.written(discord.channel.id).map(({ content }) => content);
    await expect.poll(written).toEqual(['Working: 1 of 4 done']);
    discord.expire(exchange);
    open();
    await expect.poll(written).toEqual(['marched']);
  });

  it('what told how far the answer to a message is gives way to one that is noticed, also where somebody deleted it', async () => {
    for (const isDeleted of [false, true]) {
      const { opened: gate, open } = closedGate();
      const { discord } = await start({}, (stage) => {
        stage.gate = gate;
      });
      const { messages } = discord.mention({ content: 'march' });
      const written = () => discord.written(discord.channel.id).map(({ content, edits }) => ({ content, edits }));
      await expect.poll(written).toEqual([{ content: 'Working: 1 of 4 done', edits: 0 }]);
      for (const message of isDeleted ? messages : []) discord.remove(message);
      open();
      await expect.poll(written).toEqual([{ content: 'marched', edits: 0 }]);
    }
  });

  it('an answer that Discord does not take is made up for by an apology', async () => {
    const { discord } = await start();
    discord.fault({ ...EDIT, status: 400, body: { message: 'Invalid Form Body', code: 50035 } });
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).settled();
    expect(readable(exchange)).toEqual([expect.stringMatching(/not your fault.*error [0-9a-f]{8}/)]);
  });

  it('an answer whose buttons cannot be kept, too', async () => {
    const keep = async () => Promise.reject(new Error('the disk is full'));
    const { discord } = await start({ followUps: new FollowUpBook({ keep, find: async () => undefined }) });
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).settled();
    expect(readable(exchange)).toEqual([expect.stringMatching(/not your fault/)]);
  });

  it('a form or a page that comes too late does no harm', async () => {
    const { discord } = await start();
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).answered();
    if (!exchange.answer) throw new Error('no answer');
    const late = discord.press(exchange.answer, 'Other labels…');
    const path = new RegExp(`${late.id}/.*callback`);
    discord.fault({ path, status: 404, body: { message: 'Unknown interaction', code: 10062 } });
    const next = await discord.press(exchange.answer, 'Again').answered();
    expect(next.answer?.content).toContain('again');
    expect(discord.written(discord.world.directChannel(discord.people.member).id)).toEqual([]);
  });
});

describe('while the gateway falters', () => {
  const ask = (discord: Awaited<ReturnType<typeof start>>['discord'], labels: string) =>
    discord.slash({ command: 'echo', options: { labels } });

  it.each([4000, 4001, 4002, 4009])('closed with %i, it connects again and misses nothing', async (code) => {
    const { discord, stage } = await start();
    await ask(discord, 'before').answered();
    discord.gateway.closeAll(code);
    const exchange = await ask(discord, 'meanwhile').answered();
    expect(exchange.answer?.content).toBe('said meanwhile');
    expect(stage.requests).toHaveLength(2);
  });

  it('where its session is lost, it begins another and goes on', async () => {
    // discord.js waits five seconds before it identifies again: all at once, then.
    const losses = [4003, 4005, 4007, 4008].map((code) => (gateway: Gateway) => gateway.closeAll(code));
    const all = [...losses, (gateway: Gateway) => gateway.invalidate(false)];
    await Promise.all(
      all.map(async (lose) => {
        const { discord } = await start();
        lose(discord.gateway);
        await expect.poll(() => discord.gateway.identifies).toBe(2);
        expect((await ask(discord, 'again').answered()).answer?.content).toBe('said again');
      }),
    );
  });

  it('asked to connect anew, or told that the session is invalid, it goes on', async () => {
    const { discord } = await start();
    discord.gateway.requestReconnect();
    await discord.gateway.resumed(1);
    expect((await ask(discord, 'one').answered()).answer?.content).toBe('said one');
    discord.gateway.invalidate(true);
    await discord.gateway.resumed(2);
    expect((await ask(discord, 'two').answered()).answer?.content).toBe('said two');
  });

  it('an event that is replayed after a resume is not answered twice', async () => {
    const { discord, stage } = await start();
    const exchange = await ask(discord, 'once').answered();
    discord.gateway.closeAll(4000);
    discord.redeliver(exchange);
    await discord.gateway.resumed(1);
    await ask(discord, 'next').answered();
    expect(stage.requests.map(({ options }) => options.labels)).toEqual(['once', 'next']);
    expect(readable(exchange)).toEqual(['said once']);
  });
});

describe('where the bot lacks a permission', () => {
  it('an answer by message goes to the person, with what to do', async () => {
    const { discord } = await start();
    discord.forbid(discord.channel.id);
    discord.mention({ content: 'echo hello' });
    const direct = discord.world.directChannel(discord.people.member);
    await expect
      .poll(() => discord.written(direct.id).map(({ content }) => content))
      .toEqual([expect.stringMatching(/Ask a manager.*Send Messages.*Attach Files/)]);
  });

  it('whoever takes no direct messages is not tried again', async () => {
    const { discord } = await start();
    discord.forbid(discord.channel.id);
    const direct = discord.world.directChannel(discord.people.member);
    const path = new RegExp(`/channels/${direct.id}/messages$`);
    const refused = { status: 403, body: { message: 'Cannot send messages to this user', code: 50007 } };
    discord.fault({ method: 'POST', path, ...refused, times: 9 });
    discord.mention({ content: 'echo hello' });
    await discord.slash({ command: 'echo', options: { labels: 'next' } }).answered();
    const tries = () => discord.requests.filter((request) => path.test(request.path)).length;
    await expect.poll(tries).toBe(1);
    await discord.slash({ command: 'echo', options: { labels: 'last' } }).answered();
    expect(tries()).toBe(1);
  });

  it('an answer to a command needs none', async () => {
    const { discord } = await start();
    discord.forbid(discord.channel.id);
    const exchange = await discord.slash({ command: 'look', attachments: { image: photo } }).answered();
    expect(exchange.answer?.attachments).toHaveLength(1);
  });
});

describe('while it stops', () => {
  it('what comes is told to come back', async () => {
    const { opened: gate, open } = closedGate();
    const harness = await start({}, (stage) => {
      stage.gate = gate;
    });
    const { discord } = harness;
    const first = await discord.slash({ command: 'look', attachments: { image: photo } }).acknowledged();
    const stopped = harness.stop();
    const second = await discord.slash({ command: 'echo' }).answered();
    expect(second.answer).toMatchObject({ content: expect.stringContaining('being restarted'), isEphemeral: true });
    open();
    await stopped;
    expect((await first.answered()).answer?.content).toContain('looked at 1');
  });
});
