import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from './row.ts';
import type { Server } from './server.ts';
import { LABELS } from './words.ts';

const ASKED = { times: 200, milliseconds: 10_000, flood: 12 };
const PATIENCE = 120_000;

/** Something asked of a stand-in. */
interface Exchange {
  acknowledgedAfter: number | undefined;
  acknowledged(): Promise<unknown>;
  answered(milliseconds: number): Promise<unknown>;
}

/** How soon a chat is told that an answer is coming, while the encoder has more than enough to do. */
export async function acknowledgement(
  chat: string,
  server: Server,
  photo: Uint8Array,
  ask: (i: number) => Exchange,
): Promise<Row> {
  let isOver = false;
  const flood = Array.from({ length: ASKED.flood }, async () => {
    // What finds no place in the queue is told to come back, and does.
    while (!isOver) await server.classify(photo, LABELS.slice(0, 10)).catch(() => sleep(50));
  });
  await sleep(2000);
  const exchanges: Exchange[] = [];
  for (let i = 0; i < ASKED.times; i += 1) {
    exchanges.push(ask(i));
    await sleep(ASKED.milliseconds / ASKED.times);
  }
  await Promise.all(exchanges.map((exchange) => exchange.acknowledged()));
  const sorted = exchanges
    .map(({ acknowledgedAfter = Number.POSITIVE_INFINITY }) => acknowledgedAfter)
    .sort((a, b) => a - b);
  await Promise.all(exchanges.map((exchange) => exchange.answered(PATIENCE)));
  isOver = true;
  await Promise.all(flood);
  const [middle, late] = [0.5, 0.99].map((share) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return {
    title: `${chat}: acknowledgement of ${ASKED.times} requests in 10 s, 99th percentile`,
    figure: late ?? Number.NaN,
    unit: ' ms',
    bar: { is: 'at most', value: 300 },
    basis: `the encoder of ViT-B/32's size kept busy by ${ASKED.flood} others; median ${middle?.toFixed(1)} ms`,
  };
}
