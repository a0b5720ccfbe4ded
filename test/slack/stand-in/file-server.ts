import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './backend.ts';
import type { StoredFile } from './file.ts';

const PIECE = 64 * 1024;
const LOGIN_PAGE = '<!DOCTYPE html><html><head><title>Sign in to Slack</title></head><body>Sign in</body></html>';

/** Sends the bytes of a file, or what its `download` says instead. */
export async function answerDownload(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '', backend.origin);
  const [, kind, id = ''] = /^\/(files-pri|files-tmb)\/T[0-9A-Z]+-(F[0-9A-Z]+)/.exec(url.pathname) ?? [];
  const file = backend.files.find(id);
  const token = /^Bearer (xoxb-.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const installation = backend.world.installations.get(token);
  const mayRead =
    file !== undefined &&
    installation?.state === 'active' &&
    installation.scopes.has('files:read') &&
    backend.files.isVisible(file, installation);
  // Slack does not say 401 to who may not read a file: it asks to sign in, with 200.
  if (!mayRead || file.download === 'login-page') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN_PAGE);
    return;
  }
  file.downloads += 1;
  const { download } = file;
  const isMoved = url.searchParams.has('moved');
  if (download === 'not-found') {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
  } else if (download === 'redirect-home' && !isMoved) {
    response.writeHead(302, { location: `${backend.origin}${url.pathname}?moved=1` }).end();
  } else if (download === 'redirect-foreign') {
    response.writeHead(302, { location: `${backend.foreignOrigin}/${file.id}` }).end();
  } else {
    await send(file, kind === 'files-tmb' ? (file.thumbnail ?? file.bytes) : file.bytes, response);
  }
}

async function send({ mimetype, download }: StoredFile, bytes: Uint8Array, response: ServerResponse): Promise<void> {
  const type = { 'content-type': mimetype };
  if (download === 'endless') {
    response.writeHead(200, type);
    // Ends when the reader has had enough, which is no error.
    await pipeline(Readable.from(endless(bytes)), response).catch(() => {});
    return;
  }
  response.writeHead(200, { ...type, 'content-length': bytes.length });
  if (download === 'never-ends') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
  } else if (typeof download === 'object') {
    const half = Math.floor(bytes.length / 2);
    response.write(bytes.subarray(0, half));
    await sleep(download.slow);
    response.end(bytes.subarray(half));
  } else {
    response.end(bytes);
  }
}

function* endless(start: Uint8Array): Generator<Uint8Array> {
  yield start;
  const piece = Buffer.alloc(PIECE);
  for (;;) yield piece;
}
