import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../clock.ts';
import {
  type Autocomplete,
  autocomplete,
  type MessageCommand,
  messageCommand,
  type Slash,
  slash,
} from './actions/commands.ts';
import { type Filling, press, select, submit } from './actions/components.ts';
import { type Circumstance, resend } from './actions/interact.ts';
import { compose, mention, type Post, write } from './actions/posts.ts';
import { type Answers, PATIENCE } from './answers.ts';
import type { Violation } from './api-error.ts';
import { Exchange, type Posted } from './exchange.ts';
import type { Fault } from './fault.ts';
import { FileServer } from './file-server.ts';
import type { Gateway } from './gateway.ts';
import { Message } from './message.ts';
import { Rest, type RestRequest } from './rest.ts';
import { State } from './state.ts';
import type { Channel, World } from './world.ts';

/** A Discord at 127.0.0.1: its REST API, gateway and CDN, for one guild, and hands for the people in it. */
export class DiscordStandIn {
  /** Another origin, which no bot has a reason to ask. */
  readonly foreign = new FileServer();
  readonly #state = new State();
  readonly #rest = new Rest(this.#state);
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #servers: Server[] = [];

  private constructor() {}

  static async start(): Promise<DiscordStandIn> {
    const discord = new DiscordStandIn();
    const { cdn, gateway } = discord.#state;
    const origin = await discord.#listen((request, response) =>
      request.url?.startsWith('/api/') ? discord.#rest.answer(request, response) : cdn.answer(request, response),
    );
    cdn.url = origin;
    gateway.url = `${origin.replace('http:', 'ws:')}/`;
    discord.foreign.url = await discord.#listen((request, response) => discord.foreign.answer(request, response));
    discord.#servers[0]?.on('upgrade', (request, socket, head) => {
      discord.#sockets.handleUpgrade(request, socket, head, (client) => gateway.accept(client));
    });
    return discord;
  }

  /** For `rest.api` of discord.js. */
  get apiUrl(): string {
    return `${this.cdn.url}/api`;
  }

  /** For `rest.cdn` and `rest.mediaProxy` of discord.js. */
  get cdnUrl(): string {
    return this.cdn.url;
  }

  get token(): string {
    return this.#state.token;
  }

  /** The bot's id as well. */
  get applicationId(): string {
    return this.world.bot.id;
  }

  get clock(): Clock {
    return this.#state.clock;
  }

  get world(): World {
    return this.#state.world;
  }

  get people(): World['people'] {
    return this.world.people;
  }

  get guild(): World['guild'] {
    return this.world.guild;
  }

  get channel(): Channel {
    return this.world.channel;
  }

  get gateway(): Gateway {
    return this.#state.gateway;
  }

  get cdn(): FileServer {
    return this.#state.cdn;
  }

  get requests(): RestRequest[] {
    return this.#rest.requests;
  }

  /** All of them; those of one exchange are with it, too. */
  get violations(): Violation[] {
    return this.#state.violations;
  }

  /** Resolves when the bot asks for nothing any more. */
  idle(): Promise<void> {
    return this.#rest.idle(PATIENCE);
  }

  /** The commands that the bot registered, for everyone or for the guild. */
  commands(scope: 'global' | 'guild' = 'global') {
    return this.#state.commands.list(scope === 'guild' ? this.guild.id : undefined);
  }

  slash(action: Slash): Exchange {
    return slash(this.#state, action);
  }

  autocomplete(action: Autocomplete): Exchange {
    return autocomplete(this.#state, action);
  }

  messageCommand(action: MessageCommand): Exchange {
    return messageCommand(this.#state, action);
  }

  /** @param button its label or custom id */
  press(message: Message, button: string, action: Circumstance = {}): Exchange {
    return press(this.#state, message, button, action);
  }

  /** @param menu its placeholder or custom id @param values values or labels of its options */
  select(message: Message, menu: string, values: string[], action: Circumstance = {}): Exchange {
    return select(this.#state, message, menu, values, action);
  }

  /** @param fillings by label or custom id of the field */
  submit(exchange: Exchange, fillings: Record<string, Filling>, action: Circumstance = {}): Exchange {
    return submit(this.#state, exchange, fillings, action);
  }

  /** A message that was written long ago: the gateway does not tell of it. */
  compose(post: Post): Message {
    return compose(this.#state, post);
  }

  /** A message that has nothing to do with the bot, unless it names it or replies to it. */
  write(post: Post): Posted {
    return write(this.#state, post);
  }

  mention(post: Post): Posted {
    return mention(this.#state, post);
  }

  directMessage(post: Omit<Post, 'where'>): Posted {
    return write(this.#state, { ...post, where: 'dm' });
  }

  /** The same event once more, with the same ids. */
  redeliver(answers: Exchange | Posted): void {
    if (answers instanceof Exchange) resend(this.#state, answers);
    else this.#state.post(answers.message);
  }

  fault(fault: Fault): void {
    this.#rest.fail(fault);
  }

  /** As fifteen minutes do: its webhook token is no longer valid. */
  expire(exchange: Exchange): void {
    exchange.isExpired = true;
  }

  /** Takes the bot's permission to write in a channel. */
  forbid(channelId: string, isForbidden = true): void {
    const channel = this.world.channels.get(channelId);
    if (!channel) throw new Error(`there is no channel ${channelId}`);
    channel.isForbidden = isForbidden;
  }

  /** As someone who may would delete it. */
  remove(message: Message): void {
    message.isDeleted = true;
    this.#state.changed(message);
  }

  /** What the bot wrote in a channel that everybody there sees, oldest first. */
  written(channelId: string): Message[] {
    return [...this.#state.messages.values()].filter(
      ({ channel, author, isEphemeral, isDeleted }) =>
        channel.id === channelId && author.id === this.applicationId && !isEphemeral && !isDeleted,
    );
  }

  /** Drops all that is held of it, uploaded bytes included. */
  forget(it: Answers | Message): void {
    if (it instanceof Message) this.#state.drop(it);
    else this.#state.forget(it);
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<string> {
    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        // A mistake of the stand-in itself must not look like a refusal by Discord.
        this.violations.push({ rule: 'stand-in', request: `${request.method} ${request.url}`, message: String(error) });
        response.destroy();
      });
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }
}
