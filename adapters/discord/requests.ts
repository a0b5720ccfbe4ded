import {
  type AutocompleteInteraction,
  type BaseInteraction,
  type Channel,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  InteractionContextType,
  type Message,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import type { CompletionRequest } from '../../src/chat/completion.ts';
import { type CommandDescription, findDescription } from '../../src/chat/describe.ts';
import type { FollowUp } from '../../src/chat/follow-up.ts';
import { parseMessage } from '../../src/chat/line.ts';
import { toLocale } from '../../src/chat/locale.ts';
import type { Button, Visibility } from '../../src/chat/reply.ts';
import type { Actor, Request } from '../../src/chat/request.ts';
import { sortAttached, sortFiles } from '../../src/chat/sent.ts';
import { PRIVATE } from './commands.ts';
import type { Images } from './images.ts';
import { localeOf } from './message-way.ts';

type Place = Pick<Request, 'actor' | 'channel' | 'locale' | 'visibility'>;

export function fromSlash(interaction: ChatInputCommandInteraction, images: Images): Request {
  const given = leaves(interaction.options.data);
  const values = given.filter(({ attachment, name }) => !attachment && name !== PRIVATE);
  return {
    command: interaction.commandName,
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    options: Object.fromEntries(values.map(({ name, value }) => [name, String(value)])),
    ...sortFiles(given.flatMap(({ attachment }) => (attachment ? [images.ofAttachment(attachment)] : []))),
    ...placeOf(
      interaction,
      given.some(({ name, value }) => name === PRIVATE && value === true) ? 'private' : undefined,
    ),
  };
}

/** The entry of a message's menu has the English title, whatever language it is shown in. */
export function fromMenu(
  interaction: MessageContextMenuCommandInteraction,
  images: Images,
  commands: readonly CommandDescription[],
): Request {
  const command = commands.find(({ onMessage }) => onMessage?.en === interaction.commandName);
  return {
    command: command?.name ?? interaction.commandName,
    options: {},
    ...sortAttached(images.ofMessage(interaction.targetMessage), command?.action),
    ...placeOf(interaction),
  };
}

/** What a button stands for, by whoever pressed it, with the options that were typed or chosen. */
export function fromButton(
  interaction: BaseInteraction,
  { command, subcommand, options, withImages, visibility }: Omit<Button, 'label'>,
  stored: FollowUp['images'],
  images: Images,
  typed: Readonly<Record<string, string>> = {},
): Request {
  return {
    command,
    subcommand,
    options: { ...options, ...typed },
    ...sortFiles(withImages ? stored.map((file) => images.toReference(file)) : []),
    ...placeOf(interaction, visibility),
  };
}

/** Whether a message is for the bot: written to it alone, or naming it. */
export function isMeant(message: Message): boolean {
  if (message.author.bot || message.system) return false;
  const byName = { ignoreEveryone: true, ignoreRoles: true, ignoreRepliedUser: true };
  return !message.inGuild() || message.mentions.has(message.client.user, byName);
}

/** The files are those of the message or, where it has none, of the one that it replies to. */
export async function fromMessage(
  message: Message,
  images: Images,
  commands: readonly CommandDescription[],
): Promise<Request> {
  const text = message.content.replaceAll(new RegExp(`<@!?${message.client.user.id}>`, 'g'), ' ');
  const own = images.ofMessage(message);
  const repliedTo =
    own.length === 0 && message.reference ? await message.fetchReference().catch(() => undefined) : undefined;
  const permissions = message.member?.permissionsIn(message.channelId);
  const isManager = message.inGuild() ? permissions?.has(PermissionFlagsBits.ManageChannels) === true : true;
  const line = parseMessage(text, commands);
  return {
    ...line,
    ...sortAttached(repliedTo ? images.ofMessage(repliedTo) : own, findDescription(commands, line)),
    actor: actor(message.author.id, isManager),
    channel: channelName(message.guildId, message.channelId, message.channel),
    locale: localeOf(message),
    // There are no replies that only one person sees.
    visibility: 'public',
  };
}

export function fromTyping(interaction: AutocompleteInteraction): CompletionRequest {
  const { name, value } = interaction.options.getFocused(true);
  const { channel, locale } = placeOf(interaction);
  return {
    command: interaction.commandName,
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    option: name,
    typed: value,
    channel,
    locale,
  };
}

/** The options that have a value. A subcommand has others or, where none is given, may come without any. */
function leaves(options: readonly CommandInteractionOption[]): CommandInteractionOption[] {
  return options.flatMap((option) => [
    ...(option.value === undefined ? [] : [option]),
    ...leaves(option.options ?? []),
  ]);
}

/** Where there are no permissions there is no manager: in a direct message everybody manages their own channel. */
function placeOf(interaction: BaseInteraction, wish?: Visibility): Place {
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? true;
  return {
    actor: actor(interaction.user.id, isManager),
    channel: channelName(interaction.guildId, interaction.channelId, interaction.channel),
    locale: toLocale(interaction.locale),
    // Alone with the bot, nothing is hidden from anybody, and nobody is there to share it with.
    visibility: interaction.context === InteractionContextType.BotDM ? 'public' : wish,
  };
}

function actor(id: string, isManager: boolean): Actor {
  return { id: `discord:${id}`, isManager, isOperator: false };
}

/** A thread has the settings of its channel. */
function channelName(guildId: string | null, channelId: string | null, channel: Channel | null): string {
  const parent = channel?.isThread() ? channel.parentId : null;
  return `discord:${guildId ?? 'direct'}:${parent ?? channelId}`;
}
