import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { Patience } from '../../src/clip/download-retry.ts';
import { type FindOptions, findModelFiles, type ModelFiles } from '../../src/clip/files.ts';
import type { Hub } from '../../src/clip/hub.ts';
import type { ModelProblem } from '../../src/errors.ts';
import { freePort } from '../free-port.ts';

export type Files = Record<string, Buffer>;

/** How one answer differs from that of a healthy hub. `after` counts the bytes sent before it breaks off or holds. */
export interface Fault {
  status?: number;
  errorCode?: string;
  etag?: string;
  ignoreRange?: boolean;
  /** What it says of the file's size, to who asks for that alone. */
  announcedSize?: number;
  content?: Buffer;
  breakOff?: { after: number };
  hold?: { after: number };
}

interface HubOptions {
  /** Sends weights from a second host, as the real hub does. */
  cdn?: boolean;
  /** Answers as a plain web server would, without the headers of a hub. */
  plain?: boolean;
}

export const ID = 'owner/tiny-clip';
export const VISION = 'onnx/vision_model.onnx';
export const PATIENT: Patience = { stallMilliseconds: 20_000, pausesMilliseconds: [1, 1, 1] };
export const COMMIT = 'a'.repeat(40);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const gitBlob = (bytes: Buffer) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
/** Milliseconds between two looks at the disk, so that the process which is waited for has the processor. */
const LOOK_EVERY = 2;
const NO_PROXIES = { https: undefined, http: undefined, none: undefined };

/** How a hub at this address is asked. */
export function access(endpoint: string, rest: Partial<Hub> = {}): Hub {
  return { endpoint, token: undefined, isOffline: false, proxies: NO_PROXIES, ...rest };
}

/** A hub with the model `owner/tiny-clip` at 127.0.0.1, with the redirects and headers of huggingface.co. */
export class LoopbackHub {
  readonly requests: string[] = [];
  readonly ranges: string[] = [];
  /** The authorization of each request, by who was asked. */
  readonly authorizations = { hub: new Set<string | undefined>(), cdn: new Set<string | undefined>() };
  /** By commit. */
  readonly revisions = new Map<string, Files>();
  main = COMMIT;
  /** Bytes of content that went out. */
  sent = 0;
  onRequest: (request: string) => void = () => {};
  /** Awaited before a connection breaks off: what the client has not read by then, it loses. */
  arrival: (path: string, bytes: number) => Promise<void> = async () => {};
  url = '';
  readonly #options: HubOptions;
  readonly #faults = new Map<string, Fault[]>();
  #holds = true;
  readonly #held: { response: ServerResponse; rest: Buffer }[] = [];
  readonly #servers: Server[] = [];
  #cdnUrl = '';

  private constructor(files: Files, options: HubOptions) {
    this.#options = options;
    this.revisions.set(COMMIT, files);
  }

  static async start(files: Files, options: HubOptions): Promise<LoopbackHub> {
    const hub = new LoopbackHub(files, options);
    hub.url = await hub.#listen((request, response) => hub.#answer(request, response));
    hub.#cdnUrl = await hub.#listen((request, response) => hub.#answerAsCdn(request, response));
    return hub;
  }

  /** The next answers to `request`, such as `GET config.json`, have these faults, one each. */
  fail(request: string, ...faults: Fault[]): void {
    this.#faults.set(request, faults);
    this.#holds = true;
  }

  /** Sends what was held back, or so many bytes of it. All of it is also what would be held back after this. */
  release(count = Number.POSITIVE_INFINITY): void {
    this.#holds = Number.isFinite(count);
    for (const { response, rest } of this.#held.splice(0)) {
      this.sent += Math.min(count, rest.length);
      if (count >= rest.length) response.end(rest);
      else {
        response.write(rest.subarray(0, count));
        this.#held.push({ response, rest: rest.subarray(count) });
      }
    }
  }

