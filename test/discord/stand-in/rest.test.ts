import type { Interaction } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { closedGate } from '../../gate.ts';
import { command, connect } from './bot.ts';
import { rateLimited, unavailable } from './fault.ts';
import type { DiscordStandIn } from './stand-in.ts';

describe('faults', () => {
  const deferred = async (interaction: Interaction) => {
    await command(interaction).deferReply();
    await command(interaction).editReply('done');
  };
  const EDIT = { method: 'PATCH', path: /@original$/ };
  const statusesOf = (discord: DiscordStandIn) =>
    discord.requests.filter(({ method }) => method === 'PATCH').map(({ status }) => status);

  test('an answer that is held, after the request took effect', async () => {
    const { discord } = await connect({ onInteraction: deferred });
    const gate = closedGate();
    discord.fault({ ...EDIT, held: gate.opened });
    const exchange = await discord.slash({ command: 'x' }).answered();
    expect(exchange.answer?.content).toBe('done');
    expect(statusesOf(discord)).toEqual([0]);
    gate.open();
    await expect.poll(() => statusesOf(discord)).toEqual([200]);
  });

  test.each([
    ['429 of a route', rateLimited({ retryAfter: 0.05 }), [429, 200]],
    ['429 of the resource', rateLimited({ retryAfter: 0.05, scope: 'shared' }), [429, 200]],
    ['429 of everything', rateLimited({ retryAfter: 0.05, scope: 'global' }), [429, 200]],
    ['502', { ...unavailable(502), times: 2 }, [502, 502, 200]],
    ['a reset before', { destroy: 'before' as const }, [0, 200]],
    ['a reset after', { destroy: 'after' as const }, [0, 200]],
  ])('%s', async (_name, fault, statuses) => {
    const { discord } = await connect({ onInteraction: deferred });
    discord.fault({ ...EDIT, ...fault });
    const exchange = discord.slash({ command: 'x' });
    await expect.poll(() => statusesOf(discord).at(-1)).toBe(200);
    expect(statusesOf(discord)).toEqual(statuses);
    expect(exchange.answer?.content).toBe('done');
  });
});
