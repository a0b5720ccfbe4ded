import { describe, expect, test } from 'vitest';
import { command, connect } from './bot.ts';
import { rateLimited, unavailable } from './fault.ts';

describe('faults', () => {
  test.each([
    ['429 of a route', rateLimited({ retryAfter: 0.05 }), [429, 200]],
    ['429 of the resource', rateLimited({ retryAfter: 0.05, scope: 'shared' }), [429, 200]],
    ['429 of everything', rateLimited({ retryAfter: 0.05, scope: 'global' }), [429, 200]],
    ['502', { ...unavailable(502), times: 2 }, [502, 502, 200]],
    ['a reset before', { destroy: 'before' as const }, [0, 200]],
    ['a reset after', { destroy: 'after' as const }, [0, 200]],
    ['a slow answer', { delay: 50 }, [200]],
  ])('%s', async (_name, fault, statuses) => {
    const { discord } = await connect({
      onInteraction: async (interaction) => {
        await command(interaction).deferReply();
        await command(interaction).editReply('done');
      },
    });
    discord.fault({ ...fault, method: 'PATCH', path: /@original$/ });
    const exchange = discord.slash({ command: 'x' });
    const edits = () => discord.requests.filter(({ method }) => method === 'PATCH').map(({ status }) => status);
    await expect.poll(() => edits().at(-1)).toBe(200);
    expect(edits()).toEqual(statuses);
    expect(exchange.answer?.content).toBe('done');
  });
});
