import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Backend } from './backend.ts';
import type { Exchange } from './exchange.ts';
import { bodyOf } from './listen.ts';
import type { Message } from './message.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrl } from './response-urls.ts';
import { checkContent, contentSchema } from './rules/content.ts';
import type { Channel } from './world.ts';

const schema = z.looseObject({
  ...contentSchema,
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

/** Takes what is posted at a response_url. */
export async function answerResponse(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const url = backend.responseUrls.find(request.url ?? '');
  const refuse = (status: number, rule: string, detail: string) => {
    backend.violate({ rule, where: 'response_url', detail }, url?.exchange);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(rule);
  };
  if (!url) return refuse(404, 'no_such_url', request.url ?? '');
  const wrong = backend.responseUrls.use(url);
  if (wrong) return refuse(404, wrong, `use ${url.uses}`);
  const { data } = schema.safeParse(parsed(body.toString()));
  if (!data) return refuse(400, 'invalid_payload', body.toString().slice(0, 200));
  url.exchange.responses.push(data);
  try {
    show(backend, url, data);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return refuse(400, refusal.code, refusal.message);
  }
  url.exchange.changed();
  response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
}

/** Shows what a slash command was acknowledged with, if anything. */
export function showAcknowledgement(backend: Backend, exchange: Exchange, channel: Channel, body: unknown): void {
  const { data } = schema.safeParse(body);
  if (!data || (data.text === undefined && data.blocks === undefined)) return;
  try {
    post(backend, exchange, channel, data, 'acknowledgement');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    backend.violate({ rule: refusal.code, where: 'acknowledgement', detail: refusal.message }, exchange);
  }
}

function show(backend: Backend, url: ResponseUrl, data: z.infer<typeof schema>): void {
  const { exchange, channel, original } = url;
  const isThere = original !== undefined && !original.deleted;
  if (data.delete_original === true) {
    if (!isThere) throw new Refusal('no_original', 'there is nothing to delete');
    backend.messages.delete(original, exchange);
  } else if (data.replace_original === true && isThere) {
    const { text, blocks } = checkContent(backend, data, 'response_url');
    backend.messages.edit(original, text, blocks, exchange);
  } else {
    const message = post(backend, exchange, channel, data, 'response_url');
    url.original ??= message;
  }
}

function post(
  backend: Backend,
  exchange: Exchange,
  channel: Channel,
  data: z.infer<typeof schema>,
  via: string,
): Message {
  const content = checkContent(backend, data, via);
  const visibleTo = data.response_type === 'ephemeral' ? exchange.by.id : undefined;
  return backend.post({ channel, via, threadTs: data.thread_ts, visibleTo, exchange, ...content });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
