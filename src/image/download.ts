import { UserError } from '../errors.ts';
import { MAX_BYTES } from './decode.ts';

const TIME_LIMIT = 20_000;
const MAX_REDIRECTS = 3;

export interface Source {
  name: string;
  url: string;
  /** Whether an image may be fetched from there. Asked for the address itself and for every redirect. */
  isTrusted(url: URL): boolean | Promise<boolean>;
  /** Sent to trusted addresses alone. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * Fetches an image from a host that is trusted, up to the size that is read at all, within twenty seconds.
 * What the bytes are is not asked here: `decode` looks at them.
 * @throws UserError `image-unreadable` where there is nothing to be had, `image-too-large` as soon as it is
 */
export async function download(source: Source): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(TIME_LIMIT);
  try {
    return await read(await request(source, signal), source.name);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('image-unreadable', { name: source.name }, { cause });
  }
}

/** Follows redirects by hand, so that none leads where it should not. */
async function request({ name, url, isTrusted, headers = {} }: Source, signal: AbortSignal): Promise<Response> {
  let here = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!(await isTrusted(here))) break;
    const response = await fetch(here, { headers, signal, redirect: 'manual' });
    const location = response.headers.get('location');
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status < 300 || response.status > 399 || location === null) break;
    here = new URL(location, here);
  }
  throw new UserError('image-unreadable', { name });
}

async function read(response: Response, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop ends the transfer.
    if (length >= MAX_BYTES) throw new UserError('image-too-large', { name, megabytes: MAX_BYTES / 1e6 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
