import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { answerWebApi } from './api/web-api.ts';
import type { Call } from './backend.ts';
import type { Delivery, Exchange, Violation } from './exchange.ts';
import { type Fault, Faults, type Held } from './faults.ts';
import type { StoredFile } from './file.ts';
import { answerDownload } from './file-server.ts';
import { ForeignServer } from './foreign-server.ts';
import { HttpEvents } from './http-events.ts';
import { type Listener, listen } from './listen.ts';
import type { Message } from './message.ts';
import type { Authorization } from './oauth.ts';
import { PeopleAct } from './people-act.ts';
import type { Recent } from './recent.ts';
import { answerResponse } from './responses.ts';
import { SocketMode } from './socket-mode.ts';
import { answerUpload } from './uploads.ts';
import type { View } from './view.ts';
import { ALL_SCOPES, type Channel, type Installation, type Person, type Workspace, type World } from './world.ts';

interface StartOptions {
  /** What the app may do in the first workspace; all that the stand-in knows if left out. */
  scopes?: readonly string[];
}

/**
 * A Slack of our own at 127.0.0.1, for an app built with the real SDK: Web API, Socket Mode, signed events over HTTP,
 * files, response_urls and OAuth. It keeps Slack's rules, and remembers where the app breaks them.
 */
export class SlackStandIn extends PeopleAct {
  readonly workspace: Workspace;
  /** Where the app is not installed before somebody does it by OAuth. */
  readonly otherWorkspace: Workspace;
  readonly people: Record<'admin' | 'member' | 'colleague' | 'korean' | 'otherAdmin', Person>;
  /** The app is in all of them but `closed` and `distant`. */
  readonly channels: Record<'general' | 'team' | 'distant' | 'closed' | 'other', Channel>;
  readonly installation: Installation;
  readonly socket: SocketMode;
  readonly http: HttpEvents;
  readonly foreign: ForeignServer;
  readonly #listener: Listener;
  readonly #faults = new Faults();
  #isOverHttp = false;

  private constructor(listener: Listener, foreign: ForeignServer, scopes: readonly string[]) {
    super();
    const { world } = this.backend;
    this.#listener = listener;
    this.foreign = foreign;
    this.backend.origin = listener.origin;
    this.backend.foreignOrigin = foreign.origin;
    this.workspace = world.addWorkspace('Seeing');
    this.otherWorkspace = world.addWorkspace('Elsewhere');
    this.people = {
      admin: world.addPerson(this.workspace, 'ada', { isAdmin: true, isOwner: true }),
      member: world.addPerson(this.workspace, 'max'),
      colleague: world.addPerson(this.workspace, 'eva'),
      korean: world.addPerson(this.workspace, 'minji', { locale: 'ko-KR' }),
      otherAdmin: world.addPerson(this.otherWorkspace, 'otto', { isAdmin: true, isOwner: true }),
    };
    this.channels = {
      general: world.addChannel(this.workspace, 'general', 'public'),
      team: world.addChannel(this.workspace, 'team', 'private'),
      distant: world.addChannel(this.workspace, 'distant', 'public', false),
      closed: world.addChannel(this.workspace, 'closed', 'private', false),
      other: world.addChannel(this.otherWorkspace, 'other', 'public'),
    };
    this.installation = world.install(this.workspace, scopes);
    this.backend.authorization.by = this.people.otherAdmin;
    this.socket = new SocketMode(this.backend, listener.server);
    this.http = new HttpEvents(this.backend);
  }

