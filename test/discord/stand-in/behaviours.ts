import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const TRICKLE = 50;
const CHUNK = 64 * 1024;
const LOGIN = '<!doctype html><title>Sign in</title><p>Please sign in to see this file.';

/** How a file server answers for one file. */
export type Behaviour =
  | { kind: 'bytes'; bytes: Uint8Array }
  /** A page with status 200, as a proxy in between might answer. */
  | { kind: 'page' }
  /** Headers, and then nothing, or a byte now and then, for ever. */
  | { kind: 'stalls' }
  | { kind: 'trickles' }
  /** No answer at all. */
  | { kind: 'silent' }
  /** More bytes than `content-length` announces. */
  | { kind: 'longer'; bytes: Uint8Array; announced: number }
  /** Less, and then the connection breaks. */
  | { kind: 'breaks-off'; bytes: Uint8Array; announced: number }
  /** As fast as they are read, without an end and without a length. */
  | { kind: 'endless' }
  | { kind: 'status'; status: number }
  | { kind: 'redirect'; to: string }
  /** All of it, once what it waits for is there. */
  | { kind: 'held'; bytes: Uint8Array; until: Promise<void> };

/** Answers as `behaviour` says. Resolves when it has done what it does, or the client has gone. */
export async function behave(behaviour: Behaviour, response: ServerResponse, type: string): Promise<void> {
  const headers = { 'content-type': type };
  switch (behaviour.kind) {
    case 'bytes':
      response.writeHead(200, { ...headers, 'content-length': behaviour.bytes.length }).end(behaviour.bytes);
      return;
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN);
      return;
    case 'stalls':
      response.writeHead(200, headers).flushHeaders();
      return;
    case 'trickles':
      response.writeHead(200, headers);
      while (!response.destroyed) {
        response.write('.');
        await sleep(TRICKLE);
      }
      return;
    case 'silent':
      return;
    case 'longer':
      response.writeHead(200, { ...headers, 'content-length': behaviour.announced }).end(behaviour.bytes);
      return;
    case 'breaks-off':
      response.writeHead(200, { ...headers, 'content-length': behaviour.announced });
      response.write(behaviour.bytes, () => response.destroy());
      return;
    case 'endless':
      response.writeHead(200, headers);
      await pour(response);
      return;
    case 'status':
      response
        .writeHead(behaviour.status, { 'content-type': 'text/plain' })
        .end('This content is no longer available.');
      return;
    case 'redirect':
      response.writeHead(302, { location: behaviour.to }).end();
      return;
    case 'held':
      await behaviour.until;
      response.writeHead(200, { ...headers, 'content-length': behaviour.bytes.length }).end(behaviour.bytes);
  }
}

async function pour(response: ServerResponse): Promise<void> {
  const chunk = Buffer.alloc(CHUNK, 0xff);
  const gone = once(response, 'close');
  while (!response.destroyed) {
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), gone]);
  }
}
