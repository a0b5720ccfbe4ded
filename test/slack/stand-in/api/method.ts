import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Backend } from '../backend.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Channel, Installation, Person } from '../world.ts';

export type Answer = Record<string, unknown>;

/** A call as it came in. */
interface Incoming {
  readonly backend: Backend;
  readonly request: IncomingMessage;
  readonly token: string | undefined;
  readonly raw: Record<string, unknown>;
}

/** One method of the Web API. */
export type Method = (call: Incoming) => Answer | Promise<Answer>;

/** Who calls with a bot token, and what that is good for. */
export interface Caller {
  readonly backend: Backend;
  readonly installation: Installation;
}

/** A method for bot tokens that have one of `scopes`; none asks for no scope. */
export function method<S extends z.ZodType>(
  scopes: readonly string[],
  schema: S,
  run: (args: z.infer<S>, caller: Caller) => Answer | Promise<Answer>,
): Method {
  return ({ backend, token, raw }) => {
    const caller = { backend, installation: installationOf(backend, token) };
    if (scopes.length > 0) needScope(caller, scopes);
    return run(argumentsOf(schema, raw), caller);
  };
}

/** @throws Refusal where they do not fit */
export function argumentsOf<S extends z.ZodType>(schema: S, raw: unknown): z.infer<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw invalid(
    'invalid_arguments',
    issues.map(({ message, path }) => `${message} [json-pointer:/${path.join('/')}]`),
  );
}

export function needScope({ installation }: Caller, scopes: readonly string[]): void {
  if (scopes.some((scope) => installation.scopes.has(scope))) return;
  const needed = scopes[0] ?? '';
  throw new Refusal('missing_scope', needed, { needed, provided: [...installation.scopes].join(',') });
}

/** A channel by id, or the direct messages with a person by theirs, where the app may write and read. */
export function channelFor({ backend, installation }: Caller, id: string): Channel {
  const person = backend.world.people.get(id);
  const channel = person ? backend.world.dm(person) : backend.world.channels.get(id);
  if (!channel || channel.team !== installation.team) throw new Refusal('channel_not_found', id);
  if (channel.hasApp) return channel;
  throw new Refusal(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found', channel.name);
}

export function personFor({ backend, installation }: Caller, id: string): Person {
  const person = backend.world.people.get(id);
  if (person?.team === installation.team) return person;
  throw new Refusal('user_not_found', id);
}

/** `read` or `history` of a kind of channel, as scopes are called. */
export function scopeOf({ kind }: Channel, right: 'read' | 'history'): string {
  return `${{ public: 'channels', private: 'groups', dm: 'im' }[kind]}:${right}`;
}

function installationOf(backend: Backend, token: string | undefined): Installation {
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (token.startsWith('xapp-')) throw new Refusal('not_allowed_token_type');
  const installation = backend.world.installations.get(token);
  if (!installation) throw new Refusal('invalid_auth');
  if (installation.state === 'revoked') throw new Refusal('token_revoked');
  if (installation.state === 'inactive') throw new Refusal('account_inactive');
  return installation;
}
