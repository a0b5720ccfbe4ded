import type { CommandDescription } from '../../src/chat/describe.ts';
import { cut, LIMITS } from './limits.ts';
import { shortcutId } from './shortcuts.ts';
import { ANY } from './slash.ts';

/** What the app may do, each with its reason in README.md. */
export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'mpim:history',
  'mpim:read',
  'users:read',
] as const;

/** Where Slack calls, below the address of the host. */
export const EVENTS_PATH = '/slack/events';

/**
 * The app as Slack is told of it, made from the commands.
 * @param host the address under which Slack reaches it over HTTP; in Socket Mode there is none
 */
export function createManifest(commands: readonly CommandDescription[], host?: string) {
  const url = host === undefined ? undefined : new URL(EVENTS_PATH, host).href;
  const offered = commands.flatMap((command) => (command.onMessage ? [{ command, title: command.onMessage.en }] : []));
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Cliplens',
      description: 'Shows what CLIP sees in an image',
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Cliplens', always_online: true },
      shortcuts: offered.map(({ command, title }) => ({
        name: cut(title, LIMITS.shortcutName),
        type: 'message',
        callback_id: shortcutId(command),
        description: cut(command.description.en, LIMITS.shortcutDescription),
      })),
      slash_commands: [...commands.map(slashCommand), anyCommand(commands)].map((command) => ({
        ...command,
        ...(url && { url }),
      })),
    },
    oauth_config: {
      ...(host && { redirect_urls: [new URL('/slack/oauth_redirect', host).href] }),
      scopes: { bot: [...SCOPES] },
    },
    settings: {
      event_subscriptions: {
        ...(url && { request_url: url }),
        bot_events: ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'],
      },
      interactivity: { is_enabled: true, ...(url && { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

function slashCommand(command: CommandDescription) {
  return {
    command: `/${command.name}`,
    description: cut(command.description.en, LIMITS.commandDescription),
    ...hint(usageOf(command)),
    should_escape: false,
  };
}

/** Another app in the workspace may have taken any of the names. */
function anyCommand(commands: readonly CommandDescription[]) {
  const names = commands.map(({ name }) => name).join(', ');
  return {
    command: `/${ANY}`,
    description: 'Any command of Cliplens, where another app has one of the same name',
    ...hint(`one of ${names}, and what belongs to it`),
    should_escape: false,
  };
}

function usageOf({ action, subcommands }: CommandDescription): string {
  if (!action) return Object.keys(subcommands).join(' | ');
  const address = action.images.max > 0 ? ['[https://…]'] : [];
  const options = action.options.map(({ name, main }) => (main ? `[${name}]` : `[${name}:…]`));
  return [...address, ...options].join(' ');
}

/** Slack takes no empty hint. */
function hint(usage: string) {
  return usage === '' ? {} : { usage_hint: cut(usage, LIMITS.usageHint) };
}
