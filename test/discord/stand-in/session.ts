import { GatewayDispatchEvents, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';

/** Events beyond these cannot be replayed. */
const MOST_EVENTS = 1_000;

/** What a shard resumes: its sequence of events, with or without a connection. */
export class Session {
  readonly id = crypto.randomUUID().replaceAll('-', '');
  readonly shard: [number, number];
  readonly intents: number;
  #socket: WebSocket | undefined;
  #sequence = 0;
  readonly #events: { sequence: number; text: string }[] = [];

  constructor(shard: [number, number], intents: number, socket: WebSocket) {
    this.shard = shard;
    this.intents = intents;
    this.#socket = socket;
  }

  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  has(intent: number): boolean {
    return (this.intents & intent) !== 0;
  }

  /** Sends an event, or keeps it until the shard resumes. */
  dispatch(event: string, data: object): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.#sequence, d: data });
    this.#events.push({ sequence: this.#sequence, text });
    if (this.#events.length > MOST_EVENTS) this.#events.shift();
    this.#socket?.send(text);
  }

  /** The connection is gone, the session is not. */
  detach(): void {
    this.#socket = undefined;
  }

  resume(socket: WebSocket, after: number): void {
    this.#socket = socket;
    for (const { sequence, text } of this.#events) if (sequence > after) socket.send(text);
    this.dispatch(GatewayDispatchEvents.Resumed, {});
  }
}
