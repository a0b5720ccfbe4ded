import { type APIUser, ComponentType, MessageFlags, MessageReferenceType, MessageType } from 'discord.js';
import type { Answers } from './answers.ts';
import type { Attachment } from './files.ts';
import type { Button, Row, Select } from './rules/components.ts';
import { snowflake } from './snowflake.ts';
import { type Channel, isInGuild, type World } from './world.ts';

/** What only messages of people have; given as they are to be sent. */
interface Extras {
  sticker_items?: object[];
  message_snapshots?: object[];
}

/** A message as those see it who may. */
export class Message {
  readonly id = snowflake();
  readonly channel: Channel;
  readonly author: APIUser;
  readonly extras: Extras;
  content = '';
  flags = 0;
  attachments: Attachment[] = [];
  embeds: object[] = [];
  components: Row[] = [];
  /** As the bot sent it last. */
  allowedMentions: unknown;
  /** What it replies to. */
  repliesTo: Message | undefined;
  mentions: APIUser[] = [];
  nonce: string | undefined;
  edits = 0;
  isDeleted = false;
  /** What a user did that the bot wrote this for, or did by writing this. */
  about: Answers | undefined;
  /** Of a message that answers an interaction. */
  interaction: { id: string; type: number; user: APIUser; authorizing_integration_owners: object } | undefined;

  constructor(channel: Channel, author: APIUser, extras: Extras = {}) {
    this.channel = channel;
    this.author = author;
    this.extras = extras;
  }

  get isEphemeral(): boolean {
    return (this.flags & MessageFlags.Ephemeral) !== 0;
  }

  /** Shows "… is thinking" until it is edited. */
  get isThinking(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }

  get isEmpty(): boolean {
    return !this.content && !this.attachments.length && !this.embeds.length && !this.components.length;
  }

  get buttons(): Button[] {
    return this.components
      .flatMap((row) => row.components)
      .filter((component): component is Button => component.type === ComponentType.Button);
  }

  get selects(): Select[] {
    return this.components
      .flatMap((row) => row.components)
      .filter((component): component is Select => component.type === ComponentType.StringSelect);
  }

  /** As Discord sends it, with what people wrote left out where the bot may not see that. */
  payload(world: World, hides: (message: Message) => boolean = () => false): object {
    const isHidden = hides(this);
    const { repliesTo, interaction, extras } = this;
    const reference = { type: MessageReferenceType.Default, message_id: repliesTo?.id, channel_id: this.channel.id };
    const forwarded = {
      type: MessageReferenceType.Forward,
      message_id: snowflake(),
      channel_id: world.otherChannel.id,
    };
    return {
      id: this.id,
      channel_id: this.channel.id,
      type: this.#type(),
      author: this.author,
      content: isHidden ? '' : this.content,
      attachments: isHidden ? [] : this.attachments.map(({ payload }) => payload),
      embeds: isHidden ? [] : this.embeds,
      components: isHidden ? [] : this.components,
      mentions: this.mentions,
      mention_roles: [],
      mention_everyone: false,
      timestamp: new Date(Number((BigInt(this.id) >> 22n) + 1_420_070_400_000n)).toISOString(),
      edited_timestamp: this.edits ? new Date().toISOString() : null,
      flags: this.flags,
      pinned: false,
      tts: false,
      ...(this.nonce !== undefined && { nonce: this.nonce }),
      ...(isHidden ? {} : extras),
      ...(extras.message_snapshots && { message_reference: forwarded }),
      ...(repliesTo && { message_reference: reference, referenced_message: repliesTo.payload(world, hides) }),
      ...(interaction && { interaction_metadata: interaction, webhook_id: world.bot.id, application_id: world.bot.id }),
    };
  }

  /** The fields that `MESSAGE_CREATE` and `MESSAGE_UPDATE` add. */
  eventPayload(world: World, hides: (message: Message) => boolean): object {
    const { user, ...member } = world.memberPayload(this.author);
    const place = isInGuild(this.channel) ? { guild_id: world.guild.id, member } : {};
    return { ...this.payload(world, hides), ...place, channel_type: this.channel.type };
  }

  #type(): MessageType {
    if (this.interaction) return MessageType.ChatInputCommand;
    return this.repliesTo ? MessageType.Reply : MessageType.Default;
  }
}
