import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { startSlack } from '../../adapters/slack/index.ts';
import { ConfigError } from '../../src/config.ts';
import { Installations } from '../../src/store/installations.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { memory } from './memory.ts';
import { start } from './setup.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

it('a socket that Slack refreshes, or that breaks, is opened anew, and nothing is lost or answered twice', async () => {
  const { slack, follow, stage } = await start('socket');
  const say = (text: string) =>
    slack.mention({ text: `echo ${text}`, by: slack.people.member, where: slack.channels.general });
  for (const reason of ['refresh_requested', 'warning'] as const) {
    const before = say(`before ${reason}`);
    slack.socket.disconnect(reason);
    const between = say(`after ${reason}`);
    await slack.socket.connected();
    for (const told of [before, between]) expect(await follow(told).everything()).toHaveLength(1);
  }
  const told = say('as it breaks');
  slack.socket.drop();
  const late = say('while it is broken');
  for (const one of [told, late]) await one.answered();
  expect(stage.requests).toHaveLength(6);
  expect([told, late].map(({ messages }) => messages.length)).toEqual([1, 1]);
});

it('Socket Mode that is turned off is said to be, and comes back once it is on', async () => {
  const { slack, follow, log, isReady } = await startLogged();
  slack.socket.disconnect('link_disabled');
  await expect.poll(() => log.join('\n')).toContain('Socket Mode is turned off: turn it on');
  expect(isReady()).toBe(false);
  slack.socket.isEnabled = true;
  await slack.socket.connected();
  await follow('hello');
  expect(isReady()).toBe(true);
});

it('an error of Slack’s while it is opened anew ends nothing', async () => {
  const { slack, follow } = await startLogged();
  const failing = slack.hold({ method: 'apps.connections.open', status: 500, body: 'internal error' });
  slack.socket.disconnect('refresh_requested');
  await failing.arrived;
  failing.release();
  await slack.socket.connected();
  await follow('hello');
});

it('a stop while it is opened anew leaves none open', async () => {
  const slack = await SlackStandIn.start();
  const running = await startSlack(await partsFor(slack));
  const opening = slack.hold({ method: 'apps.connections.open' });
  slack.socket.disconnect('refresh_requested');
  await opening.arrived;
  expect(running.isReady()).toBe(false);
  await running.stop();
  opening.release();
  await slack.socket.everOpened(2);
  await slack.socket.disconnected();
  expect(running.isReady()).toBe(false);
  await slack.close();
});

it.each([
  ['SLACK_BOT_TOKEN', { access: { kind: 'token', botToken: 'xoxb-guessed' } }],
  ['SLACK_APP_TOKEN', { transport: { kind: 'socket', appToken: 'xapp-guessed' } }],
  ['SLACK_APP_TOKEN', { transport: { kind: 'socket', appToken: 'xoxb-a-bot' } }],
] as const)('a wrong %s is told in one sentence', async (name, wrong) => {
  const slack = await SlackStandIn.start();
  const starting = startSlack({ ...(await partsFor(slack)), ...wrong });
  await expect(starting).rejects.toThrow(ConfigError);
  await expect(starting).rejects.toThrow(new RegExp(`^${name} [^.]*\\.$`));
  await slack.close();
});

it('Slack that cannot be reached at first is tried again', async () => {
  const slack = await SlackStandIn.start();
  slack.serverError('auth.test', 6);
  const running = await startSlack(await partsFor(slack));
  expect(running.isReady()).toBe(true);
  await running.stop();
  await slack.close();
});

async function partsFor(slack: SlackStandIn, lines: string[] = []) {
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  return {
    ...partsOf(await openStage()),
    log,
    apiUrl: slack.apiUrl,
    transport: { kind: 'socket', appToken: slack.appToken },
    access: { kind: 'token', botToken: slack.botToken },
    installations: new Installations(await memory()),
  } as const;
}

async function startLogged() {
  const slack = await SlackStandIn.start();
  const log: string[] = [];
  const running = await startSlack(await partsFor(slack, log));
  onTestFinished(async () => {
    await running.stop();
    await slack.close();
  });
  const follow = (text: string) =>
    slack.slash({ command: '/echo', text, by: slack.people.member, where: slack.channels.general }).answered();
  return { slack, log, follow, isReady: () => running.isReady() };
}
