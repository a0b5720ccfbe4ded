import { describe, expect, test } from 'vitest';
import { closedGate } from '../../gate.ts';
import type { Behaviour } from './behaviours.ts';
import { PNG, start } from './bot.ts';
import type { DiscordStandIn } from './stand-in.ts';

describe('the CDN', () => {
  const share = (discord: DiscordStandIn, behaviour: Behaviour) =>
    discord.cdn.share('/attachments/1/2/a.png', behaviour, 'image/png');
  const read = async (discord: DiscordStandIn, behaviour: Behaviour) => {
    const response = await fetch(share(discord, behaviour));
    return { status: response.status, length: (await response.arrayBuffer()).byteLength };
  };

  test.each<{ behaviour: Behaviour; outcome: object | RegExp }>([
    { behaviour: { kind: 'bytes', bytes: PNG }, outcome: { status: 200, length: PNG.length } },
    { behaviour: { kind: 'page' }, outcome: { status: 200 } },
    { behaviour: { kind: 'status', status: 404 }, outcome: { status: 404 } },
    { behaviour: { kind: 'longer', bytes: Buffer.alloc(100), announced: 50 }, outcome: { length: 50 } },
    { behaviour: { kind: 'breaks-off', bytes: Buffer.alloc(50), announced: 100 }, outcome: /terminated/ },
  ])('$behaviour.kind', async ({ behaviour, outcome }) => {
    const discord = await start();
    if (outcome instanceof RegExp) await expect(read(discord, behaviour)).rejects.toThrow(outcome);
    else expect(await read(discord, behaviour)).toMatchObject(outcome);
  });

  test('held', async () => {
    const discord = await start();
    const gate = closedGate();
    const reading = read(discord, { kind: 'held', bytes: PNG, until: gate.opened });
    await expect.poll(() => discord.cdn.requests).toMatchObject([{ outcome: 'open' }]);
    gate.open();
    expect(await reading).toEqual({ status: 200, length: PNG.length });
  });

  /** Asks for a file, and what leaves before it is there. */
  const begin = async (behaviour: Behaviour) => {
    const discord = await start();
    const leaving = new AbortController();
    return { discord, leaving, asked: fetch(share(discord, behaviour), { signal: leaving.signal }) };
  };

  test.each(['trickles', 'endless'] as const)('%s: more comes for as long as one stays', async (kind) => {
    const { discord, leaving, asked } = await begin({ kind });
    const reader = (await asked).body?.getReader();
    for (let piece = 0; piece < 10; piece += 1) expect((await reader?.read())?.done).toBe(false);
    leaving.abort();
    await expect(reader?.read()).rejects.toThrow('aborted');
    await expect.poll(() => discord.cdn.requests).toMatchObject([{ outcome: 'aborted' }]);
  });

  test('stalls: nothing comes after the headers', async () => {
    const { leaving, asked } = await begin({ kind: 'stalls' });
    const { status, body } = await asked;
    expect(status).toBe(200);
    const next = body?.getReader().read();
    leaving.abort();
    await expect(next).rejects.toThrow('aborted');
  });

  test('silent: nothing comes', async () => {
    const { discord, leaving, asked } = await begin({ kind: 'silent' });
    await expect.poll(() => discord.cdn.requests).toMatchObject([{ outcome: 'open' }]);
    leaving.abort();
    await expect(asked).rejects.toThrow('aborted');
  });

  test('redirects to another origin, and wants its signature', async () => {
    const discord = await start();
    const to = discord.foreign.put('/a.png', { kind: 'bytes', bytes: PNG });
    expect(await read(discord, { kind: 'redirect', to })).toEqual({ status: 200, length: PNG.length });
    expect(discord.foreign.requests).toMatchObject([{ path: '/a.png', headers: expect.any(Object) }]);
    const url = discord.cdn.share('/attachments/1/2/b.png', { kind: 'bytes', bytes: PNG });
    expect((await fetch(url.replace(/\?.*/, ''))).status).toBe(404);
    expect(discord.cdn.requests).toHaveLength(2);
  });
});
