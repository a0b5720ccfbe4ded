import { describe, expect, test } from 'vitest';
import type { Behaviour } from './behaviours.ts';
import { PNG, start } from './bot.ts';
import type { DiscordStandIn } from './stand-in.ts';

describe('the CDN', () => {
  const read = async (discord: DiscordStandIn, behaviour: Behaviour) => {
    const response = await fetch(discord.cdn.share('/attachments/1/2/a.png', behaviour, 'image/png'), {
      signal: AbortSignal.timeout(500),
    });
    return { status: response.status, length: (await response.arrayBuffer()).byteLength };
  };

  test.each<{ behaviour: Behaviour; outcome: object | RegExp }>([
    { behaviour: { kind: 'bytes', bytes: PNG }, outcome: { status: 200, length: PNG.length } },
    { behaviour: { kind: 'slow', bytes: PNG, milliseconds: 20 }, outcome: { status: 200, length: PNG.length } },
    { behaviour: { kind: 'page' }, outcome: { status: 200 } },
    { behaviour: { kind: 'status', status: 404 }, outcome: { status: 404 } },
    { behaviour: { kind: 'longer', bytes: Buffer.alloc(100), announced: 50 }, outcome: { length: 50 } },
    { behaviour: { kind: 'breaks-off', bytes: Buffer.alloc(50), announced: 100 }, outcome: /terminated/ },
    { behaviour: { kind: 'stalls' }, outcome: /timeout/ },
    { behaviour: { kind: 'silent' }, outcome: /timeout/ },
    { behaviour: { kind: 'trickles' }, outcome: /timeout/ },
    { behaviour: { kind: 'endless' }, outcome: /timeout/ },
  ])('$behaviour.kind', async ({ behaviour, outcome }) => {
    const discord = await start();
    if (outcome instanceof RegExp) await expect(read(discord, behaviour)).rejects.toThrow(outcome);
    else expect(await read(discord, behaviour)).toMatchObject(outcome);
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
