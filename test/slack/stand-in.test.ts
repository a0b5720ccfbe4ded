import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoltApp, clientOptions, overHttp, overSocket, REOPENED_SOON } from './stand-in/bolt-app.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const IMAGE = { name: 'cat.png', bytes: PNG, width: 2, height: 1 };
let slack: SlackStandIn;
let bolt: BoltApp | undefined;

beforeEach(async () => {
  slack = await SlackStandIn.start();
});

afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  await slack.close();
});

describe.each([
  ['Socket Mode', overSocket],
  ['HTTP', overHttp],
])('Bolt over %s', (_, start) => {
  beforeEach(async () => {
    bolt = await start(slack);
  });

  it('acknowledges a slash command and answers it', async () => {
    const { member: by } = slack.people;
    const exchange = slack.slash({ command: '/classify', text: 'a cat', by, where: slack.channels.closed });
    await exchange.acknowledged();
    expect(await exchange.answered()).toMatchObject({ text: 'a cat', visibleTo: by.id, via: 'response_url' });
    expect(exchange.violations).toEqual([]);
  });

  it('gives a shortcut its file, and shows the upload in the thread with its description', async () => {
    const { admin, member } = slack.people;
    const message = slack.write({ files: [IMAGE], by: admin, where: slack.channels.team });
    const exchange = slack.shortcut({ callbackId: 'classify_image', message, by: member });
    const answer = await exchange.answered();
    expect(answer).toMatchObject({ text: 'a cat', threadTs: message.ts });
    expect(answer.files).toMatchObject([{ name: 'seen.png', title: 'Seen', alt: 'A cat, in a frame', bytes: PNG }]);
    expect(exchange.violations).toEqual([]);
  });

  it('hears a mention and a direct message, but not itself', async () => {
    const { member: by } = slack.people;
    const mention = slack.mention({ text: 'what is it?', files: [IMAGE], by, where: slack.channels.general });
    const { threadTs } = await mention.answered();
    expect(threadTs).toBe(mention.threadTs);
    const direct = slack.directMessage({ files: [IMAGE], by });
    expect((await direct.answered()).text).toBe('1 file');
    const own = slack.ownMessage({ by });
    await own.acknowledged();
    await slack.directMessage({ text: 'hello', by }).answered();
    expect(bolt?.heard.filter((text) => text.includes('itself') || text === 'bot_message')).toEqual([]);
  });

  it('opens a modal, refuses and takes its file', async () => {
    const { korean: by } = slack.people;
    const view = await slack.slash({ command: '/classify', by, where: slack.channels.general }).opened();
    const bad = slack.submit(view, { Image: [{ ...IMAGE, name: 'bad.png' }] });
    await bad.acknowledged();
    expect(bad.errors).toEqual({ image: 'No image' });
    const good = slack.submit(view, { file: [IMAGE], labels: 'animals' });
    expect(await good.answered()).toMatchObject({ text: 'from the modal', channel: slack.dm(by) });
    expect(view.isOpen).toBe(false);
    expect(() => slack.submit(view)).toThrow('closed');
  });

  it('takes buttons and menus', async () => {
    const { member: by } = slack.people;
    const posted = await slack.mention({ by, where: slack.channels.general }).answered();
    await slack.select(posted, 'again', 'Heat map', by).until(() => posted.text === 'a heat map');
    const { exchange } = posted;
    expect(exchange?.edited).toEqual([posted]);
    const whispered = await slack.slash({ command: '/classify', text: 'x', by, where: slack.channels.team }).answered();
    const press = slack.press(whispered, 'Share', by);
    await press.until(() => press.edited.length > 0);
    expect(whispered.text).toBe('shared');
    expect(whispered.edits).toMatchObject([{ text: 'x' }]);
    expect(() => slack.press(whispered, 'Share', by)).toThrow('nothing is called Share');
  });

  it('publishes a home in the language of who opens it, and hears of its removal', async () => {
    const { korean, admin } = slack.people;
    const home = await slack.openHome(korean).opened();
    expect(home.content.blocks).toMatchObject([{ text: { text: 'ko-KR' } }]);
    expect(slack.home(korean)).toBe(home);
    await slack.uninstall(admin).acknowledged();
    expect(bolt?.heard.sort()).toEqual(['app_uninstalled', 'tokens_revoked']);
    await expect(client().auth.test()).rejects.toThrow('account_inactive');
  });
});

