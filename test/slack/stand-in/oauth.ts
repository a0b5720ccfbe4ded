import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from './backend.ts';
import { Refusal } from './refusal.ts';
import type { Person } from './world.ts';

const CODE_LIFETIME = 10 * 60_000;

interface Code {
  readonly by: Person;
  readonly scopes: string[];
  readonly redirectUri: string | undefined;
  readonly expiresAt: number;
  isUsed: boolean;
}

/** The page on which a person installs the app; it agrees at once. */
export class Authorization {
  readonly codes = new Map<string, Code>();
  /** Who is at the browser, and so what workspace the app is installed in. */
  by: Person | undefined;
  /** The person presses Cancel. */
  declines = false;
  /** Where the app's settings send people whose address names no `redirect_uri`. */
  redirectUri = '';

  answer(backend: Backend, request: IncomingMessage, response: ServerResponse): void {
    const { searchParams } = new URL(request.url ?? '', backend.origin);
    const redirectUri = searchParams.get('redirect_uri') ?? undefined;
    if (searchParams.get('client_id') !== backend.clientId) {
      response.writeHead(400, { 'content-type': 'text/html' }).end('<h1>Invalid client_id parameter</h1>');
      return;
    }
    const scopes = (searchParams.get('scope') ?? '').split(',').filter((scope) => scope !== '');
    if (scopes.length === 0) {
      response.writeHead(400, { 'content-type': 'text/html' }).end('<h1>invalid_scope</h1>');
      return;
    }
    const { by } = this;
    if (!by) throw new Error('nobody is at the browser');
    const back = new URL(redirectUri ?? this.redirectUri);
    const state = searchParams.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (this.declines) {
      back.searchParams.set('error', 'access_denied');
    } else {
      const code = backend.ids.next('code-');
      const expiresAt = backend.clock.now + CODE_LIFETIME;
      this.codes.set(code, { by, scopes, redirectUri, expiresAt, isUsed: false });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }
}

interface Request {
  code: string;
  client_id: string;
  client_secret: string;
  redirect_uri?: string | undefined;
}

/**
 * A token for the workspace of the person who agreed.
 * @throws Refusal where the code is not good for one
 */
export function exchangeCode(backend: Backend, { code: key, ...request }: Request): Record<string, unknown> {
  const code = backend.authorization.codes.get(key);
  if (request.client_id !== backend.clientId) throw new Refusal('invalid_client_id');
  if (request.client_secret !== backend.clientSecret) throw new Refusal('bad_client_secret');
  if (!code) throw new Refusal('invalid_code');
  if (code.isUsed) throw new Refusal('code_already_used');
  if (backend.clock.now > code.expiresAt) throw new Refusal('code_expired');
  if (code.redirectUri !== request.redirect_uri) throw new Refusal('bad_redirect_uri');
  code.isUsed = true;
  const { team } = code.by;
  const installation = backend.world.install(team, code.scopes);
  return {
    access_token: installation.token,
    token_type: 'bot',
    scope: code.scopes.join(','),
    bot_user_id: team.botUser,
    app_id: backend.appId,
    team: { name: team.name, id: team.id },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: code.by.id },
  };
}
