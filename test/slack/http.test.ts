import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startSlack } from '../../adapters/slack/index.ts';
import { ConfigError } from '../../src/config.ts';
import { Installations } from '../../src/store/installations.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { memory } from './memory.ts';
import { start } from './setup.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

it('takes nothing that Slack has not signed just now', async () => {
  const { slack, stage } = await start('http');
  const command = { command: '/echo', text: 'forged', user_id: 'U1', channel_id: 'C1', team_id: 'T1', trigger_id: '1' };
  const body = new URLSearchParams({ ...command, response_url: `${slack.origin}/response/1` }).toString();
  const contentType = 'application/x-www-form-urlencoded';
  const { http } = slack;
  const hour = 60 * 60;
  const now = Math.floor(Date.now() / 1000);
  const answers = [
    await http.forged(body),
    await http.emptySecret(body),
    await http.old(body),
    await http.post({ body, contentType, timestamp: now - hour }),
    await http.post({ body, contentType, headers: { 'x-slack-signature': 'v0=' } }),
    await http.post({ body, contentType, headers: { 'x-slack-signature': '' } }),
    await http.post({ body, contentType, headers: { 'x-slack-request-timestamp': 'now' } }),
    await http.post({ body, contentType, headers: { 'x-slack-request-timestamp': String(now - 1) } }),
    await http.malformed(),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 400]);
  expect(stage.requests).toEqual([]);
});

it('answers what Slack asks of an address, and those who watch it', async () => {
  const { slack } = await start('http');
  expect(JSON.parse((await slack.http.urlVerification('x')).body)).toEqual({ challenge: 'x' });
  expect((await slack.http.sslCheck()).status).toBe(200);
  const { origin } = new URL(slack.http.url);
  expect(await (await fetch(`${origin}/livez`)).json()).toEqual({ live: true });
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ ready: true });
  expect((await fetch(`${origin}/slack/install`)).status).toBe(404);
  expect((await fetch(`${origin}/elsewhere`)).status).toBe(404);
});

it('stops although somebody never ends what they send', async () => {
  const { slack, stop } = await start('http');
  const { port } = new URL(slack.http.url);
  const lingering = connect(Number(port), '127.0.0.1');
  await once(lingering, 'connect');
  lingering.write('POST /slack/events HTTP/1.1\r\nhost: here\r\ncontent-length: 100\r\n\r\n{');
  const closed = once(lingering, 'close');
  await stop();
  await closed;
  await expect(fetch(slack.http.url)).rejects.toThrow();
});

it('says what to do where its port is taken', async () => {
  const taken = createServer().listen(0);
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const slack = await SlackStandIn.start();
  onTestFinished(() => slack.close());
  const starting = startSlack({
    ...partsOf(await openStage()),
    ...{ apiUrl: slack.apiUrl, installations: new Installations(await memory()) },
    transport: { kind: 'http', signingSecret: slack.signingSecret, port },
    access: { kind: 'token', botToken: slack.botToken },
  });
  await expect(starting).rejects.toThrow(ConfigError);
  await expect(starting).rejects.toThrow(`Port ${port} is already in use: set SLACK_PORT to another one.`);
});
