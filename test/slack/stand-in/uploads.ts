import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from './backend.ts';
import { bodyOf } from './listen.ts';

/** Takes the bytes of a file at the address that `files.getUploadURLExternal` gave: bare, or as the file of a form. */
export async function answerUpload(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = (request.url ?? '').split('/').at(-1) ?? '';
  const file = backend.files.find(id);
  const body = await bodyOf(request);
  const bytes = await bytesIn(body, request.headers['content-type'] ?? '');
  if (!file || !bytes || !backend.files.receive(file, bytes)) {
    const detail = `${id}: ${bytes?.length ?? 'no'} bytes are not what was announced`;
    backend.violate({ rule: 'upload_failed', where: 'upload', detail });
    response.writeHead(file ? 400 : 404).end(detail);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.length}`);
}

async function bytesIn(body: Buffer, type: string): Promise<Uint8Array | undefined> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const value of form.values()) if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer());
  return undefined;
}
