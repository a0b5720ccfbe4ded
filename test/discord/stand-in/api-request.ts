import type { IncomingMessage } from 'node:http';
import type { Answers } from './answers.ts';
import { ApiError } from './api-error.ts';

export interface Upload {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A request of the bot, read. */
export interface ApiRequest {
  method: string;
  /** After `/api/v10`, unescaped. */
  path: string;
  query: URLSearchParams;
  token: string | undefined;
  body: unknown;
  /** By their n in `files[n]`. */
  files: Map<string, Upload>;
  /** What it belongs to, as soon as that is known. */
  about: Answers | undefined;
}

/** @throws ApiError for a body that is not what its content type says */
export async function readRequest(request: IncomingMessage, path: string): Promise<ApiRequest> {
  const bytes = await readBytes(request);
  return {
    method: request.method ?? '',
    path,
    query: new URL(request.url ?? '', 'http://discord').searchParams,
    token: request.headers.authorization,
    ...(await readBody(bytes, request.headers['content-type'] ?? '')),
    about: undefined,
  };
}

async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readBody(bytes: Buffer<ArrayBuffer>, type: string): Promise<Pick<ApiRequest, 'body' | 'files'>> {
  const files = new Map<string, Upload>();
  if (bytes.length === 0) return { body: undefined, files };
  if (!type.startsWith('multipart/form-data')) return { body: readJson(String(bytes)), files };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  for (const [key, part] of form) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index === undefined || typeof part === 'string') continue;
    files.set(index, { name: part.name, type: part.type, bytes: new Uint8Array(await part.arrayBuffer()) });
  }
  const payload = form.get('payload_json');
  return { body: typeof payload === 'string' ? readJson(payload) : {}, files };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('json', 400, 50109, 'The request body contains invalid JSON.');
  }
}
