import { type Logger, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Logger as Pino } from 'pino';
import { ConfigError } from '../../src/config.ts';
import { persist } from './persist.ts';
import { refusalOf } from './problems.ts';
import type { Transport } from './transport.ts';

/** What Slack refuses until somebody changes a setting, and which. */
const SENTENCES: Readonly<Record<string, string>> = {
  invalid_auth: 'SLACK_APP_TOKEN is not accepted: make a new one under Basic Information > App-Level Tokens.',
  not_authed: 'SLACK_APP_TOKEN is not accepted: make a new one under Basic Information > App-Level Tokens.',
  token_revoked: 'SLACK_APP_TOKEN was revoked: make a new one under Basic Information > App-Level Tokens.',
  not_allowed_token_type: 'SLACK_APP_TOKEN is no app-level token: make one under Basic Information > App-Level Tokens.',
  missing_scope: 'SLACK_APP_TOKEN lacks a scope: make one with connections:write.',
  forbidden_link: 'Socket Mode is turned off: turn it on under Socket Mode in the settings of your Slack app.',
};

interface SocketParts {
  appToken: string;
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
  log: Pino;
}

/**
 * A socket to Slack, opened anew whenever it ends. The SDK would do that by itself, but only after a pause of seconds, in
 * which Slack tells people that the app does not respond, and with a rejection that nobody can catch where Slack refuses.
 */
export function createSocket({ appToken, clientOptions, logger, log }: SocketParts): Transport {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    // The token for sockets is another than the client's, but where Slack is, how often and how long is the same.
    installerOptions: { clientOptions: { ...clientOptions } },
  });
  const { client } = receiver;
  let isConnected = false;
  const stopping = new AbortController();
  client.on('connected', () => {
    // One that was on its way when all was stopped.
    if (stopping.signal.aborted) void client.disconnect();
    else isConnected = true;
  });
  client.on('disconnected', () => {
    const wasConnected = isConnected;
    isConnected = false;
    // One that never came about is tried again by who tried it.
    if (wasConnected && !stopping.signal.aborted) void open();
  });

  async function open(): Promise<void> {
    const complain = (error: unknown, again: number) =>
      log.error({ again }, explain(error) ?? `Slack cannot be reached: ${String(error)}`);
    await persist(() => client.start(), complain, stopping.signal);
  }

  return {
    receiver,
    isReady: () => isConnected,
    async start() {
      await client.start().catch((cause: unknown) => {
        const sentence = explain(cause);
        if (sentence !== undefined) throw new ConfigError(sentence, { cause });
        void open();
      });
    },
    async stop() {
      stopping.abort();
      await client.disconnect();
    },
  };
}

function explain(error: unknown): string | undefined {
  return SENTENCES[refusalOf(error) ?? ''];
}
