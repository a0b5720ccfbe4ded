import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  RESTJSONErrorCodes,
} from 'discord.js';

/** What Discord refuses for good, and what the operator can do about it. */
const TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy it anew: discord.com/developers > your app > Bot > Reset Token.';
const BY_CLOSE_CODE: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN,
  [GatewayCloseCodes.InvalidShard]: 'Discord does not accept DISCORD_SHARDS. Leave it out, or set it to auto.',
  [GatewayCloseCodes.ShardingRequired]:
    'This bot is in too many servers for so few shards. Leave DISCORD_SHARDS out, or set it to auto.',
  [GatewayCloseCodes.InvalidIntents]: 'Discord no longer knows the events that Cliplens asks for. Update Cliplens.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord does not let this app receive messages. Look at discord.com/developers > your app > Bot for what it asks of you.',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord no longer speaks the version that Cliplens does. Update Cliplens.',
};

/** @returns a sentence where the gateway was closed for good, none where discord.js connects again by itself */
export function explainClosing(code: number): string | undefined {
  return BY_CLOSE_CODE[code];
}

/** @returns a sentence where trying to connect again is of no use */
export function explainLogin(error: unknown): string | undefined {
  const isToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  const isUnauthorised = error instanceof DiscordAPIError && error.status === 401;
  return isToken || isUnauthorised ? TOKEN : undefined;
}

/** @returns a sentence where commands cannot be registered in a server because the bot is not there */
export function explainGuild(error: unknown, guild: string): string | undefined {
  const isThere =
    codeOf(error) !== RESTJSONErrorCodes.MissingAccess && codeOf(error) !== RESTJSONErrorCodes.UnknownGuild;
  if (isThere) return undefined;
  return `DISCORD_GUILD_ID=${guild} is no server that the bot may have commands in. Invite it there (npm run discord:invite), or correct the id.`;
}

/** What the log is told of a failure: not the address, which holds a token, nor what was to be sent. */
export function describeFailure(error: unknown): { reason: string; code: number | undefined } {
  return { reason: error instanceof Error ? error.message : String(error), code: codeOf(error) };
}

/** Discord's own code for what it refused. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined;
}

const FORBIDDEN: ReadonlySet<number | undefined> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
]);

/** Whether the bot lacks a permission in the channel. */
export function isForbidden(error: unknown): boolean {
  return FORBIDDEN.has(codeOf(error));
}
