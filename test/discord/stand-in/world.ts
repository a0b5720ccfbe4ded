import { type APIUser, ChannelType, Locale, PermissionFlagsBits } from 'discord.js';
import { snowflake } from './snowflake.ts';

const CROWD = 200;
const { ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, AttachFiles, ReadMessageHistory } =
  PermissionFlagsBits;
const { UseApplicationCommands, ManageChannels } = PermissionFlagsBits;
const WRITING = SendMessages | SendMessagesInThreads | EmbedLinks | AttachFiles;
const OF_MEMBERS = ViewChannel | ReadMessageHistory | WRITING | UseApplicationCommands;

/** Someone who uses the bot. */
export interface Person {
  readonly user: APIUser;
  readonly permissions: bigint;
  locale: `${Locale}`;
}

/** Where people write: in the guild, in a thread, alone with the bot, or in a group without it. */
export interface Channel {
  readonly id: string;
  readonly type: ChannelType.GuildText | ChannelType.PublicThread | ChannelType.DM | ChannelType.GroupDM;
  readonly name: string | null;
  readonly parentId?: string;
  readonly recipients: Person[];
  /** Whether the bot may not write here. */
  isForbidden: boolean;
}

interface Guild {
  readonly id: string;
  readonly name: string;
  preferredLocale: `${Locale}`;
}

/** A guild "Workshop" with its channels and people, their direct messages, and a group in which the bot is no member. */
export class World {
  readonly bot: APIUser = { ...newUser('cliplens'), bot: true };
  readonly guild: Guild = { id: snowflake(), name: 'Workshop', preferredLocale: Locale.EnglishUS };
  readonly channels = new Map<string, Channel>();
  readonly channel = this.#open(ChannelType.GuildText, 'general');
  readonly otherChannel = this.#open(ChannelType.GuildText, 'photos');
  readonly thread = this.#open(ChannelType.PublicThread, 'birds of May', this.otherChannel.id);
  readonly people = {
    manager: newPerson('mara', OF_MEMBERS | ManageChannels),
    member: newPerson('noor', OF_MEMBERS),
    crowd: Array.from({ length: CROWD }, (_, index) => newPerson(`guest${index}`, OF_MEMBERS)),
  };
  readonly group = this.#open(ChannelType.GroupDM, 'weekend', undefined, [this.people.member, this.people.manager]);
  readonly #managers = snowflake();

  get everyone(): Person[] {
    return [this.people.manager, this.people.member, ...this.people.crowd];
  }

  /** @throws Error for an id that nobody has */
  person(idOrRole: string): Person {
    if (idOrRole === 'member' || idOrRole === 'manager') return this.people[idOrRole];
    const person = this.everyone.find(({ user }) => user.id === idOrRole);
    if (!person) throw new Error(`nobody has the id ${idOrRole}`);
    return person;
  }

  /** @throws Error for a channel that is not there */
  place(where: string, person: Person): Channel {
    if (where === 'guild') return this.channel;
    if (where === 'dm') return this.directChannel(person);
    const channel = where === 'group' ? this.group : this.channels.get(where);
    if (!channel) throw new Error(`there is no channel ${where}`);
    return channel;
  }

  directChannel(person: Person): Channel {
    const known = [...this.channels.values()].find(
      ({ type, recipients }) => type === ChannelType.DM && recipients.includes(person),
    );
    return known ?? this.#open(ChannelType.DM, null, undefined, [person]);
  }

  /** As `GUILD_CREATE` tells it: of a large guild only who matters. */
  guildPayload(): object {
    const { manager } = this.people;
    const inGuild = [...this.channels.values()].filter(isInGuild).map((channel) => this.channelPayload(channel));
    const role = { color: 0, colors: {}, hoist: false, managed: false, mentionable: false, flags: 0 };
    return {
      id: this.guild.id,
      name: this.guild.name,
      owner_id: manager.user.id,
      icon: null,
      features: [],
      preferred_locale: this.guild.preferredLocale,
      joined_at: new Date().toISOString(),
      large: true,
      unavailable: false,
      member_count: this.everyone.length + 1,
      roles: [
        { ...role, id: this.guild.id, name: '@everyone', position: 0, permissions: String(OF_MEMBERS) },
        { ...role, id: this.#managers, name: 'Managers', position: 1, permissions: String(ManageChannels) },
      ],
      members: [this.memberPayload(this.bot), this.memberPayload(manager.user)],
      channels: inGuild.filter(({ type }) => type === ChannelType.GuildText),
      threads: inGuild.filter(({ type }) => type === ChannelType.PublicThread),
      emojis: [],
      stickers: [],
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      system_channel_id: null,
      afk_channel_id: null,
      afk_timeout: 300,
      nsfw_level: 0,
      premium_tier: 0,
      verification_level: 0,
      default_message_notifications: 1,
      explicit_content_filter: 0,
      mfa_level: 0,
      system_channel_flags: 0,
    };
  }

  memberPayload(user: APIUser) {
    const roles = user.id === this.people.manager.user.id ? [this.#managers] : [];
    const joined = '2024-05-01T09:00:00.000000+00:00';
    return { user, roles, nick: null, avatar: null, joined_at: joined, deaf: false, mute: false, flags: 0 };
  }

  channelPayload(channel: Channel) {
    const { id, type, name } = channel;
    if (!isInGuild(channel))
      return { id, type, name, flags: 0, recipients: channel.recipients.map(({ user }) => user) };
    const inGuild = {
      id,
      type,
      name,
      guild_id: this.guild.id,
      flags: 0,
      last_message_id: null,
      rate_limit_per_user: 0,
    };
    if (channel.parentId === undefined)
      return { ...inGuild, position: 0, permission_overwrites: [], nsfw: false, topic: null };
    const state = {
      archived: false,
      auto_archive_duration: 1440,
      locked: false,
      archive_timestamp: '2026-05-01T09:00:00Z',
    };
    return {
      ...inGuild,
      parent_id: channel.parentId,
      owner_id: this.people.member.user.id,
      thread_metadata: state,
      message_count: 0,
      member_count: 2,
    };
  }

  /** What the bot may do there, as an interaction tells it. */
  permissionsIn({ isForbidden }: Channel): bigint {
    return isForbidden ? ViewChannel | ReadMessageHistory : ViewChannel | ReadMessageHistory | WRITING;
  }

  #open(type: Channel['type'], name: string | null, parentId?: string, recipients: Person[] = []): Channel {
    const parent = parentId === undefined ? {} : { parentId };
    const channel: Channel = { id: snowflake(), type, name, ...parent, recipients, isForbidden: false };
    this.channels.set(channel.id, channel);
    return channel;
  }
}

export function isInGuild({ type }: Channel): boolean {
  return type === ChannelType.GuildText || type === ChannelType.PublicThread;
}

function newUser(username: string): APIUser {
  return { id: snowflake(), username, discriminator: '0', global_name: username, avatar: null };
}

function newPerson(name: string, permissions: bigint): Person {
  return { user: newUser(name), permissions, locale: Locale.EnglishUS };
}
