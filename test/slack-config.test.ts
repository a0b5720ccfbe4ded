import { describe, expect, it } from 'vitest';
import { ConfigError, EXAMPLES, readConfig } from '../src/config.ts';
import { slackConfig } from '../src/slack-config.ts';

const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = EXAMPLES;
const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, SLACK_TOKEN_KEY } = EXAMPLES;
const oauth = { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, SLACK_TOKEN_KEY };
const read = (environment: Record<string, string>) => slackConfig(readConfig(environment));

describe('Slack', () => {
  it('is off where nothing of it is set', () => {
    expect(read({})).toBeUndefined();
    expect(read({ SLACK_BOT_TOKEN: ' ', SLACK_SIGNING_SECRET: '' })).toBeUndefined();
  });

  it('is reached through a socket, or over HTTP where there is a signing secret', () => {
    expect(read({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN })).toEqual({
      transport: { kind: 'socket', appToken: SLACK_APP_TOKEN },
      access: { kind: 'token', botToken: SLACK_BOT_TOKEN },
      apiUrl: 'https://slack.com/api/',
    });
    const both = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_PORT: '4000' };
    expect(read(both)?.transport).toEqual({ kind: 'http', signingSecret: SLACK_SIGNING_SECRET, port: 4000 });
  });

  it('serves several workspaces over HTTP', () => {
    const access = read({ ...oauth, SLACK_SIGNING_SECRET })?.access;
    expect(access).toMatchObject({ kind: 'oauth', clientId: SLACK_CLIENT_ID, stateSecret: SLACK_STATE_SECRET });
    expect(access?.kind === 'oauth' && access.tokenKey).toHaveLength(32);
  });

  it.each([
    ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN }],
    ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN }],
    ['SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET }],
    ['SLACK_SIGNING_SECRET', { ...oauth, SLACK_APP_TOKEN }],
    ['leave out', { ...oauth, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET }],
    ['SLACK_CLIENT_SECRET and SLACK_TOKEN_KEY', { SLACK_CLIENT_ID, SLACK_STATE_SECRET, SLACK_SIGNING_SECRET }],
  ])('says in one sentence that %s is to be set right', (name, environment) => {
    expect(() => read(environment)).toThrow(ConfigError);
    expect(() => read(environment)).toThrow(new RegExp(`^[^.]*${name}[^.]*\\.$`));
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-a-user'],
    ['SLACK_APP_TOKEN', 'xoxb-a-bot'],
    ['SLACK_SIGNING_SECRET', 'short'],
    ['SLACK_TOKEN_KEY', 'not-hexadecimal'],
    ['SLACK_PORT', '0'],
    ['SLACK_API_URL', 'ftp://slack.com'],
  ])('refuses a wrong %s, and does not repeat it where it is a secret', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}=.* cannot be used\\.`));
    if (/TOKEN|SECRET|KEY/.test(name)) expect(() => readConfig({ [name]: value })).not.toThrow(new RegExp(value));
  });
});
