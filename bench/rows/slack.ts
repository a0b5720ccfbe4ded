import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type { Exchange } from '../../test/slack/stand-in/exchange.ts';
import { SlackStandIn } from '../../test/slack/stand-in/slack-stand-in.ts';
import type { Person } from '../../test/slack/stand-in/world.ts';
import { acknowledgement } from '../acknowledgement.ts';
import { drawFrom } from '../random.ts';
import type { Row } from '../row.ts';
import { Server } from '../server.ts';
import { LABELS } from '../words.ts';
import { acceptedOf } from './slack-forgeries.ts';

const FAULTY = { events: 500, atOnce: 50 };
const FORGED = 1000;
const PATIENCE = 60_000;

/** The app as it is started, in a process of its own, against a stand-in of Slack in this one. */
export async function slack(photos: readonly Uint8Array[], model: string): Promise<Row[]> {
  const [photo] = photos;
  if (!photo) throw new Error('no photo was made');
  const small = await sharp(photo).resize(320).jpeg().toBuffer();
  return [
    await withApp([`CLIP_MODEL=${model}`], (slack, server) =>
      acknowledgement('Slack', server, photo, () => send(slack, photo)),
    ),
    await withApp([], (slack) => exactlyOnce(slack, small)),
    await overHttp(forgeries),
  ];
}

async function withApp(
  settings: readonly string[],
  work: (slack: SlackStandIn, server: Server) => Promise<Row>,
  slackSettings = (slack: SlackStandIn) => [`SLACK_APP_TOKEN=${slack.appToken}`],
): Promise<Row> {
  const slack = await SlackStandIn.start();
  slack.clock.run();
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-bench-data-'));
  const own = [`SLACK_BOT_TOKEN=${slack.botToken}`, `SLACK_API_URL=${slack.apiUrl}`, ...slackSettings(slack)];
  const server = new Server(folder, [...own, ...settings]);
  try {
    await server.ready();
    return await work(slack, server);
  } finally {
    await server.stop();
    await slack.close();
    await rm(folder, { recursive: true });
  }
}

async function overHttp(work: (slack: SlackStandIn) => Promise<Row>): Promise<Row> {
  const server = createServer().listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  return withApp(
    [],
    (slack) => {
      slack.deliverOverHttp(`http://127.0.0.1:${port}/slack/events`);
      return work(slack);
    },
    (slack) => [`SLACK_SIGNING_SECRET=${slack.signingSecret}`, `SLACK_PORT=${port}`],
  );
}

/** As many people as events at once: each alone with the app, where neither a cooldown nor another's answer is in the way. */
function crowdOf(slack: SlackStandIn, size: number): Person[] {
  return Array.from({ length: size }, (_, i) => slack.world.addPerson(slack.workspace, `person ${i}`));
}

function send(slack: SlackStandIn, photo: Uint8Array): Exchange {
  const [by] = crowdOf(slack, 1);
  if (!by) throw new Error('nobody is there');
  const file = { name: 'photo.jpg', bytes: photo };
  return slack.directMessage({ text: LABELS.slice(0, 10).join(', '), files: [file], by });
}

async function exactlyOnce(slack: SlackStandIn, photo: Uint8Array): Promise<Row> {
  const random = drawFrom('slack faults');
  const tally = { once: 0, more: 0, none: 0 };
  for (let start = 0; start < FAULTY.events; start += FAULTY.atOnce) {
    const exchanges = crowdOf(slack, FAULTY.atOnce).map((by) => {
      injectOne(slack, random);
      const exchange = ask(slack, photo, by, random);
      if (random() < 0.3) slack.socket.redeliver(exchange);
      return exchange;
    });
    const ending = random();
    if (ending < 0.3) slack.socket.drop();
    else if (ending < 0.6) slack.socket.disconnect(ending < 0.45 ? 'refresh_requested' : 'warning');
    await Promise.all(exchanges.map((exchange) => exchange.answered(PATIENCE).catch(() => {})));
    for (const exchange of exchanges) if (random() < 0.3) slack.socket.redeliver(exchange);
    await sleep(500);
    for (const exchange of exchanges) {
      const { length } = exchange.messages;
      tally[length === 1 ? 'once' : length === 0 ? 'none' : 'more'] += 1;
    }
    slack.healthy();
    for (const exchange of exchanges) slack.forget(exchange);
  }
  return {
    title: `Slack: of ${FAULTY.events} events under faults, answered exactly once`,
    figure: tally.once,
    unit: '',
    bar: { is: 'at least', value: FAULTY.events },
    basis: `${tally.none} not at all, ${tally.more} more than once; rate limits, 5xx, connections that break, files late, missing or a login page, double delivery, sockets that end`,
  };
}

/** An image written to the app, a command with a public answer, or one with a private. */
function ask(slack: SlackStandIn, photo: Uint8Array, by: Person, random: () => number): Exchange {
  const kind = random();
  if (kind < 0.2) return slack.slash({ command: '/help', by, where: slack.channels.general });
  if (kind < 0.4) return slack.slash({ command: '/labels', text: 'set cat, dog', by, where: slack.dm(by) });
  const fault = random();
  const file = {
    ...{ name: 'photo.jpg', bytes: photo },
    ...(fault < 0.1 && { notReadyFor: 1 }),
    ...(fault >= 0.1 && fault < 0.15 && { download: 'login-page' as const }),
    ...(fault >= 0.15 && fault < 0.2 && { download: 'not-found' as const }),
    ...(fault >= 0.2 && fault < 0.3 && { isStub: true }),
  };
  return slack.directMessage({ text: 'cat, dog', files: [file], by });
}

/** One of the faults that the adapter is tested against, on a call to come. */
function injectOne(slack: SlackStandIn, random: () => number): void {
  const methods = [
    'chat.postMessage',
    'files.getUploadURLExternal',
    'files.completeUploadExternal',
    'files.info',
    'users.info',
    /^\/upload\//,
    /^\/response\//,
  ];
  const method = methods[Math.floor(random() * methods.length)] ?? 'users.info';
  const kind = random();
  if (kind < 0.15) slack.rateLimit(method, { retryAfter: 1 });
  else if (kind < 0.45) slack.serverError(method, kind < 0.3 ? 1 : 2);
  else if (kind < 0.6) slack.reset(method, 'before');
  // What is said at a response_url leaves no trace by which to tell whether it was heard.
  else if (kind < 0.75 && typeof method === 'string') slack.reset(method, 'after');
}

async function forgeries(slack: SlackStandIn): Promise<Row> {
  const { accepted, kinds } = await acceptedOf(slack, FORGED, drawFrom('slack forgeries'));
  return {
    title: `Slack: of ${FORGED} forged, replayed and malformed requests, accepted`,
    figure: accepted,
    unit: '',
    bar: { is: 'at most', value: 0 },
    basis: `${kinds} kinds, seeded; a true request is answered before and after`,
  };
}
