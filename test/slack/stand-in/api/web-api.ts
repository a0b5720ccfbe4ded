import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { z } from 'zod';
import type { Backend } from '../backend.ts';
import { bodyOf } from '../listen.ts';
import { Refusal } from '../refusal.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { Answer, Method } from './method.ts';
import { others } from './others.ts';
import { views } from './views.ts';

const METHODS = new Map<string, Method>(Object.entries({ ...chat, ...conversations, ...files, ...others, ...views }));

/** Names by which an argument tells to what exchange a call belongs. */
const traces = z.object({
  channel: z.string().optional(),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  user_id: z.string().optional(),
  trigger_id: z.string().optional(),
});

/** Answers a call of the Web API, and keeps a record of it. */
export async function answerWebApi(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '', backend.origin);
  const name = url.pathname.slice('/api/'.length);
  const body = await bodyOf(request);
  const raw = { ...Object.fromEntries(url.searchParams), ...argumentsIn(request, body) };
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? (typeof raw.token === 'string' ? raw.token : undefined);
  const team = backend.world.installations.get(token ?? '')?.team.id;
  let error: string | undefined;
  let answer: Answer;
  try {
    const method = METHODS.get(name);
    if (!method) throw new Refusal('unknown_method', `the stand-in has no ${name}`, { req_method: name });
    answer = { ok: true, ...(await method({ backend, request, token, raw })) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    error = refusal.code;
    answer = { ok: false, error, ...refusal.fields };
    backend.violate({ rule: error, where: name, detail: refusal.message }, exchangeOf(backend, raw));
    // Loudly, because a test that passes without the method would pass for the wrong reason.
    if (error === 'unknown_method') process.stderr.write(`stand-in of Slack: ${refusal.message}\n`);
  }
  const { token: _, ...shown } = raw;
  backend.calls.add({ method: name, arguments: shown, team, error });
  const scopes = backend.world.installations.get(token ?? '')?.scopes ?? [];
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-oauth-scopes': [...scopes].join(',') };
  response.writeHead(200, headers).end(JSON.stringify(answer));
}

function argumentsIn(request: IncomingMessage, body: Buffer): Record<string, unknown> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return { ...parse(body.toString()) };
  if (!type.startsWith('application/json')) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

function exchangeOf(backend: Backend, raw: Record<string, unknown>) {
  const { data } = traces.safeParse(raw);
  if (!data) return undefined;
  const { channel = data.channel_id, user = data.user_id, thread_ts: threadTs, trigger_id: trigger } = data;
  const byTrigger = trigger === undefined ? undefined : backend.views.exchangeOf(trigger);
  return byTrigger ?? backend.exchanges.find({ channel, user, threadTs });
}
