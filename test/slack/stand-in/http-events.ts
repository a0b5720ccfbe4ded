import type { Backend } from './backend.ts';
import type { Delivery, Exchange } from './exchange.ts';
import { signed } from './signature.ts';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

interface Retry {
  retryNum?: number;
  retryReason?: string;
}

interface Post {
  body: string;
  contentType?: string;
  secret?: string;
  timestamp?: number;
  headers?: Record<string, string>;
}

/** What an app answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

/** Signed requests to an app that has an address. */
export class HttpEvents {
  readonly signingSecret = 'fedcba9876543210fedcba9876543210';
  url = '';
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  deliver(delivery: Delivery, retry?: Retry): void {
    const { type, payload, exchange } = delivery;
    delivery.attempts += 1;
    const isEvent = type === 'events_api';
    const body = isEvent ? JSON.stringify(payload) : form(type === 'slash_commands' ? payload : { payload });
    const { retryNum = 1, retryReason = 'http_timeout' } = retry ?? {};
    const headers = retry ? { 'x-slack-retry-num': String(retryNum), 'x-slack-retry-reason': retryReason } : {};
    this.post({ body, contentType: isEvent ? JSON_TYPE : FORM_TYPE, headers }).then(
      (answer) => this.#note(delivery, answer),
      (error: unknown) => {
        this.#backend.violate({ rule: 'http_error', where: 'acknowledgement', detail: String(error) }, exchange);
      },
    );
  }

  redeliver(exchange: Exchange, retry: Retry = {}): void {
    for (const delivery of exchange.deliveries) this.deliver(delivery, retry);
  }

  /** Sends a body that is signed with `secret` at `timestamp`, Slack's own where they are left out. */
  async post({
    body,
    contentType = JSON_TYPE,
    secret = this.signingSecret,
    timestamp,
    headers = {},
  }: Post): Promise<HttpAnswer> {
    const signature = signed(body, secret, timestamp);
    const all = { 'content-type': contentType, ...signature, ...headers };
    const response = await fetch(this.url, { method: 'POST', body, headers: all });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  /** With a signature that another secret made. */
  forged(body = '{}'): Promise<HttpAnswer> {
    return this.post({ body, secret: 'guessed' });
  }

  /** With the key that an app without a secret would use. */
  emptySecret(body = '{}'): Promise<HttpAnswer> {
    return this.post({ body, secret: '' });
  }

  /** Rightly signed, but so many seconds ago. */
  old(body = '{}', seconds = 301): Promise<HttpAnswer> {
    return this.post({ body, timestamp: Math.floor(Date.now() / 1000) - seconds });
  }

  /** Rightly signed, but no JSON. */
  malformed(body = '{"type": '): Promise<HttpAnswer> {
    return this.post({ body });
  }

  urlVerification(challenge = 'a-challenge'): Promise<HttpAnswer> {
    const token = this.#backend.verificationToken;
    return this.post({ body: JSON.stringify({ token, challenge, type: 'url_verification' }) });
  }

  /** Unsigned, as Slack asks whether the certificate is in order. */
  async sslCheck(): Promise<HttpAnswer> {
    const body = form({ ssl_check: '1', token: this.#backend.verificationToken });
    const response = await fetch(this.url, { method: 'POST', body, headers: { 'content-type': FORM_TYPE } });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  #note(delivery: Delivery, { status, body, headers }: HttpAnswer): void {
    const { exchange } = delivery;
    exchange.httpStatuses.push(status);
    if (status !== 200) {
      exchange.changed();
      return;
    }
    const isJson = headers.get('content-type')?.includes('json') === true;
    const text = body === '' ? undefined : { text: body };
    exchange.acknowledge(delivery, isJson ? JSON.parse(body) : text);
  }
}

function form(fields: Record<string, unknown>): string {
  const pairs = Object.entries(fields).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(pairs).toString();
}
