import type { RequestInit, Response } from 'undici';
import { Unavailable } from './download-retry.ts';
import { nearestKnownModel } from './known-models.ts';
import { dispatcherFor, type Proxies } from './proxy.ts';

/** The hub, and how it may be asked. */
export interface Hub {
  /** Its address, such as `https://huggingface.co`. */
  endpoint: string;
  /** For gated and private models. It is sent to the hub itself, never to a host that it redirects to. */
  token: string | undefined;
  /** Whether it must not be asked at all. */
  isOffline: boolean;
  proxies: Proxies;
}

/** The hub's own record of a file; `etag` names its version. */
interface HubRecord {
  commit: string | undefined;
  etag: string | undefined;
  digest: Digest | undefined;
  size: number | undefined;
}

/** What the hub says of a file's content: `sha256` of a large one, the id of its `git` blob of any other. */
export interface Digest {
  algorithm: 'sha256' | 'git';
  hex: string;
}

export interface HubAnswer {
  /** 200, 206, 404, 416, or a redirect whose record says all there is to know. */
  status: number;
  /** What the hub calls the failure, such as `EntryNotFound`. */
  errorCode: string | null;
  record: HubRecord;
  /** Where the bytes of a 206 start in the file. */
  start: number | undefined;
  bytes: AsyncIterable<Uint8Array>;
}

interface Question {
  method: 'HEAD' | 'GET';
  hub: Hub;
  /** The id of the model that is asked about, for the sentence that says there is none. */
  model: string;
  headers?: Record<string, string>;
  stallMilliseconds: number;
  signal: AbortSignal;
}

const REDIRECT_LIMIT = 5;
const ID = /^(?!.*(?:--|\.\.))\w(?:[\w.-]*\w)?\/\w(?:[\w.-]*\w)?$/;
const COMMIT = /^\w{1,64}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const GIT_BLOB = /^[0-9a-f]{40}$/;

/** Whether a text is `owner/name` as the hub allows it. Such an id is safe in an address and in a path. */
export function isHubId(text: string): boolean {
  return text.length <= 96 && ID.test(text);
}

/**
 * Asks the hub and hands the answer to `read`; the connection is closed when that is done.
 * @throws Unavailable where the hub cannot be reached, stalls, refuses or fails.
 */
export async function askHub<T>(
  url: string,
  { stallMilliseconds, signal, hub, model, ...init }: Question,
  read: (answer: HubAnswer) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { host } = new URL(url);
  const stop = new AbortController();
  const leave = () => stop.abort(signal.reason);
  signal.addEventListener('abort', leave);
  const timer = setTimeout(() => stop.abort(new Unavailable({ kind: 'stalled', host }, 'request')), stallMilliseconds);
  const explain = (cause: unknown) =>
    stop.signal.aborted ? stop.signal.reason : new Unavailable({ kind: 'unreachable', host }, 'request', { cause });

  async function* bytesOf(response: Response) {
    try {
      for await (const chunk of response.body ?? []) {
        timer.refresh();
        yield chunk;
      }
    } catch (error) {
      throw explain(error);
    }
  }

  try {
    const { response, record } = await follow(new URL(url), hub, { ...init, signal: stop.signal }).catch((error) => {
      throw explain(error);
    });
    const errorCode = response.headers.get('x-error-code');
    refuseFailures(response.status, errorCode, { host, model, hasToken: hub.token !== undefined });
    const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
    return await read({
      status: response.status,
      errorCode,
      record,
      start: start === undefined ? undefined : Number(start),
      bytes: bytesOf(response),
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    stop.abort();
  }
}

type Init = Pick<RequestInit, 'method' | 'signal'> & { headers?: Record<string, string> };

/**
 * Redirects are followed by hand: `x-repo-commit`, `x-linked-etag` and `x-linked-size` stand on the hub's own answer,
 * and the etag of the host it sends us to is another one, also of 64 digits, that says nothing of the content.
 */
async function follow(url: URL, hub: Hub, init: Init): Promise<{ response: Response; record: HubRecord }> {
  const { fetch } = await import('undici'); // takes 0.1 s, and most starts need no hub
  const linked = new Headers();
  let here = url;
  for (let hops = 0; hops <= REDIRECT_LIMIT; hops += 1) {
    const headers = new Headers(init.headers);
    // Compressed, the length of the answer would not be that of the file.
    headers.set('accept-encoding', 'identity');
    if (hub.token !== undefined && here.origin === new URL(hub.endpoint).origin) {
      headers.set('authorization', `Bearer ${hub.token}`);
    }
    const dispatcher = await dispatcherFor(here, hub.proxies);
    const route = dispatcher ? { dispatcher } : {};
    const response = await fetch(here, { ...init, ...route, headers: [...headers], redirect: 'manual' });
    for (const name of ['x-repo-commit', 'x-linked-etag', 'x-linked-size']) {
      const value = response.headers.get(name);
      if (value && !linked.has(name)) linked.set(name, value);
    }
    const known = init.method === 'HEAD' && linked.has('x-linked-etag') && linked.has('x-linked-size');
    if (known || !isRedirect(response.status)) {
      return { response, record: toRecord(linked, response, here.origin === url.origin) };
    }
    await response.body?.cancel();
    here = new URL(response.headers.get('location') ?? '', here);
  }
  throw new Error(`more than ${REDIRECT_LIMIT} redirects`);
}

function toRecord(linked: Headers, response: Response, fromHub: boolean): HubRecord {
  const linkedEtag = unquote(linked.get('x-linked-etag'));
  const etag = linkedEtag ?? unquote(response.headers.get('etag'));
  const size = linked.get('x-linked-size') ?? response.headers.get('content-length') ?? '';
  const commit = linked.get('x-repo-commit');
  return {
    commit: commit && COMMIT.test(commit) ? commit : undefined,
    etag,
    digest: digestOf(etag, linkedEtag !== undefined || fromHub, commit !== null),
    size: /^\d+$/.test(size) ? Number(size) : undefined,
  };
}

/** @param isHub whether it names commits: a plain mirror's etag of 40 digits may be anything */
function digestOf(etag: string | undefined, isOwn: boolean, isHub: boolean): Digest | undefined {
  if (etag === undefined || !isOwn) return undefined;
  if (SHA256.test(etag)) return { algorithm: 'sha256', hex: etag };
  return isHub && GIT_BLOB.test(etag) ? { algorithm: 'git', hex: etag } : undefined;
}

function unquote(etag: string | null): string | undefined {
  return etag?.replace(/^W\//, '').replaceAll('"', '') || undefined;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

interface Asked {
  host: string;
  model: string;
  hasToken: boolean;
}

function refuseFailures(status: number, errorCode: string | null, asked: Asked): void {
  if (status < 400 || status === 404 || status === 416) return;
  const { host, model, hasToken } = asked;
  if (errorCode === 'RepoNotFound') throw noSuchModel(host, model);
  if (errorCode === 'GatedRepo') throw new Unavailable({ kind: 'gated', host, hasToken });
  // The hub answers 401 for names that do not exist as well, so as not to give private ones away.
  if (status === 401 || status === 403) {
    throw new Unavailable({ kind: 'private', host, nearest: nearestKnownModel(model), hasToken });
  }
  if (status === 429) throw new Unavailable({ kind: 'hub-busy', host }, 'request');
  if (status >= 500) throw new Unavailable({ kind: 'hub-fails', host, status }, 'request');
  throw new Unavailable({ kind: 'hub-refuses', host, status });
}

export function noSuchModel(host: string, model: string): Unavailable {
  return new Unavailable({ kind: 'no-such-model', host, nearest: nearestKnownModel(model) });
}
