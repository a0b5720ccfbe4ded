import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';
import { type ApiRequest, readRequest } from './api-request.ts';
import { Changes } from './changes.ts';
import type { Fault } from './fault.ts';
import type { Route } from './route.ts';
import { applicationRoutes } from './routes/application.ts';
import { callbackRoutes } from './routes/callback.ts';
import { channelRoutes } from './routes/channels.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import type { State } from './state.ts';

const PREFIX = '/api/v10';
/** The newest are kept. */
const MOST_REQUESTS = 10_000;

/** A request of the bot and the status of its answer: 0 where the connection broke. */
export interface RestRequest {
  method: string;
  path: string;
  status: number;
}

/** The HTTP API, with the faults it was told to have. */
export class Rest {
  readonly requests: RestRequest[] = [];
  readonly #changes = new Changes();
  readonly #state: State;
  readonly #routes: Route[];
  readonly #faults: { fault: Fault; left: number }[] = [];
  #open = 0;

  constructor(state: State) {
    this.#state = state;
    this.#routes = [
      ...callbackRoutes(state),
      ...webhookRoutes(state),
      ...channelRoutes(state),
      ...applicationRoutes(state),
    ];
  }

  fail(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** Resolves when no request is under way. */
  idle(milliseconds: number): Promise<void> {
    return this.#changes.until(
      () => this.#open === 0,
      milliseconds,
      () => `${this.#open} requests were not answered`,
    );
  }

  async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open += 1;
    response.on('close', () => {
      this.#open -= 1;
      this.#changes.happened();
    });
    const { pathname } = new URL(incoming.url ?? '', 'http://discord');
    // discord.js escapes the @ of `@original`.
    const path = decodeURIComponent(pathname.slice(PREFIX.length));
    const line = { method: incoming.method ?? '', path, status: 0 };
    this.requests.push(line);
    if (this.requests.length > MOST_REQUESTS) this.requests.shift();
    const fault = this.#takeFault(line.method, path);
    this.#state.clock.pass(fault.late ?? 0);
    if (fault.destroy === 'before') return reset(incoming);
    const { status, body } =
      fault.status === undefined ? await this.#perform(incoming, path) : { status: fault.status, body: fault.body };
    if (fault.status !== undefined) incoming.resume();
    await fault.held;
    if (fault.destroy === 'after') return reset(incoming);
    line.status = status;
    send(response, status, body, fault.headers);
  }

  #takeFault(method: string, path: string): Fault {
    const hit = this.#faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? method) === method && (fault.path === undefined || fault.path.test(path)),
    );
    if (!hit) return {};
    hit.left -= 1;
    return hit.fault;
  }

  async #perform(incoming: IncomingMessage, path: string): Promise<{ status: number; body: object | undefined }> {
    let request: ApiRequest | undefined;
    try {
      request = await readRequest(incoming, path);
      const body = this.#handle(request);
      return { status: body ? 200 : 204, body };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const violation = { rule: error.rule, request: `${incoming.method} ${path}`, message: error.message };
      this.#state.violations.push(violation);
      request?.about?.violations.push(violation);
      return { status: error.status, body: error.body };
    }
  }

  #handle(request: ApiRequest): object | undefined {
    const { method, path, token } = request;
    for (const route of this.#routes) {
      const match = route.method === method ? route.path.exec(path) : null;
      if (!match) continue;
      if (route.needsToken && token !== `Bot ${this.#state.token}`) {
        throw new ApiError('token', 401, 0, '401: Unauthorized');
      }
      return route.handle(request, ...match.slice(1));
    }
    throw new ApiError('unknown-route', 404, 0, `404: Not Found (the stand-in has no ${method} ${path})`);
  }
}

/** With RST, as a proxy that restarts; after a plain end discord.js would not try again. */
function reset(incoming: IncomingMessage): void {
  incoming.socket.resetAndDestroy();
}

function send(response: ServerResponse, status: number, body: object | string | undefined, headers: object = {}): void {
  response.statusCode = status;
  if (body !== undefined) response.setHeader('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(typeof body === 'object' ? JSON.stringify(body) : body);
}
