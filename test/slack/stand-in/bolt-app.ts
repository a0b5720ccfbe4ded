import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, type types, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { SlackStandIn } from './slack-stand-in.ts';

const filesSchema = z.array(
  z.object({ id: z.string(), name: z.string().optional(), url_private_download: z.string().optional() }),
);
const entered = z.object({
  values: z.object({ image: z.object({ file: z.object({ files: filesSchema }) }), kind: z.looseObject({}) }),
});

/** A few lines of an app on the real SDK, for what the stand-in must be able to show. */
export interface BoltApp {
  readonly app: App;
  /** Texts of events that reached a listener. */
  readonly heard: string[];
  readonly url: string;
  stop(): Promise<void>;
}

/** What goes wrong here does so on purpose. */
const QUIET: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export function clientOptions(slack: SlackStandIn) {
  return { slackApiUrl: slack.apiUrl, retryConfig: webApi.retryPolicies.rapidRetryPolicy, logger: QUIET };
}

/**
 * Bolt waits for its ping timeout before it opens a new socket, and only its receiver lets one shorten that. A process that stands
 * still for as long loses its socket: only for tests in which that does no harm.
 */
export const REOPENED_SOON = 300;
const PATIENT = 60_000;

export async function overSocket(slack: SlackStandIn, clientPingTimeout = PATIENT): Promise<BoltApp> {
  const options = clientOptions(slack);
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout,
    logger: QUIET,
    installerOptions: { clientOptions: options },
  });
  const app = new App({ receiver, token: slack.botToken, clientOptions: options, logger: QUIET });
  const heard = listen(app, slack);
  await app.start();
  await slack.socket.connected();
  const stop = async () => {
    // Bolt does not wait for its socket to close.
    await app.stop();
    await slack.socket.disconnected();
  };
  return { app, heard, url: '', stop };
}

export async function overHttp(slack: SlackStandIn): Promise<BoltApp> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: QUIET });
  const options = clientOptions(slack);
  const app = new App({ receiver, token: slack.botToken, clientOptions: options, logger: QUIET });
  const heard = listen(app, slack);
  const address = (await receiver.start(0)).address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}/slack/events`;
  slack.deliverOverHttp(url);
  return { app, heard, url, stop: async () => void (await receiver.stop()) };
}

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

const MODAL: types.ModalView = {
  type: 'modal',
  callback_id: 'classify',
  title: plain('Classify'),
  submit: plain('Look'),
  blocks: [
    {
      type: 'input',
      block_id: 'image',
      label: plain('Image'),
      element: { type: 'file_input', action_id: 'file', filetypes: ['png'], max_files: 1 },
    },
    {
      type: 'input',
      block_id: 'kind',
      label: plain('Labels'),
      optional: true,
      element: {
        type: 'static_select',
        action_id: 'labels',
        options: [{ text: plain('animals'), value: 'a' }],
      },
    },
  ],
};

const ANSWER: types.KnownBlock[] = [
  { type: 'section', text: plain('a cat') },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'share', text: plain('Share') },
      { type: 'static_select', action_id: 'again', options: [{ text: plain('Heat map'), value: 'heat' }] },
    ],
  },
];

function listen(app: App, slack: SlackStandIn): string[] {
  const heard: string[] = [];
  app.error(async (error) => void heard.push(`error: ${error.message}`));
  app.command('/classify', async ({ ack, command, client, respond }) => {
    await ack();
    if (command.text === '') await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
    else for (const text of command.text.split(',')) await respond({ text, blocks: ANSWER });
  });
  app.shortcut('classify_image', async ({ ack, shortcut, client }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const [file] = filesSchema.parse(shortcut.message.files);
    const bytes = await download(slack, file?.url_private_download ?? '');
    await upload(client, bytes, shortcut.channel.id, shortcut.message_ts);
  });
  app.event('app_mention', async ({ event, client }) => {
    heard.push(event.text);
    const { channel, ts } = event;
    await client.chat.postMessage({ channel, thread_ts: event.thread_ts ?? ts, text: 'a dog', blocks: ANSWER });
  });
  app.message(async ({ message, say }) => {
    heard.push(message.subtype ?? 'text');
    if ('files' in message) await say({ text: `${filesSchema.parse(message.files).length} file` });
    else await say({ text: 'send an image' });
  });
  app.view('classify', async ({ ack, view, client, body }) => {
    const [file] = entered.parse(view.state).values.image.file.files;
    if (file?.name === 'bad.png') {
      await ack({ response_action: 'errors', errors: { image: 'No image' } });
      return;
    }
    await ack();
    await download(slack, file?.url_private_download ?? '');
    await client.chat.postMessage({ channel: body.user.id, text: 'from the modal' });
  });
  app.action('share', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'shared' });
  });
  app.action('again', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.channel || !body.message) return;
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'a heat map' });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const { user } = await client.users.info({ user: event.user, include_locale: true });
    const blocks = [{ type: 'section' as const, text: plain(user?.locale ?? '') }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  app.event('app_uninstalled', async () => void heard.push('app_uninstalled'));
  app.event('tokens_revoked', async () => void heard.push('tokens_revoked'));
  return heard;
}

/** @throws Error where a page came instead of a file */
export async function download(slack: SlackStandIn, url: string): Promise<Uint8Array> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
  if (response.headers.get('content-type')?.startsWith('text/html')) throw new Error('HTML instead of a file');
  return new Uint8Array(await response.arrayBuffer());
}

/** In three steps, because the SDK's own upload sends the description under a name that Slack does not know. */
export async function upload(
  client: webApi.WebClient,
  bytes: Uint8Array,
  channel: string,
  thread: string,
): Promise<void> {
  const announced = await client.apiCall('files.getUploadURLExternal', {
    filename: 'seen.png',
    length: bytes.length,
    alt_txt: 'A cat, in a frame',
  });
  const { upload_url, file_id } = z.object({ upload_url: z.string(), file_id: z.string() }).parse(announced);
  await fetch(upload_url, { method: 'POST', body: new Uint8Array(bytes) });
  await client.files.completeUploadExternal({
    files: [{ id: file_id, title: 'Seen' }],
    channel_id: channel,
    thread_ts: thread,
    initial_comment: 'a cat',
  });
}
