import { createHmac } from 'node:crypto';

/** The headers by which an app knows that a request is Slack's. */
export function signed(body: string, secret: string, timestamp = Math.floor(Date.now() / 1000)) {
  // Node refuses no empty key, and neither does a careless app.
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${hash}` };
}
