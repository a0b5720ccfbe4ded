import { type Config, ConfigError } from './config.ts';

/** How Slack reaches the app: through a socket the app opens, or at an address of its own. */
export type SlackTransport =
  | { kind: 'socket'; appToken: string }
  | { kind: 'http'; signingSecret: string; port: number };

/** Whose token it speaks with: the one of its workspace, or one for each workspace that installed it. */
export type SlackAccess =
  | { kind: 'token'; botToken: string }
  | {
      kind: 'oauth';
      clientId: string;
      clientSecret: string;
      stateSecret: string;
      /** 32 bytes that the tokens are encrypted with. */
      tokenKey: Uint8Array;
    };

export interface SlackConfig {
  transport: SlackTransport;
  access: SlackAccess;
  apiUrl: string;
}

const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'SLACK_TOKEN_KEY'] as const;

/**
 * What Slack is started with, or none where nothing is set.
 * @throws ConfigError with one sentence where what is set does not go together
 */
export function slackConfig(config: Config): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = config;
  const oauth = OAUTH.filter((name) => config[name] !== undefined);
  if (bot === undefined && app === undefined && secret === undefined && oauth.length === 0) return undefined;
  return { transport: transportOf(config), access: accessOf(config), apiUrl: config.SLACK_API_URL };
}

function transportOf(config: Config): SlackTransport {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_PORT: port } = config;
  if (signingSecret !== undefined) return { kind: 'http', signingSecret, port };
  if (appToken !== undefined) return { kind: 'socket', appToken };
  throw new ConfigError(
    'Slack has no way to reach this: set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
  );
}

function accessOf(config: Config): SlackAccess {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret } = config;
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    SLACK_TOKEN_KEY: key,
  } = config;
  const missing = OAUTH.filter((name) => config[name] === undefined);
  if (botToken !== undefined) {
    if (missing.length === OAUTH.length) return { kind: 'token', botToken };
    throw new ConfigError(
      `SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for several: leave out the one or the other.`,
    );
  }
  if (missing.length === OAUTH.length) {
    throw new ConfigError(
      'SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions in the settings of your Slack app.',
    );
  }
  if (!clientId || !clientSecret || !stateSecret || !key) {
    throw new ConfigError(`For several Slack workspaces ${missing.join(' and ')} must be set as well.`);
  }
  if (signingSecret === undefined) {
    throw new ConfigError('For several Slack workspaces SLACK_SIGNING_SECRET must be set: they are served over HTTP.');
  }
  return { kind: 'oauth', clientId, clientSecret, stateSecret, tokenKey: Buffer.from(key, 'hex') };
}
