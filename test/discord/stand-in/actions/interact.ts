import { GatewayDispatchEvents, InteractionContextType, type InteractionType, type Locale } from 'discord.js';
import { Exchange } from '../exchange.ts';
import type { Message } from '../message.ts';
import type { State } from '../state.ts';
import { type Channel, isInGuild, type Person } from '../world.ts';

const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Who does something, and where. */
export interface Circumstance {
  /** `member`, `manager`, or the id of someone. */
  by?: string;
  /** `guild`, `dm`, `group` (where the bot is no member), or the id of a channel. */
  where?: string;
  locale?: `${Locale}`;
  attachmentSizeLimit?: number;
}

interface Around {
  by: Person;
  channel: Channel;
  on?: Message;
  files?: string[];
}

export function around({ world }: State, { by = 'member', where = 'guild' }: Circumstance): Around {
  const person = world.person(by);
  return { by: person, channel: world.place(where, person) };
}

export function contextOf({ world }: State, channel: Channel): InteractionContextType {
  if (isInGuild(channel)) return InteractionContextType.Guild;
  return channel === world.group ? InteractionContextType.PrivateChannel : InteractionContextType.BotDM;
}

/** Sends an interaction over the gateway, as Discord would describe it. */
export function interact(
  state: State,
  type: InteractionType,
  data: object,
  { by, channel, on, files = [] }: Around,
  { locale = by.locale, attachmentSizeLimit = ATTACHMENT_SIZE_LIMIT }: Circumstance,
): Exchange {
  const { world, clock } = state;
  const context = contextOf(state, channel);
  const owners = ownersIn(state, context, by);
  const sent = { type, by, channel, context, owners, attachmentSizeLimit, sentAt: clock.now, files };
  const exchange = new Exchange({ ...sent, ...(on && { on }) });
  const { guild } = world;
  const inGuild = {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.preferredLocale, features: [] },
    guild_locale: guild.preferredLocale,
    member: { ...world.memberPayload(by.user), permissions: String(by.permissions), pending: false },
  };
  const isForGuild = context === InteractionContextType.Guild;
  exchange.event = {
    id: exchange.id,
    token: exchange.token,
    application_id: world.bot.id,
    version: 1,
    type,
    data,
    channel_id: channel.id,
    channel: { ...world.channelPayload(channel), ...(isForGuild && { permissions: String(by.permissions) }) },
    ...(isForGuild ? inGuild : { user: by.user }),
    ...(on && { message: on.payload(world) }),
    locale,
    context,
    authorizing_integration_owners: owners,
    app_permissions: String(world.permissionsIn(channel)),
    attachment_size_limit: attachmentSizeLimit,
    entitlements: [],
  };
  state.exchanges.set(exchange.token, exchange);
  resend(state, exchange);
  return exchange;
}

/** Tells of it over the gateway; more than once, if it must be. */
export function resend({ gateway }: State, { event, circumstances }: Exchange): void {
  const isForGuild = circumstances.context === InteractionContextType.Guild;
  gateway.dispatch(GatewayDispatchEvents.InteractionCreate, isForGuild, event);
}

/** By kind of installation: 0 for a guild's, 1 for a user's. */
function ownersIn({ world }: State, context: InteractionContextType, { user }: Person): Record<string, string> {
  if (context === InteractionContextType.Guild) return { 0: world.guild.id };
  return context === InteractionContextType.BotDM ? { 0: '0' } : { 1: user.id };
}
