import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Backend } from './backend.ts';
import { type Delivery, type Exchange, PATIENCE } from './exchange.ts';
import { Refusal } from './refusal.ts';

const MOST_CONNECTIONS = 10;
const PING_INTERVAL = 10_000;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown() });

interface Retry {
  retryReason?: string;
}

/** The sockets through which Slack reaches an app that has no address. */
export class SocketMode {
  /** How many sockets were opened so far. */
  opened = 0;
  /** How often a pong came back. */
  pongs = 0;
  /** `link_disabled` turns it off, and no socket can be opened any more. */
  isEnabled = true;
  readonly #backend: Backend;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #connections: WebSocket[] = [];
  readonly #watchers = new Set<() => void>();
  /** By envelope: what is not acknowledged yet, and where it went. */
  readonly #pending = new Map<string, { delivery: Delivery; at: WebSocket | undefined }>();
  /** Envelopes that were acknowledged, so that an acknowledgement of the second copy is known too. */
  readonly #sent = new Map<string, Delivery>();
  readonly #pinging: NodeJS.Timeout;
  #turn = 0;

  constructor(backend: Backend, server: Server) {
    this.#backend = backend;
    backend.openTicket = () => this.#openTicket();
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#pinging = setInterval(() => this.ping(), PING_INTERVAL);
  }

  get connections(): number {
    return this.#connections.length;
  }

  /** Resolves when there are so many connections. */
  connected(count = 1): Promise<void> {
    return this.#until(() => this.connections >= count);
  }

  /** Resolves when so many were opened, whether they still are or not. */
  everOpened(count: number): Promise<void> {
    return this.#until(() => this.opened >= count);
  }

  /** Resolves when there is none. */
  disconnected(): Promise<void> {
    return this.#until(() => this.connections === 0);
  }

  /** Sends it to the next connection in turn, or keeps it until there is one. */
  deliver(delivery: Delivery, retry?: Retry): void {
    const { id, type, payload } = delivery;
    const connection = this.#connections[this.#turn % Math.max(1, this.#connections.length)];
    this.#turn += 1;
    if (!delivery.isAcknowledged) this.#pending.set(id, { delivery, at: connection });
    this.#sent.set(id, delivery);
    delivery.exchange.owns(() => {
      this.#pending.delete(id);
      this.#sent.delete(id);
    });
    if (!connection) return;
    const isRetry = delivery.attempts > 0;
    const reason = retry?.retryReason ?? (isRetry ? 'timeout' : '');
    // Only events say which attempt it is.
    const attempt = type === 'events_api' ? { retry_attempt: delivery.attempts, retry_reason: reason } : {};
    delivery.attempts += 1;
    const accepts_response_payload = type !== 'events_api';
    connection.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload, ...attempt }));
  }

  /** Sends all of an exchange again, as Slack does when it is unsure whether it arrived. */
  redeliver(exchange: Exchange, retry: Retry = {}): void {
    for (const delivery of exchange.deliveries) this.deliver(delivery, retry);
  }

  /** Tells the app that its oldest connection will end, and ends it where it is told no time to prepare. */
  disconnect(reason: 'refresh_requested' | 'warning' | 'link_disabled'): void {
    const concerned = reason === 'link_disabled' ? [...this.#connections] : this.#connections.slice(0, 1);
    if (reason === 'link_disabled') this.isEnabled = false;
    for (const connection of concerned) {
      connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'stand-in' } }));
      // What is on its way when the app closes is lost with the socket, so nothing more goes there.
      this.#remove(connection);
      if (reason === 'link_disabled') connection.close();
    }
  }

  /** Breaks all connections without a word. */
  drop(): void {
    for (const connection of [...this.#connections]) connection.terminate();
  }

  ping(): void {
    for (const connection of this.#connections) connection.ping();
  }

  close(): void {
    clearInterval(this.#pinging);
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  async #until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`there are ${this.connections} sockets after ${PATIENCE} ms`));
      }, PATIENCE);
      this.#watchers.add(look);
    });
  }

  #openTicket(): string {
    if (!this.isEnabled) throw new Refusal('forbidden_link', 'Socket Mode is turned off');
    if (this.connections >= MOST_CONNECTIONS) throw new Refusal('too_many_websockets');
    const ticket = this.#backend.ids.next('ticket-');
    this.#tickets.add(ticket);
    const { host } = new URL(this.#backend.origin);
    return `ws://${host}/link/?ticket=${ticket}&app_id=${this.#backend.appId}`;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '', this.#backend.origin).searchParams.get('ticket') ?? '';
    // Each address is good for one socket.
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection));
  }

  #welcome(connection: WebSocket): void {
    this.#connections.push(connection);
    this.opened += 1;
    connection.on('message', (data) => this.#read(data));
    connection.on('pong', () => {
      this.pongs += 1;
    });
    connection.on('close', () => this.#remove(connection));
    connection.on('error', () => connection.terminate());
    const debug_info = { host: 'stand-in', build_number: 1, approximate_connection_time: 18_060 };
    const connection_info = { app_id: this.#backend.appId };
    const num_connections = this.connections;
    connection.send(JSON.stringify({ type: 'hello', num_connections, debug_info, connection_info }));
    for (const { delivery, at } of [...this.#pending.values()]) if (!at) this.deliver(delivery);
    for (const look of this.#watchers) look();
  }

  #read(data: RawData): void {
    const { envelope_id: id, payload } = acknowledgement.parse(JSON.parse(String(data)));
    const delivery = this.#sent.get(id);
    const where = 'acknowledgement';
    if (!delivery) {
      this.#backend.violate({ rule: 'unknown_envelope', where, detail: id });
      return;
    }
    const hasBody = typeof payload === 'object' && payload !== null && Object.keys(payload).length > 0;
    if (hasBody && delivery.type === 'events_api') {
      const detail = 'an event takes no body';
      this.#backend.violate({ rule: 'unexpected_payload', where, detail }, delivery.exchange);
    }
    this.#pending.delete(id);
    delivery.exchange.acknowledge(delivery, hasBody ? payload : undefined);
  }

  /** What was sent there without an acknowledgement waits for another connection. */
  #remove(connection: WebSocket): void {
    const index = this.#connections.indexOf(connection);
    if (index >= 0) this.#connections.splice(index, 1);
    for (const waiting of this.#pending.values()) if (waiting.at === connection) waiting.at = undefined;
    if (this.connections > 0) {
      for (const { delivery, at } of [...this.#pending.values()]) if (!at) this.deliver(delivery);
    }
    for (const look of this.#watchers) look();
  }
}
