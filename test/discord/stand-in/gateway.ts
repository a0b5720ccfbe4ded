import { GatewayCloseCodes, GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { PATIENCE } from './answers.ts';
import type { Violation } from './api-error.ts';
import { Changes } from './changes.ts';
import type { Message } from './message.ts';
import { Session } from './session.ts';
import { isInGuild, type World } from './world.ts';

const ALL = Object.values(GatewayIntentBits).reduce<number>(
  (sum, bit) => (typeof bit === 'number' ? sum | bit : sum),
  0,
);
const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

const received = z.discriminatedUnion('op', [
  z.object({ op: z.literal(GatewayOpcodes.Heartbeat), d: z.int().nullable() }),
  z.object({
    op: z.literal(GatewayOpcodes.Identify),
    d: z.object({ token: z.string(), intents: z.int(), shard: z.tuple([z.int(), z.int()]).default([0, 1]) }),
  }),
  z.object({
    op: z.literal(GatewayOpcodes.Resume),
    d: z.object({ token: z.string(), session_id: z.string(), seq: z.int() }),
  }),
  z.object({ op: z.literal(GatewayOpcodes.PresenceUpdate), d: z.unknown().optional() }),
]);

/** The WebSocket side: sessions, their shards, and who is told what. */
export class Gateway {
  url = '';
  /** How many shards `/gateway/bot` recommends. */
  shards = 1;
  /** How many shards may identify at once; with 1, discord.js waits five seconds between two. */
  maxConcurrency = 16;
  heartbeatInterval = 41_250;
  /** The intents that the application may ask for: at first, all but the privileged ones. */
  allowedIntents = ALL & ~PRIVILEGED;
  identifies = 0;
  resumes = 0;
  readonly #world: World;
  readonly #token: string;
  readonly #violations: Violation[];
  readonly #changes = new Changes();
  readonly #sessions = new Map<string, Session>();
  #acknowledgesHeartbeats = true;

  constructor(world: World, token: string, violations: Violation[]) {
    this.#world = world;
    this.#token = token;
    this.#violations = violations;
  }

  /** Resolves when every shard has a session with a connection. */
  async connected(milliseconds = PATIENCE): Promise<void> {
    const open = () => new Set(this.#connected().map(({ shard: [index] }) => index)).size;
    await this.#changes.until(
      () => open() >= this.shards,
      milliseconds,
      () => `${open()} of ${this.shards} shards connected`,
    );
  }

  /** Resolves when no shard has a connection. */
  disconnected(milliseconds = PATIENCE): Promise<void> {
    return this.#changes.until(
      () => this.#connected().length === 0,
      milliseconds,
      () => `${this.#connected().length} connections are open`,
    );
  }

  /** Resolves when sessions were resumed so often. */
  resumed(times: number, milliseconds = PATIENCE): Promise<void> {
    return this.#changes.until(
      () => this.resumes >= times,
      milliseconds,
      () => `${this.resumes} of ${times} resumes happened`,
    );
  }

  /** Closes every connection; what happens until a shard resumes is replayed to it. */
  closeAll(code: number): void {
    for (const session of this.#connected()) {
      session.socket?.close(code);
      session.detach();
    }
  }

  /** Tells every shard that its session is invalid, and whether it may be resumed all the same. */
  invalidate(isResumable: boolean): void {
    for (const session of this.#connected()) {
      if (session.socket) send(session.socket, GatewayOpcodes.InvalidSession, isResumable);
      session.detach();
      if (!isResumable) this.#sessions.delete(session.id);
    }
  }

  /** Asks every shard to connect anew, as Discord does for its own maintenance. */
  requestReconnect(): void {
    for (const { socket } of this.#connected()) if (socket) send(socket, GatewayOpcodes.Reconnect, null);
  }

  stopHeartbeatAcks(): void {
    this.#acknowledgesHeartbeats = false;
  }

  resumeHeartbeatAcks(): void {
    this.#acknowledgesHeartbeats = true;
  }

  /** Speaks with one connection. */
  accept(socket: WebSocket): void {
    let session: Session | undefined;
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: this.heartbeatInterval });
    socket.on('message', (data) => {
      const message = received.safeParse(asJson(String(data))).data;
      const isOpen = session?.socket === socket;
      if (!message) this.#refuse(socket, GatewayCloseCodes.DecodeError, String(data).slice(0, 200));
      else if (message.op === GatewayOpcodes.Heartbeat) {
        if (this.#acknowledgesHeartbeats) send(socket, GatewayOpcodes.HeartbeatAck, null);
      } else if (message.op === GatewayOpcodes.PresenceUpdate) {
        if (!isOpen) this.#refuse(socket, GatewayCloseCodes.NotAuthenticated, 'presence');
      } else if (isOpen) this.#refuse(socket, GatewayCloseCodes.AlreadyAuthenticated, 'identify or resume');
      else if (message.d.token !== this.#token) this.#refuse(socket, GatewayCloseCodes.AuthenticationFailed, 'token');
      else if (message.op === GatewayOpcodes.Identify) session = this.#identify(socket, message.d);
      else session = this.#resume(socket, message.d);
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.detach();
      // A client that closes normally gives its session up.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#changes.happened();
    });
  }

  /** @throws Error when no shard has ever identified that would get it */
  dispatch(event: GatewayDispatchEvents, isForGuild: boolean, data: object): void {
    const sessions = this.#sessionsFor(isForGuild);
    if (sessions.length === 0) throw new Error(`${event} would reach nobody: no shard for it has identified`);
    for (const session of sessions) session.dispatch(event, data);
  }

  /** Tells of a message to those who asked for messages there, with only as much as they may read. */
  tell(event: GatewayDispatchEvents, message: Message): void {
    const { channel } = message;
    if (message.isEphemeral || channel === this.#world.group) return;
    const isForGuild = isInGuild(channel);
    const intent = isForGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
    for (const session of this.#sessionsFor(isForGuild)) {
      if (!session.has(intent)) continue;
      const hides = (some: Message) => !this.isReadable(some, session.intents);
      const gone = { id: message.id, channel_id: channel.id, ...(isForGuild && { guild_id: this.#world.guild.id }) };
      session.dispatch(event, message.isDeleted ? gone : message.eventPayload(this.#world, hides));
    }
  }

  /** Without MESSAGE_CONTENT an application reads its own messages, direct ones, and those that mention it. */
  isReadable(message: Message, intents = this.allowedIntents): boolean {
    const { id } = this.#world.bot;
    if ((intents & GatewayIntentBits.MessageContent) !== 0 || !isInGuild(message.channel)) return true;
    return message.author.id === id || message.mentions.some((user) => user.id === id);
  }

  #identify(socket: WebSocket, { intents, shard }: { intents: number; shard: [number, number] }): Session | undefined {
    this.identifies += 1;
    const [index, count] = shard;
    if (index < 0 || index >= count) return this.#refuse(socket, GatewayCloseCodes.InvalidShard, String(shard));
    if (intents & ~ALL) return this.#refuse(socket, GatewayCloseCodes.InvalidIntents, String(intents));
    if (intents & ~this.allowedIntents) {
      return this.#refuse(socket, GatewayCloseCodes.DisallowedIntents, String(intents & ~this.allowedIntents));
    }
    const session = new Session(shard, intents, socket);
    this.#sessions.set(session.id, session);
    const { bot, guild } = this.#world;
    const isHome = this.#isHome(session);
    session.dispatch(GatewayDispatchEvents.Ready, {
      v: 10,
      user: bot,
      guilds: isHome ? [{ id: guild.id, unavailable: true }] : [],
      session_id: session.id,
      resume_gateway_url: this.url,
      shard,
      application: { id: bot.id, flags: 0 },
    });
    if (isHome && session.has(GatewayIntentBits.Guilds)) {
      session.dispatch(GatewayDispatchEvents.GuildCreate, this.#world.guildPayload());
    }
    this.#changes.happened();
    return session;
  }

  #resume(socket: WebSocket, { session_id: id, seq }: { session_id: string; seq: number }): Session | undefined {
    const session = this.#sessions.get(id);
    if (!session) {
      send(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    this.resumes += 1;
    session.resume(socket, seq);
    this.#changes.happened();
    return session;
  }

  #refuse(socket: WebSocket, code: GatewayCloseCodes, message: string): undefined {
    this.#violations.push({ rule: `gateway-${code}`, request: 'gateway', message });
    socket.close(code, GatewayCloseCodes[code]);
  }

  #connected(): Session[] {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== undefined);
  }

  #sessionsFor(isForGuild: boolean): Session[] {
    return [...this.#sessions.values()].filter((session) =>
      isForGuild ? this.#isHome(session) : session.shard[0] === 0,
    );
  }

  /** Whether the guild belongs to the session's shard. */
  #isHome({ shard: [index, count] }: Session): boolean {
    return Number((BigInt(this.#world.guild.id) >> 22n) % BigInt(count)) === index;
  }
}

function send(socket: WebSocket, op: GatewayOpcodes, data: unknown): void {
  socket.send(JSON.stringify({ op, d: data, s: null, t: null }));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
