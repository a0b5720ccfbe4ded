import type { Server, ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPReceiver, type HTTPReceiverOptions, type InstallationStore, type Logger, type webApi } from '@slack/bolt';
import { ConfigError } from '../../src/config.ts';
import type { SlackAccess, SlackTransport } from '../../src/slack-config.ts';
import { EVENTS_PATH, SCOPES } from './manifest.ts';
import type { Transport } from './transport.ts';

/** More than Slack ever sends: files are not in what it tells. */
const BODY_LIMIT = 2_000_000;

/** How long a stop waits for requests that are coming in. Slack's are acknowledged at once. */
const STOP_MILLISECONDS = 1_000;

type Http = SlackTransport & { kind: 'http' };
type OAuth = SlackAccess & { kind: 'oauth' };

interface HttpParts {
  transport: Http;
  /** Where people of several workspaces install the app. */
  oauth: { access: OAuth; store: InstallationStore } | undefined;
  apiUrl: string;
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
}

/** An address at which Slack calls, with its signature checked by the SDK. */
export function createHttp({ transport, oauth, ...rest }: HttpParts): Transport {
  const { signingSecret, port } = transport;
  let server: Server | SecureServer | undefined;
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: rest.logger,
    endpoints: EVENTS_PATH,
    bodyLimit: BODY_LIMIT,
    customRoutes: [
      health('/livez', () => ({ status: 200, body: { live: true } })),
      health('/readyz', () => ({ status: server ? 200 : 503, body: { ready: server !== undefined } })),
    ],
    ...(oauth && installing(oauth.access, oauth.store, rest)),
  });
  return {
    receiver,
    isReady: () => server !== undefined,
    async start() {
      server = await receiver.start(port).catch((error: unknown) => {
        throw explainListening(error, port);
      });
    },
    async stop() {
      if (!server) return;
      const closing = server;
      server = undefined;
      const closed = receiver.stop();
      await Promise.race([closed, delay(STOP_MILLISECONDS, undefined, { ref: false })]);
      closing.closeAllConnections();
      await closed;
    },
  };
}

function installing(
  { clientId, clientSecret, stateSecret }: OAuth,
  installationStore: InstallationStore,
  { apiUrl, clientOptions }: Pick<HttpParts, 'apiUrl' | 'clientOptions'>,
): Partial<HTTPReceiverOptions> {
  const authorizationUrl = new URL('/oauth/v2/authorize', apiUrl).href;
  return {
    ...{ clientId, clientSecret, stateSecret, installationStore },
    scopes: [...SCOPES],
    installerOptions: { directInstall: true, authorizationUrl, clientOptions },
  };
}

function health(path: string, look: () => { status: number; body: object }) {
  const handler = (_: unknown, response: ServerResponse) => {
    const { status, body } = look();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  return { path, method: 'GET', handler };
}

function explainListening(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  if (code === 'EADDRINUSE')
    return new ConfigError(`Port ${port} is already in use: set SLACK_PORT to another one.`, options);
  if (code === 'EACCES')
    return new ConfigError(`Port ${port} needs more rights: set SLACK_PORT to one above 1023.`, options);
  return error;
}