describe('what goes wrong', () => {
  it('loses nothing when the socket is refreshed or breaks', async () => {
    bolt = await overSocket(slack, REOPENED_SOON);
    const { member: by } = slack.people;
    const say = () => slack.mention({ by, where: slack.channels.general });
    slack.socket.disconnect('refresh_requested');
    const between = say();
    await slack.socket.connected();
    await between.answered();
    const before = say();
    slack.socket.drop();
    await before.acknowledged();
    // At least once: what broke off after the app had heard it comes again.
    expect(bolt.heard.length).toBeGreaterThanOrEqual(2);
  });

  it('is told that a socket is alive', async () => {
    bolt = await overSocket(slack);
    slack.socket.ping();
    await slack.mention({ by: slack.people.member, where: slack.channels.general }).answered();
    expect(slack.socket.pongs).toBe(1);
  });

  it('spreads what happens over several connections, until Socket Mode is turned off', async () => {
    bolt = await overSocket(slack);
    const second = await overSocket(slack);
    await slack.socket.connected(2);
    const { member: by } = slack.people;
    for (let i = 0; i < 2; i += 1) await slack.mention({ by, where: slack.channels.general }).answered();
    expect([bolt.heard.length, second.heard.length]).toEqual([1, 1]);
    slack.socket.disconnect('link_disabled');
    await slack.socket.disconnected();
    await second.stop();
  });

  it('delivers an envelope twice, and says so', async () => {
    bolt = await overSocket(slack);
    const exchange = slack.mention({ by: slack.people.member, where: slack.channels.general });
    await exchange.answered();
    slack.socket.redeliver(exchange, { retryReason: 'timeout' });
    await exchange.until(() => exchange.messages.length === 2 && exchange.acknowledgements === 2);
  });

  it('repeats an event over HTTP with its number and reason', async () => {
    bolt = await overHttp(slack);
    const retries: unknown[] = [];
    bolt.app.use(async ({ context, next }) => {
      retries.push([context.retryNum, context.retryReason]);
      await next();
    });
    const exchange = slack.mention({ by: slack.people.member, where: slack.channels.general });
    await exchange.acknowledged();
    slack.http.redeliver(exchange, { retryNum: 2, retryReason: 'http_error' });
    await exchange.until(() => exchange.acknowledgements === 2);
    expect(retries).toEqual([
      [undefined, undefined],
      [2, 'http_error'],
    ]);
  });

  it('is refused by Bolt where it is not Slack', async () => {
    bolt = await overHttp(slack);
    expect((await slack.http.forged()).status).toBe(401);
    expect((await slack.http.emptySecret()).status).toBe(401);
    expect((await slack.http.old()).status).toBe(401);
    expect((await slack.http.malformed()).status).toBe(400);
    expect(JSON.parse((await slack.http.urlVerification('x')).body)).toEqual({ challenge: 'x' });
    expect((await slack.http.sslCheck()).status).toBe(200);
  });

  it('limits the rate, fails and breaks off', async () => {
    const channel = slack.channels.general.id;
    const patient = new webApi.WebClient(slack.botToken, {
      ...clientOptions(slack),
      retryConfig: { retries: 3, minTimeout: 1 },
    });
    slack.rateLimit('chat.postMessage', { retryAfter: 0 });
    await patient.chat.postMessage({ channel, text: 'one' });
    slack.serverError(/chat\.post/);
    await expect(client().chat.postMessage({ channel, text: 'two' })).rejects.toThrow('500');
    slack.reset('chat.postMessage', 'before');
    await expect(client().chat.postMessage({ channel, text: 'three' })).rejects.toThrow('fetch failed');
    slack.reset('chat.postMessage', 'after');
    await expect(client().chat.postMessage({ channel, text: 'four' })).rejects.toThrow('fetch failed');
    expect(slack.messages(slack.channels.general).map(({ text }) => text)).toEqual(['one', 'four']);
  });

  it('holds a call until it is told to let it go', async () => {
    const held = slack.hold({ method: 'auth.test' });
    const call = client().auth.test();
    await held.arrived;
    expect(slack.calls.all).toEqual([]);
    held.release();
    expect((await call).ok).toBe(true);
    expect(slack.calls.all).toMatchObject([{ method: 'auth.test' }]);
  });

  it('counts three seconds until an acknowledgement, and for a form', async () => {
    bolt = await overHttp(slack);
    const title = { type: 'plain_text' as const, text: 'Late' };
    const view = { type: 'modal' as const, title, blocks: [{ type: 'divider' as const }] };
    const refused = new Promise((resolve) => {
      bolt?.app.command('/slow', async ({ ack, client, command }) => {
        slack.clock.pass(3_001);
        await ack();
        resolve(await client.views.open({ trigger_id: command.trigger_id, view }).catch(String));
      });
    });
    const exchange = slack.slash({ command: '/slow', by: slack.people.member, where: slack.channels.general });
    expect(await exchange.acknowledged()).toBe(3_001);
    expect(exchange.violations).toMatchObject([{ rule: 'operation_timeout' }]);
    expect(await refused).toContain('expired_trigger_id');
  });

  it('takes five answers at a response_url, for half an hour', async () => {
    bolt = await overSocket(slack);
    const { member: by } = slack.people;
    const ask = (text: string) => slack.slash({ command: '/classify', text, by, where: slack.channels.distant });
    const six = ask('1,2,3,4,5,6');
    await six.until(() => six.violations.length > 0);
    expect(six.messages).toHaveLength(5);
    expect(six.violations).toMatchObject([{ rule: 'used_url' }]);
    const late = ask('1');
    await late.answered();
    slack.expire(late, 'response_url');
    await fetch(String(late.deliveries[0]?.payload.response_url), { method: 'POST', body: '{"text":"2"}' });
    expect(late.violations).toMatchObject([{ rule: 'expired_url' }]);
  });

  it('forgets all about an exchange', async () => {
    bolt = await overSocket(slack);
    const exchange = slack.mention({ files: [IMAGE], by: slack.people.member, where: slack.channels.general });
    await exchange.answered();
    slack.forget(exchange);
    expect(slack.sizes).toEqual({ exchanges: 0, messages: 0, files: 0, views: 0, responseUrls: 0 });
  });
});

