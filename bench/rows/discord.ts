import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type { Exchange } from '../../test/discord/stand-in/exchange.ts';
import { rateLimited, unavailable } from '../../test/discord/stand-in/fault.ts';
import { DiscordStandIn } from '../../test/discord/stand-in/stand-in.ts';
import { acknowledgement } from '../acknowledgement.ts';
import { drawFrom } from '../random.ts';
import type { Row } from '../row.ts';
import { Server } from '../server.ts';
import { LABELS } from '../words.ts';

const FAULTY = { interactions: 500, atOnce: 50 };
const GROWTH = { warmUp: 400, interactions: 2000, atOnce: 20 };

/** The bot as it is started, in a process of its own, against a stand-in of Discord in this one. */
export async function discord(photos: readonly Uint8Array[], model: string): Promise<Row[]> {
  const [photo] = photos;
  if (!photo) throw new Error('no photo was made');
  const small = await sharp(photo).resize(320).jpeg().toBuffer();
  return [
    await withBot([`CLIP_MODEL=${model}`, 'QUEUE_LIMIT=1000'], (discord, server) =>
      acknowledgement('Discord', server, photo, (i) => ask(discord, photo, i)),
    ),
    await withBot([], (discord) => exactlyOnce(discord, small)),
    await withBot([], (discord, server) => growth(discord, server, small)),
  ];
}

async function withBot(
  settings: readonly string[],
  work: (discord: DiscordStandIn, server: Server) => Promise<Row>,
): Promise<Row> {
  const discord = await DiscordStandIn.start();
  discord.clock.run();
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-bench-data-'));
  const token = [`DISCORD_TOKEN=${discord.token}`, `DISCORD_API_URL=${discord.apiUrl}`];
  const server = new Server(folder, [...token, ...settings]);
  try {
    await server.ready();
    return await work(discord, server);
  } finally {
    await server.stop();
    await discord.close();
    await rm(folder, { recursive: true });
  }
}

/** Asks for everybody in turn, alone with the bot, so that neither a cooldown nor another's answer is in the way. */
function ask(discord: DiscordStandIn, photo: Uint8Array, i: number): Exchange {
  const { crowd } = discord.people;
  const by = crowd[i % crowd.length]?.user.id ?? '';
  const image = { name: 'photo.jpg', type: 'image/jpeg', bytes: photo };
  const options = { labels: LABELS.slice(0, 10).join(', ') };
  return discord.slash({ command: 'classify', options, attachments: { image }, by, where: 'dm' });
}

async function exactlyOnce(discord: DiscordStandIn, photo: Uint8Array): Promise<Row> {
  const random = drawFrom('discord faults');
  const chance = (share: number) => random() < share;
  const tally = { once: 0, more: 0, none: 0 };
  for (let start = 0; start < FAULTY.interactions; start += FAULTY.atOnce) {
    const exchanges = Array.from({ length: FAULTY.atOnce }, (_, i) => {
      injectOne(discord, random);
      const exchange = ask(discord, photo, start + i);
      if (chance(0.2)) discord.redeliver(exchange);
      if (chance(0.05)) discord.expire(exchange);
      return exchange;
    });
    if (chance(0.5)) discord.gateway.closeAll(4000);
    await Promise.all(exchanges.map((exchange) => settled(discord, exchange)));
    await sleep(300);
    for (const exchange of exchanges) {
      const { length } = answersTo(discord, exchange);
      tally[length === 1 ? 'once' : length === 0 ? 'none' : 'more'] += 1;
      for (const message of discord.written(exchange.circumstances.channel.id)) discord.forget(message);
      discord.forget(exchange);
    }
  }
  return {
    title: `Discord: of ${FAULTY.interactions} interactions under faults, answered exactly once`,
    figure: tally.once,
    unit: '',
    bar: { is: 'at least', value: FAULTY.interactions },
    basis: `${tally.none} not at all, ${tally.more} more than once; rate limits, 5xx, lost connections, 10062, expired tokens, double delivery, reconnects`,
  };
}

/** One of the faults that the adapter is tested against, on a request to come. */
function injectOne(discord: DiscordStandIn, random: () => number): void {
  const path = random() < 0.5 ? /callback/ : /@original/;
  const faults = [
    { path, ...rateLimited({ retryAfter: 0.2 }) },
    { path, ...rateLimited({ retryAfter: 0.2, scope: 'global' }) },
    { path, ...unavailable(500) },
    { path, ...unavailable(502) },
    { path, destroy: 'before' },
    { path, destroy: 'after' },
    { path: /callback/, status: 404, body: { message: 'Unknown interaction', code: 10062 } },
  ] as const;
  const fault = faults[Math.floor(2 * random() * faults.length)];
  if (fault) discord.fault(fault);
}

/** What the person sees, wherever it was written; a message that still says "is thinking" is no answer. */
function answersTo(discord: DiscordStandIn, { circumstances }: Exchange) {
  return discord.written(circumstances.channel.id).filter(({ isThinking }) => !isThinking);
}

async function settled(discord: DiscordStandIn, exchange: Exchange): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (answersTo(discord, exchange).length > 0) return;
    await sleep(50);
  }
}

async function growth(discord: DiscordStandIn, server: Server, photo: Uint8Array): Promise<Row> {
  let asked = 0;
  const run = async (count: number) => {
    const until = asked + count;
    const worker = async () => {
      while (asked < until) {
        const exchange = ask(discord, photo, asked++);
        await exchange.answered(60_000);
        discord.forget(exchange);
      }
    };
    await Promise.all(Array.from({ length: GROWTH.atOnce }, worker));
    return server.memory();
  };
  const before = await run(GROWTH.warmUp);
  const after = await run(GROWTH.interactions);
  return {
    title: `Discord: growth of resident memory over ${GROWTH.interactions} interactions`,
    figure: (100 * (after - before)) / before,
    unit: ' %',
    bar: { is: 'at most', value: 10 },
    basis: `${before.toFixed(0)} to ${after.toFixed(0)} MB, after ${GROWTH.warmUp} to warm up`,
  };
}
