import type { HttpAnswer } from '../../test/slack/stand-in/http-events.ts';
import { signed } from '../../test/slack/stand-in/signature.ts';
import type { SlackStandIn } from '../../test/slack/stand-in/slack-stand-in.ts';

const FORM = 'application/x-www-form-urlencoded';
const AT_ONCE = 25;

/** Sends so many requests that Slack has not made just now. @returns how many came through */
export async function acceptedOf(
  slack: SlackStandIn,
  count: number,
  random: () => number,
): Promise<{ accepted: number; kinds: number }> {
  const { http, people, channels } = slack;
  const told = slack.slash({ command: '/help', by: people.member, where: channels.general });
  await told.answered();
  const original = told.deliveries[0]?.payload ?? {};
  const fields = Object.entries(original).map(([name, value]): [string, string] => [name, String(value)]);
  let made = 0;
  /** The true request, as if it came once more from Slack. */
  const body = () => {
    made += 1;
    return new URLSearchParams([
      ...fields.filter(([name]) => name !== 'trigger_id'),
      ['trigger_id', `${made}`],
    ]).toString();
  };
  const post = (text: string, more: Partial<Parameters<typeof http.post>[0]> = {}) =>
    http.post({ body: text, contentType: FORM, ...more });
  const now = () => Math.floor(Date.now() / 1000);
  const text = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(32 + Math.floor(random() * 95))).join('');
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const sign = (of: string, timestamp?: number) => signed(of, http.signingSecret, timestamp);

  const kinds: readonly (() => Promise<HttpAnswer>)[] = [
    () => post(body(), { secret: hex(32) }),
    () => post(body(), { secret: '' }),
    () => post(body(), { secret: http.signingSecret.slice(0, -1) }),
    () => post(body(), { headers: { 'x-slack-signature': `v0=${hex(64)}` } }),
    () => post(body(), { headers: { 'x-slack-signature': text(Math.ceil(random() * 80)).trim() } }),
    () => post(body(), { headers: { 'x-slack-signature': '' } }),
    () => post(body(), { headers: { 'x-slack-request-timestamp': '' } }),
    () => post(body(), { headers: { 'x-slack-request-timestamp': text(10).trim() } }),
    // Rightly signed, and of another time or body.
    () => post(body(), { timestamp: now() - 301 - Math.floor(random() * 100_000) }),
    () => post(body(), { headers: { 'x-slack-request-timestamp': String(now() - 1 - Math.floor(random() * 200)) } }),
    () => post(body(), { headers: sign(body()) }),
    () => post(`${body()}&text=${hex(4)}`, { headers: sign(body(), now() - 1) }),
    () => post(body(), { headers: { 'x-slack-signature': sign(body())['x-slack-signature'].replace('v0', 'v1') } }),
    // Rightly signed, and nothing that can be read.
    () => post(`{"type": "${text(8)}`, { contentType: 'application/json' }),
    () => post(text(200), { contentType: 'application/json' }),
    () => post(`payload=${encodeURIComponent(`{${text(20)}`)}`),
    // What was answered already, once more as it was.
    () => http.post({ body: new URLSearchParams(fields).toString(), contentType: FORM }),
  ];
  let accepted = 0;
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - sent) }, (_, i) => (sent + i) % kinds.length);
    const answers = await Promise.all(batch.map((kind) => kinds[kind]?.()));
    // The last kind is acknowledged, for Slack itself repeats what it is unsure of; what counts is that nothing comes of it.
    accepted += answers.filter((answer, i) => answer?.status === 200 && batch[i] !== kinds.length - 1).length;
  }
  const after = slack.slash({ command: '/help', by: people.member, where: channels.general });
  await after.answered();
  accepted += told.messages.length - 1 + (after.messages.length - 1);
  return { accepted, kinds: kinds.length };
}