  static async start({ scopes = ALL_SCOPES }: StartOptions = {}): Promise<SlackStandIn> {
    const foreign = await ForeignServer.start();
    const listener = await listen((request, response) => slack.#answer(request, response));
    const slack = new SlackStandIn(listener, foreign, scopes);
    return slack;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.#listener.close();
    await this.foreign.close();
  }

  /** What Bolt takes as `clientOptions.slackApiUrl`. */
  get apiUrl(): string {
    return `${this.origin}/api/`;
  }

  get origin(): string {
    return this.#listener.origin;
  }

  /** What Bolt takes as `installerOptions.authorizationUrl`. */
  get authorizationUrl(): string {
    return `${this.origin}/oauth/v2/authorize`;
  }

  get botToken(): string {
    return this.installation.token;
  }

  get appToken(): string {
    return this.backend.appToken;
  }

  get signingSecret(): string {
    return this.http.signingSecret;
  }

  get clientId(): string {
    return this.backend.clientId;
  }

  get clientSecret(): string {
    return this.backend.clientSecret;
  }

  get oauth(): Authorization {
    return this.backend.authorization;
  }

  /** By which the three seconds, and the half hour of a response_url, are counted. */
  get clock(): Clock {
    return this.backend.clock;
  }

  /** To add people, channels and workspaces to. */
  get world(): World {
    return this.backend.world;
  }

  /** Of the whole workspace, the latest thousand. */
  get violations(): Recent<Violation> {
    return this.backend.violations;
  }

  get calls(): Recent<Call> {
    return this.backend.calls;
  }

  /** How much is remembered, for a bench that must not grow. */
  get sizes(): Record<'exchanges' | 'messages' | 'files' | 'views' | 'responseUrls', number> {
    const { exchanges, messages, files, views, responseUrls } = this.backend;
    return {
      exchanges: exchanges.size,
      messages: messages.size,
      files: files.size,
      views: views.size,
      responseUrls: responseUrls.size,
    };
  }

  /** From now on an upload can be shown, and is shared, only when the function given back was called. */
  holdProcessing(): () => void {
    return this.backend.holdProcessing();
  }

  dm(person: Person): Channel {
    return this.backend.world.dm(person);
  }

  file(id: string): StoredFile | undefined {
    return this.backend.files.find(id);
  }

  home(person: Person): View | undefined {
    return this.backend.views.home(person);
  }

  /** What anyone sees in a channel, or in a thread there, oldest first. */
  messages(channel: Channel, threadTs?: string): Message[] {
    const { messages } = this.backend;
    return threadTs === undefined ? messages.history(channel.id).reverse() : messages.thread(channel.id, threadTs);
  }

  setScopes(...scopes: string[]): void {
    this.installation.scopes = new Set(scopes);
  }

  /** From now on, the app is told at this address rather than through its socket. */
  deliverOverHttp(url: string): void {
    this.http.url = url;
    this.#isOverHttp = true;
  }

  /** Removes all that was remembered because of it. */
  forget(exchange: Exchange): void {
    this.backend.exchanges.forget(exchange);
  }

  /** Lets the three seconds pass in which the app may open a view, or the half hour for its response_url. */
  expire(exchange: Exchange, what: 'trigger' | 'response_url'): void {
    if (what === 'trigger') this.backend.views.expireTriggers(exchange);
    else this.backend.responseUrls.expire(exchange);
  }

  fault(fault: Fault): void {
    this.#faults.add(fault);
  }

  hold(fault: Fault): Held {
    return this.#faults.hold(fault);
  }

  rateLimit(method: Fault['method'], { retryAfter = 1, times = 1 } = {}): void {
    const headers = { 'retry-after': String(retryAfter), 'content-type': 'application/json' };
    this.fault({ method, times, status: 429, headers, body: { ok: false, error: 'ratelimited' } });
  }

  serverError(method: Fault['method'], times = 1): void {
    this.fault({ method, times, status: 500, body: 'internal error' });
  }

  /** Breaks the connection, `before` the call takes effect or `after` it. */
  reset(method: Fault['method'], destroy: 'before' | 'after', times = 1): void {
    this.fault({ method, times, destroy });
  }

  healthy(): void {
    this.#faults.clear();
  }

  protected override deliver(delivery: Delivery): void {
    if (this.#isOverHttp) this.http.deliver(delivery);
    else this.socket.deliver(delivery);
  }

  #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.#faults.around(request, response, () => this.#route(request, response));
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { backend } = this;
    const path = request.url ?? '';
    if (path.startsWith('/api/')) return answerWebApi(backend, request, response);
    if (path.startsWith('/response/')) return answerResponse(backend, request, response);
    if (path.startsWith('/upload/')) return answerUpload(backend, request, response);
    if (/^\/files-(pri|tmb)\//.test(path)) return answerDownload(backend, request, response);
    if (path.startsWith('/oauth/v2/authorize')) return backend.authorization.answer(backend, request, response);
    backend.violate({ rule: 'no_such_address', where: path, detail: String(request.method) });
    response.writeHead(404).end();
    return undefined;
  }
}
