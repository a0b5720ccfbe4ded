import type { SlackStandIn } from './slack-stand-in.ts';

/** A call that Slack refuses, and the code it refuses it with. */
interface BrokenRule {
  readonly name: string;
  readonly error: string;
  readonly method: string;
  readonly args: (slack: SlackStandIn) => Record<string, unknown>;
}

const plain = (text: string) => ({ type: 'plain_text', text });
const section = { type: 'section', text: plain('a') };
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (text = 'a', value = 'a') => ({ text: plain(text), value });
const select = (options: object[]) => ({ type: 'static_select', options });
const image = (more: object) => ({ type: 'image', image_url: 'https://example.org/a.png', alt_text: '', ...more });
const times = <T>(count: number, one: T): T[] => new Array<T>(count).fill(one);
const fileInput = { type: 'input', label: plain('File'), element: { type: 'file_input', action_id: 'f' } };

const BLOCKS: Record<string, object[]> = {
  '51 blocks': times(51, section),
  'a section of 3001 characters': [{ ...section, text: plain('a'.repeat(3001)) }],
  'a section of nothing': [{ type: 'section' }],
  '11 fields': [{ type: 'section', fields: times(11, plain('a')) }],
  'a field of 2001 characters': [{ type: 'section', fields: [plain('a'.repeat(2001))] }],
  'a header of 151 characters': [{ type: 'header', text: plain('a'.repeat(151)) }],
  '26 buttons in a row': [actions(...times(26, button()))],
  'a button of 76 characters': [actions(button({ text: plain('a'.repeat(76)) }))],
  'a value of 2001 characters': [actions(button({ value: 'a'.repeat(2001) }))],
  '101 options': [actions(select(times(101, option())))],
  'an option of 76 characters': [actions(select([option('a'.repeat(76))]))],
  'an option value of 151 characters': [actions(select([option('a', 'a'.repeat(151))]))],
  'an image without alt_text': [image({ alt_text: undefined })],
  'an alt_text of 2001 characters': [image({ alt_text: 'a'.repeat(2001) })],
  'a file that is not there': [{ type: 'image', slack_file: { id: 'F00000' }, alt_text: '' }],
  'a block_id of 256 characters': [{ ...section, block_id: 'a'.repeat(256) }],
  'an action_id of 256 characters': [actions(button({ action_id: 'a'.repeat(256) }))],
  'an action_id twice in a block': [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
  'a block_id twice': times(2, { ...section, block_id: 'a' }),
  '11 elements of context': [{ type: 'context', elements: times(11, plain('a')) }],
  'a file_input in a message': [fileInput],
  'a block of no known type': [{ type: 'sektion' }],
  'a misspelt field': [{ ...section, blockid: 'a' }],
};

const modal = { type: 'modal', title: plain('Title'), submit: plain('Go'), blocks: [section] };
const VIEWS: Record<string, object> = {
  'a title of 25 characters': { ...modal, title: plain('a'.repeat(25)) },
  'a submit of 25 characters': { ...modal, submit: plain('a'.repeat(25)) },
  'a close of 25 characters': { ...modal, close: plain('a'.repeat(25)) },
  '101 blocks in a view': { ...modal, blocks: times(101, section) },
  'private_metadata of 3001 characters': { ...modal, private_metadata: 'a'.repeat(3001) },
  'a callback_id of 256 characters': { ...modal, callback_id: 'a'.repeat(256) },
  'an input without submit': { ...modal, submit: undefined, blocks: [fileInput] },
};

const post = (name: string, error: string, args: BrokenRule['args']): BrokenRule => ({
  ...{ name, error, method: 'chat.postMessage' },
  args: (slack) => ({ channel: slack.channels.general.id, text: 'a', ...args(slack) }),
});

const other = (name: string, error: string, method: string, args: BrokenRule['args']): BrokenRule => ({
  ...{ name, error, method, args },
});

/** Each rule once. */
export const BROKEN_RULES: readonly BrokenRule[] = [
  ...Object.entries(BLOCKS).map(([name, blocks]) => post(name, 'invalid_blocks', () => ({ blocks }))),
  ...Object.entries(VIEWS).map(([name, view]) =>
    other(name, 'invalid_arguments', 'views.open', (slack) => ({ view, trigger_id: triggerOf(slack) })),
  ),
  other('a modal as home', 'invalid_arguments', 'views.publish', (slack) => ({
    user_id: slack.people.member.id,
    view: modal,
  })),
  post('no text', 'no_text', () => ({ text: '' })),
  post('40,001 characters', 'msg_too_long', () => ({ text: 'a'.repeat(40_001) })),
  post('a public channel without the app', 'not_in_channel', (slack) => ({ channel: slack.channels.distant.id })),
  post('a private channel without the app', 'channel_not_found', (slack) => ({ channel: slack.channels.closed.id })),
  post("another workspace's channel", 'channel_not_found', (slack) => ({ channel: slack.channels.other.id })),
  post('no such channel', 'channel_not_found', () => ({ channel: 'C1' })),
  post('a wrong token', 'invalid_auth', () => ({ token: 'xoxb-guessed' })),
  post('an app token', 'not_allowed_token_type', (slack) => ({ token: slack.appToken })),
  other('a whisper to who is not there', 'user_not_in_channel', 'chat.postEphemeral', (slack) => ({
    ...{ channel: slack.channels.general.id, user: slack.people.otherAdmin.id, text: 'a' },
  })),
  other('an edit of what others wrote', 'cant_update_message', 'chat.update', (slack) => {
    const { ts } = slack.write({ by: slack.people.member, where: slack.channels.general });
    return { channel: slack.channels.general.id, ts, text: 'a' };
  }),
  other('a deletion of what is not there', 'message_not_found', 'chat.delete', (slack) => ({
    ...{ channel: slack.channels.general.id, ts: '1.000001' },
  })),
  other('a file of a channel without the app', 'file_not_found', 'files.info', (slack) => {
    const file = { name: 'a.png', bytes: new Uint8Array(1) };
    const { files } = slack.write({ files: [file], by: slack.people.member, where: slack.channels.closed });
    return { file: files[0]?.id };
  }),
  other('a trigger that never was', 'invalid_trigger_id', 'views.open', () => ({ trigger_id: '1.2', view: modal })),
  other('a trigger after three seconds', 'expired_trigger_id', 'views.open', (slack) => ({
    ...{ trigger_id: triggerOf(slack, true), view: modal },
  })),
  other('a bot token for sockets', 'not_allowed_token_type', 'apps.connections.open', () => ({})),
  other('a code that never was', 'invalid_code', 'oauth.v2.access', ({ clientId, clientSecret }) => ({
    ...{ code: 'guessed', client_id: clientId, client_secret: clientSecret },
  })),
  other('no such method', 'unknown_method', 'chat.sing', () => ({})),
];

function triggerOf(slack: SlackStandIn, isLate = false): string {
  const exchange = slack.globalShortcut({ callbackId: 'any', by: slack.people.member });
  if (isLate) slack.expire(exchange, 'trigger');
  return String(exchange.deliveries[0]?.payload.trigger_id);
}