it('does with a modal what the acknowledgement says', async () => {
  bolt = await overSocket(slack);
  const { app } = bolt;
  const title = { type: 'plain_text' as const, text: 'Done' };
  const blocks = [{ type: 'divider' as const }];
  const step = { type: 'modal' as const, title, blocks, notify_on_close: true, callback_id: 'step' };
  const stateOf: unknown[] = [];
  app.shortcut('start', async ({ ack, shortcut, client }) => {
    await ack();
    const label = { type: 'plain_text' as const, text: 'Name' };
    const button = { type: 'button' as const, action_id: 'more', text: label };
    const input = { type: 'plain_text_input' as const, action_id: 'name' };
    const form = [
      { type: 'input' as const, block_id: 'name', label, element: input },
      { type: 'actions' as const, elements: [button] },
    ];
    const view = { ...step, submit: title, callback_id: 'form', blocks: form };
    await client.views.open({ trigger_id: shortcut.trigger_id, view });
  });
  app.action('more', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    stateOf.push(body.view?.state.values);
    await client.views.push({ trigger_id: body.trigger_id, view: step });
  });
  app.view('form', async ({ ack }) => ack({ response_action: 'update', view: step }));
  app.view({ callback_id: 'step', type: 'view_closed' }, async ({ ack }) => ack());

  const { member: by } = slack.people;
  const form = await slack.globalShortcut({ callbackId: 'start', by }).opened();
  const pushed = await slack.press(form, 'more', by, { Name: 'a' }).opened();
  expect(stateOf).toEqual([{ name: { name: { type: 'plain_text_input', value: 'a' } } }]);
  expect(pushed.previous).toBe(form);
  await slack.dismiss(pushed)?.acknowledged();
  expect(() => slack.submit(form)).toThrow('Slack asks for Name');
  const updated = await slack.submit(form, { Name: 'b' }).opened();
  expect(updated).toMatchObject({ id: form.id, updates: 1, isOpen: true, content: { title: { text: 'Done' } } });
  expect([...slack.violations]).toEqual([]);
});

it('shows what a slash command is acknowledged with', async () => {
  bolt = await overSocket(slack);
  bolt.app.command('/late', async ({ ack }) => ack({ text: 'wait', response_type: 'in_channel' }));
  const { member: by } = slack.people;
  const exchange = slack.slash({ command: '/late', by, where: slack.channels.general });
  expect(await exchange.answered()).toMatchObject({ text: 'wait', via: 'acknowledgement', visibleTo: undefined });
});

function client(token = slack.botToken): webApi.WebClient {
  return new webApi.WebClient(token, { ...clientOptions(slack), retryConfig: { retries: 0 } });
}
