import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { startSlack } from '../../adapters/slack/index.ts';
import { seal, unseal } from '../../adapters/slack/seal.ts';
import { toAnswer } from '../../src/chat/answer.ts';
import { ChannelGone } from '../../src/chat/parts.ts';
import { reply } from '../../src/chat/reply.ts';
import { Installations } from '../../src/store/installations.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { freePort } from '../free-port.ts';
import { memory } from './memory.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

it('installs in a workspace, speaks there with its own token, and forgets it once it is removed', async () => {
  const { slack, database, install, say, log } = await startOAuth();
  await install();
  const { otherAdmin: by } = slack.people;
  expect(await say(by)).toMatchObject({ text: 'said hello', author: slack.otherWorkspace.botUser });
  const [row] = await database.selectFrom('installations').selectAll().execute();
  expect(row?.workspace).toBe(`slack:${slack.otherWorkspace.id}`);
  const tokens = [...slack.world.installations.keys()];
  for (const token of tokens) expect(row?.body).not.toContain(token);
  expect(Buffer.from(row?.body ?? '', 'base64').toString('latin1')).not.toContain('xoxb');

  await slack.uninstall(by).acknowledged();
  await expect.poll(() => database.selectFrom('installations').selectAll().execute()).toEqual([]);
  const after = slack.slash({ command: '/echo', text: 'hello', by, where: slack.channels.other });
  await after.acknowledged();
  expect(after.messages).toEqual([]);
  await expect.poll(() => log.join('\n')).toContain(`slack:${slack.otherWorkspace.id} has not installed the app`);
  expect(log.join('\n')).not.toContain('xoxb');
});

it('serves several workspaces side by side, and forgets the one whose token is revoked', async () => {
  const { slack, database, install, say } = await startOAuth();
  await install();
  slack.oauth.by = slack.people.admin;
  await install();
  expect(await say(slack.people.otherAdmin)).toMatchObject({ author: slack.otherWorkspace.botUser });
  expect(await say(slack.people.member)).toMatchObject({ author: slack.workspace.botUser });
  const { admin } = slack.people;
  await slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }, admin).acknowledged();
  await slack.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U2'] } }, admin).acknowledged();
  const left = () => database.selectFrom('installations').select('workspace').execute();
  await expect.poll(left).toEqual([{ workspace: `slack:${slack.otherWorkspace.id}` }]);
});

it('says what to do where the tokens were encrypted with another key', async () => {
  const { slack, database, install, say, log } = await startOAuth();
  await install();
  const workspace = `slack:${slack.otherWorkspace.id}`;
  const body = seal('{}', workspace, randomBytes(32));
  await database.updateTable('installations').set({ body }).execute();
  void say(slack.people.otherAdmin).catch(() => {});
  const sentence = `what ${workspace} was installed with does not open with SLACK_TOKEN_KEY: set the key it was kept with, or install the app there again`;
  await expect.poll(() => log.join('\n')).toContain(sentence);
});

it('posts in each workspace with its own token, and not where it is not installed', async () => {
  const { slack, install, running } = await startOAuth();
  const answer = toAnswer({ kind: 'reply', visibility: 'public', reply: reply('every Monday') }, undefined);
  const channel = `slack:${slack.otherWorkspace.id}:${slack.channels.other.id}`;
  await expect(running.post({ channel, answer, locale: 'en' })).rejects.toThrow(ChannelGone);
  await install();
  await running.post({ channel, answer, locale: 'en' });
  expect(slack.messages(slack.channels.other)).toMatchObject([
    { text: 'every Monday', author: slack.otherWorkspace.botUser },
  ]);
});

it('installs nothing for who declines, comes without a state or with another’s', async () => {
  const { slack, database, own, install } = await startOAuth();
  slack.oauth.declines = true;
  expect((await install()).ok).toBe(false);
  slack.oauth.declines = false;
  const forged = `${own}/slack/oauth_redirect?code=guessed`;
  expect((await fetch(forged)).ok).toBe(false);
  expect((await fetch(`${forged}&state=guessed`, { headers: { cookie: 'slack-app-oauth-state=guessed' } })).ok).toBe(
    false,
  );
  expect((await install({ cookie: 'slack-app-oauth-state=another' })).ok).toBe(false);
  expect(await database.selectFrom('installations').selectAll().execute()).toEqual([]);
});

it('opens what it sealed with the same key and for the same workspace alone', () => {
  const key = randomBytes(32);
  const sealed = seal('xoxb-secret', 'slack:T1', key);
  expect(unseal(sealed, 'slack:T1', key)).toBe('xoxb-secret');
  expect(seal('xoxb-secret', 'slack:T1', key)).not.toBe(sealed);
  expect(() => unseal(sealed, 'slack:T2', key)).toThrow();
  expect(() => unseal(sealed, 'slack:T1', randomBytes(32))).toThrow();
  const changed = Buffer.from(sealed, 'base64');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => unseal(changed.toString('base64'), 'slack:T1', key)).toThrow();
});

async function startOAuth() {
  const slack = await SlackStandIn.start();
  const port = await freePort();
  const own = `http://127.0.0.1:${port}`;
  slack.oauth.redirectUri = `${own}/slack/oauth_redirect`;
  slack.deliverOverHttp(`${own}/slack/events`);
  const database = await memory();
  const log: string[] = [];
  const running = await startSlack({
    ...partsOf(await openStage()),
    log: pino({ level: 'warn' }, { write: (line: string) => void log.push(line) }),
    ...{ apiUrl: slack.apiUrl, installations: new Installations(database) },
    transport: { kind: 'http', signingSecret: slack.signingSecret, port },
    access: {
      ...{ kind: 'oauth', clientId: slack.clientId, clientSecret: slack.clientSecret },
      ...{ stateSecret: 'a-secret-that-nobody-guesses', tokenKey: randomBytes(32) },
    },
  });
  onTestFinished(async () => {
    await running.stop();
    await slack.close();
  });
  /** As a browser does: to Slack, and back with the cookie that was set. */
  const install = async (headers?: { cookie: string }) => {
    const begun = await fetch(`${own}/slack/install`, { redirect: 'manual' });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const agreed = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    return fetch(agreed.headers.get('location') ?? '', { headers: headers ?? { cookie } });
  };
  const say = (by: typeof slack.people.member) => {
    const where = by.team === slack.workspace ? slack.channels.general : slack.channels.other;
    return slack.mention({ text: 'echo hello', by, where }).answered();
  };
  return { slack, database, log, own, install, say, running };
}
