import { GatewayDispatchEvents } from 'discord.js';
import { Clock } from '../../clock.ts';
import type { Answers } from './answers.ts';
import type { Violation } from './api-error.ts';
import { Exchange, Posted } from './exchange.ts';
import { FileServer } from './file-server.ts';
import { Gateway } from './gateway.ts';
import type { Message } from './message.ts';
import { Registry } from './registry.ts';
import { World } from './world.ts';

/** What REST, gateway and the people's actions share. */
export class State {
  /** By which an interaction is acknowledged in time or late. */
  readonly clock = new Clock();
  readonly world = new World();
  readonly cdn = new FileServer();
  readonly violations: Violation[] = [];
  readonly token = tokenOf(this.world.bot.id);
  readonly gateway = new Gateway(this.world, this.token, this.violations);
  readonly commands = new Registry(this.world);
  readonly messages = new Map<string, Message>();
  /** By token. */
  readonly exchanges = new Map<string, Exchange>();
  readonly #lastPosts = new Map<string, Posted>();

  /** Keeps a message and tells the gateway of it. */
  post(message: Message): void {
    this.messages.set(message.id, message);
    const { about } = message;
    if (about instanceof Posted && about.message === message) this.#lastPosts.set(message.channel.id, about);
    this.gateway.tell(GatewayDispatchEvents.MessageCreate, message);
  }

  /** What the bot speaks to when it writes into a channel without a reference. */
  lastPost(channelId: string): Posted | undefined {
    return this.#lastPosts.get(channelId);
  }

  /** A message that was edited or deleted. A deleted one's files die with it. */
  changed(message: Message): void {
    if (message.isDeleted) this.#withdraw(message);
    this.gateway.tell(
      message.isDeleted ? GatewayDispatchEvents.MessageDelete : GatewayDispatchEvents.MessageUpdate,
      message,
    );
    message.about?.touch();
  }

  /** Drops what is held of it: its messages, uploaded bytes and files. */
  forget(answers: Answers): void {
    const own = answers instanceof Posted ? [answers.message] : [];
    for (const message of [...own, ...answers.messages]) if (message.about === answers) this.drop(message);
    if (answers instanceof Exchange) {
      this.exchanges.delete(answers.token);
      for (const url of answers.circumstances.files) this.cdn.withdraw(url);
    } else if (answers instanceof Posted && this.lastPost(answers.message.channel.id) === answers) {
      this.#lastPosts.delete(answers.message.channel.id);
    }
  }

  /** As if it had never been, and without telling anyone. */
  drop(message: Message): void {
    this.messages.delete(message.id);
    this.#withdraw(message);
  }

  #withdraw(message: Message): void {
    for (const { payload } of message.attachments) this.cdn.withdraw(payload.url);
  }
}

/** Shaped as Discord's are: whose it is, when it was made, and a signature. */
function tokenOf(id: string): string {
  return `${Buffer.from(id).toString('base64url')}.GstndN.${'loopback-'.repeat(4)}38c`;
}