  /** Bytes of files that went out more than once. Each listing reads config.json to see what the model is; that is not counted. */
  get sentTwice(): number {
    const files = this.revisions.get(this.main) ?? {};
    const total = Object.values(files).reduce((sum, file) => sum + file.length, 0);
    const reads = this.requests.filter((request) => request === 'GET config.json').length - 1;
    return this.sent - total - reads * (files['config.json']?.length ?? 0);
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(answer);
    this.#servers.push(server);
    // Once it is closed, nobody else may answer there.
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${port}`;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.authorizations.hub.add(request.headers.authorization);
    const [, revision = '', path = ''] = /\/(?:resolve|resolve-cache)\/(\w+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const isCache = request.url?.startsWith('/api/resolve-cache/');
    const line = `${request.method} ${path}`;
    const commit = revision === 'main' ? this.main : revision;
    const content = this.revisions.get(commit)?.[path];
    const isOurs = request.url?.startsWith(`/${ID}/`) || isCache;
    if (!this.#options.plain) response.setHeader('x-repo-commit', commit);
    if (!content || !isOurs) {
      this.requests.push(line);
      response.setHeader('x-error-code', isOurs ? 'EntryNotFound' : 'RepoNotFound');
      if (this.#options.plain) response.removeHeader('x-error-code');
      response.writeHead(404).end();
      return;
    }
    const isLarge = path.endsWith('.onnx');
    const linked = { 'x-linked-etag': `"${sha256(content)}"`, 'x-linked-size': content.length };
    if (this.#options.cdn && isLarge) {
      const location = `${this.#cdnUrl}/${commit}/${path}`;
      if (request.method === 'HEAD' && !this.#options.plain) this.#note(line);
      response
        .writeHead(302, { ...(this.#options.plain ? {} : linked), location, 'content-length': 9 })
        .end('elsewhere');
      return;
    }
    if (this.#options.cdn && !isCache) {
      response.writeHead(307, { location: `/api/resolve-cache/${commit}/${path}` }).end();
      return;
    }
    this.#send(request, response, line, content, `W/"${gitBlob(content)}"`, isLarge ? linked : {});
  }

  #answerAsCdn(request: IncomingMessage, response: ServerResponse): void {
    this.authorizations.cdn.add(request.headers.authorization);
    const [, commit = '', path = ''] = /^\/(\w+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const content = this.revisions.get(commit)?.[path] ?? Buffer.alloc(0);
    this.#send(request, response, `${request.method} ${path}`, content, `"${'c'.repeat(64)}"`, {});
  }

  #note(line: string): Fault {
    this.requests.push(line);
    this.onRequest(line);
    return this.#faults.get(line)?.shift() ?? {};
  }

  #send(
    request: IncomingMessage,
    response: ServerResponse,
    line: string,
    original: Buffer,
    etag: string,
    linked: Record<string, string | number>,
  ): void {
    const fault = this.#note(line);
    if (request.headers.range) this.ranges.push(request.headers.range);
    if (fault.status) {
      if (fault.errorCode) response.setHeader('x-error-code', fault.errorCode);
      response.writeHead(fault.status).end();
      return;
    }
    const content = fault.content ?? original;
    if (!this.#options.plain) for (const [name, value] of Object.entries(linked)) response.setHeader(name, value);
    if (fault.announcedSize) response.setHeader('x-linked-size', fault.announcedSize);
    response.setHeader('etag', fault.etag ?? etag);
    if (fault.etag && linked['x-linked-etag']) response.setHeader('x-linked-etag', fault.etag);
    const range = fault.ignoreRange ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const start = Number(range ?? 0);
    if (range !== undefined && start >= content.length) {
      response.writeHead(416).end();
      return;
    }
    if (range !== undefined) {
      response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
    }
    // Compressed on the way, as the real hub would, a file has no length to announce.
    if (request.headers['accept-encoding'] === 'identity') {
      response.setHeader('content-length', content.length - start);
    }
    response.writeHead(range === undefined ? 200 : 206);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const hold = this.#holds ? fault.hold : undefined;
    const cut = fault.breakOff ?? hold;
    const bytes = content.subarray(start, cut ? start + cut.after : undefined);
    this.sent += bytes.length;
    if (!cut) response.end(bytes);
    else response.write(bytes);
    if (hold) this.#held.push({ response, rest: content.subarray(start + bytes.length) });
    if (fault.breakOff) this.arrival(line.slice('GET '.length), start + bytes.length).then(() => response.destroy());
  }
}

/** Bytes without a pattern that a shifted or repeated piece could hide in. */
export function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, state = seed; i < length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** A model in the layout of transformers.js, in fp32, with weights that mean nothing. */
export function modelFiles(seed = 1): Files {
  return {
    'config.json': Buffer.from(JSON.stringify({ model_type: 'clip', seed })),
    'preprocessor_config.json': Buffer.from('{}'),
    'tokenizer.json': noise(5_000, seed),
    'tokenizer_config.json': Buffer.from('{}'),
    'onnx/vision_model.onnx': noise(300_000, seed + 1),
    'onnx/text_model.onnx': noise(200_000, seed + 2),
  };
}

/** An OWL-ViT in the same layout. */
export function detectorFiles(): Files {
  const { 'onnx/vision_model.onnx': model, 'onnx/text_model.onnx': _, ...settings } = modelFiles();
  const config = Buffer.from(JSON.stringify({ model_type: 'owlvit' }));
  return { ...settings, 'config.json': config, 'onnx/model.onnx': model ?? Buffer.alloc(0) };
}

/** A hub, and a cache of its own to find its model with, for one test. */
export async function startHub(files: Files = modelFiles(), options: HubOptions = {}) {
  const hub = await LoopbackHub.start(files, options);
  const cacheFolder = await mkdtemp(join(tmpdir(), 'hub-'));
  onTestFinished(async () => {
    await hub.close();
    await rm(cacheFolder, { recursive: true });
  });
  hub.arrival = (path, bytes) => arrived(cacheFolder, path, bytes);
  const { signal } = new AbortController();
  const from = { hub: access(hub.url), ask: 'may', cacheFolder } as const;
  const required = { model: ID, dtype: 'fp32', onProgress: () => {}, signal, ...from } as const;
  const find = (options: Partial<FindOptions> = {}, patience = PATIENT) =>
    findModelFiles({ ...required, ...options }, patience);
  return { hub, cacheFolder, find };
}

/** Waits until so many bytes of a file lie on the disk. */
async function arrived(folder: string, path: string, bytes: number): Promise<void> {
  for (;;) {
    const partials = (await filesUnder(folder)).filter((name) => name.includes(`${path}.`));
    const sizes = partials.map(async (name) => (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0);
    if (Math.max(0, ...(await Promise.all(sizes))) >= bytes) return;
    await sleep(LOOK_EVERY);
  }
}

/** The paths of all files in a folder, from there. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

/** Every file of the model is there byte for byte, and nothing else. */
export async function expectWhole({ folder }: Pick<ModelFiles, 'folder'>, files: Files): Promise<void> {
  expect(await filesUnder(folder)).toEqual(Object.keys(files).sort());
  for (const [path, content] of Object.entries(files)) {
    expect((await readFile(join(folder, path))).equals(content), path).toBe(true);
  }
}

/** The refusal of a model for this problem. */
export function refusal(problem: Partial<ModelProblem>) {
  const parameters = { model: expect.any(String), problem: expect.objectContaining(problem) };
  return { name: 'UserError', code: 'model-unavailable', parameters };
}
