import { StickerFormatType } from 'discord.js';
import { Posted } from '../exchange.ts';
import { attach, type SharedFile } from '../files.ts';
import { Message } from '../message.ts';
import { snowflake } from '../snowflake.ts';
import type { State } from '../state.ts';
import { around, type Circumstance } from './interact.ts';

interface Contents {
  content?: string;
  attachments?: SharedFile[];
  /** As the API gives them. */
  embeds?: object[];
}

/** A message that someone writes. */
export interface Post extends Contents, Pick<Circumstance, 'by' | 'where'> {
  /** Files under the names of stickers. */
  stickers?: SharedFile[];
  /** What it forwards. */
  forwarded?: Contents[];
  /** A reply; it pings whom it replies to. */
  replyTo?: Message;
}

/** A message that is there, and that the gateway has not told of. */
export function compose(state: State, post: Post): Message {
  const { world, cdn } = state;
  const { by, channel } = around(state, post);
  const stickers = post.stickers?.map((file) => sticker(state, file));
  const snapshots = post.forwarded?.map((contents) => snapshot(state, contents, channel.id));
  const extras = { ...(stickers && { sticker_items: stickers }), ...(snapshots && { message_snapshots: snapshots }) };
  const message = new Message(channel, by.user, extras);
  message.content = post.content ?? '';
  message.attachments = (post.attachments ?? []).map((file) => attach(cdn, file, channel.id));
  message.embeds = post.embeds ?? [];
  message.repliesTo = post.replyTo;
  const pinged = post.replyTo ? [post.replyTo.author] : [];
  const everyone = [world.bot, ...world.everyone.map(({ user }) => user)];
  const named = everyone.filter(({ id }) => message.content.includes(`<@${id}>`));
  message.mentions = [...new Set([...pinged, ...named])];
  state.messages.set(message.id, message);
  return message;
}

/** Someone writes a message, and the bot may answer. */
export function write(state: State, post: Post): Posted {
  const posted = new Posted(compose(state, post));
  state.post(posted.message);
  return posted;
}

/** A message that names the bot. */
export function mention(state: State, post: Post): Posted {
  const name = `<@${state.world.bot.id}>`;
  const content = post.content ?? '';
  return write(state, { ...post, content: content.includes(name) ? content : `${name} ${content}`.trim() });
}

function sticker(
  { cdn }: State,
  { name, type = 'image/png', bytes = new Uint8Array(), behaviour }: SharedFile,
): object {
  const id = snowflake();
  cdn.put(`/stickers/${id}.png`, behaviour ?? { kind: 'bytes', bytes }, type);
  return { id, name, format_type: StickerFormatType.PNG };
}

function snapshot({ cdn }: State, { content = '', attachments = [], embeds = [] }: Contents, folder: string): object {
  const files = attachments.map((file) => attach(cdn, file, folder).payload);
  const rest = {
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    flags: 0,
    mentions: [],
    mention_roles: [],
  };
  return { message: { type: 0, content, embeds, attachments: files, components: [], ...rest } };
}
