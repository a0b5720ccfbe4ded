import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoltApp, clientOptions, download, overSocket, upload } from './stand-in/bolt-app.ts';
import { BROKEN_RULES } from './stand-in/broken-rules.ts';
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

describe('files', () => {
  const infoOf = async (file: object) => {
    const where = slack.channels.general;
    const { files } = slack.write({ files: [{ ...IMAGE, ...file }], by: slack.people.member, where });
    return (await client().files.info({ file: files[0]?.id ?? '' })).file;
  };
  const urlOf = async (file: object) => (await infoOf(file))?.url_private_download ?? '';
  const headers = () => ({ authorization: `Bearer ${slack.botToken}` });

  it('says who a file of another workspace is only when asked, and waits until one is ready', async () => {
    bolt = await overSocket(slack);
    const stub = slack.mention({
      files: [{ ...IMAGE, isStub: true }],
      by: slack.people.member,
      where: slack.channels.team,
    });
    const event = JSON.stringify(stub.deliveries[0]?.payload);
    expect(event).toContain('"file_access":"check_file_info"');
    expect(event).not.toContain('url_private');
    expect(await infoOf({ isStub: true })).toMatchObject({ mimetype: 'image/png', original_w: 2 });
    const file = await infoOf({ notReadyFor: 1 });
    expect(file).not.toHaveProperty('url_private');
    expect((await client().files.info({ file: file?.id ?? '' })).file).toHaveProperty('url_private');
  });

  it('sends a page to sign in where the token is missing, wrong or poor', async () => {
    const url = await urlOf({});
    expect(await download(slack, url)).toEqual(new Uint8Array(PNG));
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
    slack.setScopes('chat:write');
    await expect(download(slack, url)).rejects.toThrow('HTML');
    slack.setScopes('files:read');
    await expect(download(slack, await urlOf({ download: 'login-page' }))).rejects.toThrow('HTML');
  });

  it('redirects, holds, never stops, is slow, is gone', async () => {
    const slow = await urlOf({ download: { slow: 1 } });
    expect(await download(slack, slow)).toHaveLength(PNG.length);
    expect(await download(slack, await urlOf({ download: 'redirect-home' }))).toHaveLength(PNG.length);
    expect((await fetch(await urlOf({ download: 'not-found' }), { headers: headers() })).status).toBe(404);
    await fetch(await urlOf({ download: 'redirect-foreign' }), { headers: headers() });
    expect(slack.foreign.visits).toHaveLength(1);
    expect(slack.foreign.visits[0]?.headers).not.toHaveProperty('authorization');
    for (const kind of ['never-ends', 'endless']) {
      const abort = new AbortController();
      const response = await fetch(await urlOf({ download: kind }), { headers: headers(), signal: abort.signal });
      expect((await response.body?.getReader().read())?.value?.length).toBeGreaterThan(0);
      abort.abort();
    }
  });

  it("loses the description that the SDK's own upload sends", async () => {
    await client().filesUploadV2({
      channel_id: slack.channels.general.id,
      file: PNG,
      filename: 'a.png',
      alt_text: 'a cat',
    });
    const [file] = slack.messages(slack.channels.general)[0]?.files ?? [];
    expect(file).toMatchObject({ alt: undefined, received: { alt_text: 'a cat' } });
  });
});

describe('rules', () => {
  it.each(BROKEN_RULES)('refuses $name', async ({ error, method, args }) => {
    await expect(client().apiCall(method, args(slack))).rejects.toThrow(error);
    expect([...slack.violations]).toMatchObject([{ rule: error, where: method }]);
  });

  it('names the scope that is missing', async () => {
    slack.setScopes('commands');
    const call = client().chat.postMessage({ channel: slack.channels.general.id, text: 'a' });
    await expect(call).rejects.toMatchObject({ data: { needed: 'chat:write', provided: 'commands' } });
  });

  it('takes blocks without text, but remembers it', async () => {
    const channel = slack.channels.general.id;
    await client().apiCall('chat.postMessage', { channel, blocks: [{ type: 'divider' }] });
    expect([...slack.violations]).toMatchObject([{ rule: 'missing_text' }]);
  });

  it('takes a trigger once, and no token that was revoked', async () => {
    const { payload } = slack.globalShortcut({ callbackId: 'any', by: slack.people.member }).deliveries[0] ?? {};
    const blocks = [{ type: 'divider' as const }];
    const title = { type: 'plain_text' as const, text: 'Once' };
    const open = { trigger_id: String(payload?.trigger_id), view: { type: 'modal' as const, title, blocks } };
    const { view } = await client().views.open(open);
    await expect(client().views.open(open)).rejects.toThrow('exchanged_trigger_id');
    await client().views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: open.view });
    const stale = client().views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: open.view });
    await expect(stale).rejects.toThrow('hash_conflict');
    await client().auth.revoke();
    await expect(client().auth.test()).rejects.toThrow('token_revoked');
  });

  it('shows an uploaded file only when it is processed', async () => {
    const process = slack.holdProcessing();
    const { member: by } = slack.people;
    const exchange = slack.mention({ by, where: slack.channels.general });
    await upload(client(), PNG, slack.channels.general.id, exchange.threadTs ?? '');
    const id = slack.file(String(slack.calls.all.at(-1)?.arguments.files).match(/F0\w+/)?.[0] ?? '')?.id ?? '';
    const show = () =>
      client().chat.postMessage({
        channel: slack.channels.general.id,
        text: 'a cat',
        blocks: [{ type: 'image', slack_file: { id }, alt_text: 'a cat' }],
      });
    await expect(show()).rejects.toThrow('invalid_blocks');
    expect(exchange.violations).toMatchObject([{ rule: 'invalid_blocks', detail: 'invalid slack file' }]);
    process();
    await exchange.answered();
    await show();
  });
});

function client(token = slack.botToken): webApi.WebClient {
  return new webApi.WebClient(token, { ...clientOptions(slack), retryConfig: { retries: 0 } });
}
