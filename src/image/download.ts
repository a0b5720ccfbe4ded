import { UserError } from '../errors.ts';
import { MAX_BYTES } from './decode.ts';

const TIME_LIMIT = 20_000;
const MAX_REDIRECTS = 3;

/** An answer as it begins; its body is read piece by piece, or closed. */
interface Opened {
  status: number;
  location: string | undefined;
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  close(): void;
}

export type Open = (
  url: URL,
  init: { headers: Readonly<Record<string, string>>; signal: AbortSignal },
) => Promise<Opened>;

/** What is too large, and how that is told. */
interface SizeLimit {
  /** A file must be smaller. */
  bytes: number;
  refuse(name: string): UserError;
}

const IMAGE_SIZE: SizeLimit = {
  bytes: MAX_BYTES,
  refuse: (name) => new UserError('image-too-large', { name, megabytes: MAX_BYTES / 1e6 }),
};

export interface Source {
  name: string;
  url: string;
  /** Whether an image may be fetched from there. Asked for the address itself and for every redirect. */
  isTrusted(url: URL): boolean | Promise<boolean>;
  /** Sent to trusted addresses alone. */
  headers?: Readonly<Record<string, string>>;
  /** That of an image unless said otherwise. */
  limit?: SizeLimit;
  /** Opens an address that is trusted, where not any connection will do. */
  open?: Open;
}

/**
 * Fetches a file from a host that is trusted, up to the size that is read at all, within twenty seconds.
 * What the bytes are is not asked here: `decode` looks at them.
 * @throws UserError `image-unreadable` where there is nothing to be had; what `limit` says as soon as there is too much
 */
export async function download(source: Source): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(TIME_LIMIT);
  try {
    return await read(await request(source, signal), source);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('image-unreadable', { name: source.name }, { cause });
  }
}

/** Follows redirects by hand, so that none leads where it should not. */
async function request(source: Source, signal: AbortSignal): Promise<Opened> {
  const { name, url, isTrusted, headers = {}, open = openAny } = source;
  let here = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!(await isTrusted(here))) break;
    const opened = await open(here, { headers, signal });
    const { status, location } = opened;
    if (status >= 200 && status < 300) return opened;
    opened.close();
    if (status < 300 || status > 399 || location === undefined) break;
    here = new URL(location, here);
  }
  throw new UserError('image-unreadable', { name });
}

/** Opens an address like any other. */
export const openAny: Open = async (url, init) => {
  const { status, headers, body } = await fetch(url, { ...init, redirect: 'manual' });
  const location = headers.get('location') ?? undefined;
  return { status, location, body: body ?? [], close: () => void body?.cancel().catch(() => {}) };
};

async function read({ body, close }: Opened, { name, limit = IMAGE_SIZE }: Source): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      // Leaving the loop ends the transfer.
      if (length >= limit.bytes) throw limit.refuse(name);
      chunks.push(chunk);
    }
  } finally {
    close();
  }
  return Buffer.concat(chunks);
}
