import type { Exchange } from './exchange.ts';
import type { Exchanges } from './exchanges.ts';
import type { StoredFile } from './file.ts';
import type { Ids } from './ids.ts';
import type { Block, Message } from './message.ts';
import type { Channel } from './world.ts';

interface NewMessage {
  channel: Channel;
  author: string;
  via: string;
  text: string;
  blocks?: Block[];
  files?: StoredFile[];
  threadTs?: string | undefined;
  visibleTo?: string | undefined;
  /** Found by its traces if left out. */
  exchange?: Exchange | undefined;
}

/** The messages of all channels. */
export class MessageStore {
  readonly #channels = new Map<string, Map<string, Message>>();
  readonly #ids: Ids;
  readonly #exchanges: Exchanges;

  constructor(ids: Ids, exchanges: Exchanges) {
    this.#ids = ids;
    this.#exchanges = exchanges;
  }

  /** Adds a message, and tells the exchange it belongs to if the app wrote it. */
  post({ blocks = [], files = [], threadTs, visibleTo, ...rest }: NewMessage): Message {
    const { channel, text, author } = rest;
    const isOwn = author === channel.team.botUser;
    const [reader] = channel.kind === 'dm' ? channel.members : [visibleTo];
    const traces = { channel: channel.id, threadTs, user: reader, text };
    const exchange = rest.exchange ?? (isOwn ? this.#exchanges.find(traces) : undefined);
    const ts = this.#ids.ts();
    const more = { edits: [], reactions: [], deleted: false };
    const message: Message = { ...rest, ...more, blocks, files, threadTs, visibleTo, ts, exchange };
    this.restore(message);
    for (const file of files) file.sharedIn.add(channel);
    if (exchange) this.ownedBy(exchange, message);
    if (exchange && isOwn) {
      exchange.messages.push(message);
      exchange.changed();
    }
    return message;
  }

  restore(message: Message): void {
    const { id } = message.channel;
    const there = this.#channels.get(id) ?? new Map<string, Message>();
    this.#channels.set(id, there.set(message.ts, message));
  }

  ownedBy(exchange: Exchange, message: Message): void {
    exchange.owns(() => {
      const there = this.#channels.get(message.channel.id);
      there?.delete(message.ts);
      if (there?.size === 0) this.#channels.delete(message.channel.id);
    });
  }

  find(channel: string, ts: string): Message | undefined {
    const message = this.#channels.get(channel)?.get(ts);
    return message?.deleted ? undefined : message;
  }

  /** What anyone sees in a channel outside threads, newest first, as `conversations.history` has it. */
  history(channel: string): Message[] {
    return this.#visible(channel)
      .filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts)
      .reverse();
  }

  /** A message and the answers to it, oldest first. */
  thread(channel: string, ts: string): Message[] {
    return this.#visible(channel).filter((message) => message.ts === ts || message.threadTs === ts);
  }

  edit(message: Message, text: string, blocks: Block[], by?: Exchange): void {
    message.edits.push({ text: message.text, blocks: message.blocks });
    message.text = text;
    message.blocks = blocks;
    this.#tell(message, by);
  }

  delete(message: Message, by?: Exchange): void {
    message.deleted = true;
    this.#tell(message, by);
  }

  get size(): number {
    return [...this.#channels.values()].reduce((sum, there) => sum + there.size, 0);
  }

  #visible(channel: string): Message[] {
    const all = [...(this.#channels.get(channel)?.values() ?? [])];
    return all.filter(({ deleted, visibleTo }) => !deleted && visibleTo === undefined);
  }

  /** A later exchange about the message may have caused it, such as a press on it. */
  #tell(message: Message, by: Exchange | undefined): void {
    const { channel, threadTs = message.ts, exchange } = message;
    const cause = by ?? this.#exchanges.find({ channel: channel.id, threadTs }) ?? exchange;
    for (const one of new Set([cause, exchange])) {
      one?.edited.push(message);
      one?.changed();
    }
  }
}
