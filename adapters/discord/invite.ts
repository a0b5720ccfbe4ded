import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';
import { ConfigError } from '../../src/config.ts';

const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

/**
 * The address that invites the bot to a server, with the permissions it needs and no others.
 * @throws ConfigError where the token is none: it begins with the bot's id
 */
export function inviteLink(token: string | undefined): string {
  const id = Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString('latin1');
  if (!/^\d{17,20}$/.test(id)) {
    throw new ConfigError(
      'DISCORD_TOKEN is not a bot token. Copy it from discord.com/developers > your app > Bot > Reset Token, and put it into .env',
    );
  }
  const scopes = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join('+');
  return `https://discord.com/oauth2/authorize?client_id=${id}&permissions=${PERMISSIONS}&scope=${scopes}`;
}
