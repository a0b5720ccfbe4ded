import { Unavailable } from './download-retry.ts';

/** The hub's own record of a file. `sha256` is there for large files alone; `etag` names the version of any file. */
interface HubRecord {
  commit: string | undefined;
  etag: string | undefined;
  sha256: string | undefined;
  size: number | undefined;
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
  headers?: Record<string, string>;
  stallMilliseconds: number;
  signal: AbortSignal;
}

const REDIRECT_LIMIT = 5;
const ID = /^(?!.*(?:--|\.\.))\w(?:[\w.-]*\w)?\/\w(?:[\w.-]*\w)?$/;
const COMMIT = /^\w{1,64}$/;
const SHA256 = /^[0-9a-f]{64}$/;

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
  { stallMilliseconds, signal, ...init }: Question,
  read: (answer: HubAnswer) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { host } = new URL(url);
  const stop = new AbortController();
  const leave = () => stop.abort(signal.reason);
  signal.addEventListener('abort', leave);
  const timer = setTimeout(() => stop.abort(unreachable(host, 'sends nothing more')), stallMilliseconds);
  const explain = (error: unknown) =>
    stop.signal.aborted ? stop.signal.reason : unreachable(host, 'cannot be reached', error);

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
    const { response, record } = await follow(new URL(url), { ...init, signal: stop.signal }).catch((error) => {
      throw explain(error);
    });
    const errorCode = response.headers.get('x-error-code');
    refuseFailures(response.status, errorCode, host);
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

/**
 * Redirects are followed by hand: `x-repo-commit`, `x-linked-etag` and `x-linked-size` stand on the hub's own answer,
 * and the etag of the host it sends us to is another one, also of 64 digits, that says nothing of the content.
 */
async function follow(url: URL, init: RequestInit): Promise<{ response: Response; record: HubRecord }> {
  const linked = new Headers();
  let here = url;
  for (let hops = 0; hops <= REDIRECT_LIMIT; hops += 1) {
    // Compressed, the length of the answer would not be that of the file.
    const headers = { ...init.headers, 'accept-encoding': 'identity' };
    const response = await fetch(here, { ...init, headers, redirect: 'manual' });
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
    sha256: etag && SHA256.test(etag) && (linkedEtag || fromHub) ? etag : undefined,
    size: /^\d+$/.test(size) ? Number(size) : undefined,
  };
}

function unquote(etag: string | null): string | undefined {
  return etag?.replace(/^W\//, '').replaceAll('"', '') || undefined;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function unreachable(host: string, what: string, cause?: unknown): Unavailable {
  return new Unavailable(`${host} ${what}; check the network and HF_ENDPOINT, then start again.`, 'request', { cause });
}

function refuseFailures(status: number, errorCode: string | null, host: string): void {
  if (status < 400 || status === 404 || status === 416) return;
  if (errorCode === 'RepoNotFound') throw noSuchModel(host);
  if (status === 401 || status === 403) {
    // The hub answers 401 for names that do not exist as well, so as not to give private ones away.
    const advice = 'check the spelling, choose a public model, or set CLIP_MODEL to a folder with its files.';
    throw new Unavailable(`on ${host} it is private or gated, or not there at all; ${advice}`);
  }
  if (status === 429) throw new Unavailable(`${host} gets too many requests; try again later.`, 'request');
  if (status >= 500) throw new Unavailable(`${host} is failing (${status}); try again later.`, 'request');
  throw new Unavailable(`${host} refuses the request (${status}); check HF_ENDPOINT.`);
}

export function noSuchModel(host: string): Unavailable {
  return new Unavailable(`${host} has no such model with a config.json; check the spelling of CLIP_MODEL.`);
}
