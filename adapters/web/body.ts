import { UserError } from '../../src/errors.ts';
import { BODY_LIMIT } from './limits.ts';
import { RefusalError } from './refusal.ts';

/** A share of the memory for uploads: `take` more of it while reading, `release` all of it once answered. */
export interface Lease {
  take(bytes: number): void;
  release(): void;
}

/** Bounds what all requests under way hold of uploads in memory together. */
export class UploadMemory {
  readonly #limit: number;
  #held = 0;

  constructor(limit = 4 * BODY_LIMIT) {
    this.#limit = limit;
  }

  /** The lease throws UserError `busy` when asked for more than there is. */
  lease(): Lease {
    let own = 0;
    return {
      take: (bytes) => {
        if (this.#held + bytes > this.#limit) throw new UserError('busy', {});
        this.#held += bytes;
        own += bytes;
      },
      release: () => {
        this.#held -= own;
        own = 0;
      },
    };
  }
}

/**
 * Reads a body whole, counting while it arrives, since a sender may tell no length or a wrong one.
 * @throws RefusalError `body-too-large` beyond `limit` bytes, `broken-form` where the sender breaks off; UserError `busy` where memory is short.
 */
export async function readBody(
  { headers, body }: Pick<Request, 'headers' | 'body'>,
  limit: number,
  lease: Lease,
): Promise<Blob> {
  if (Number(headers.get('content-length')) > limit) throw new RefusalError('body-too-large');
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of arriving(body)) {
    size += chunk.length;
    if (size > limit) throw new RefusalError('body-too-large');
    lease.take(chunk.length);
    chunks.push(chunk);
  }
  return new Blob(chunks);
}

async function* arriving(body: Request['body']): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* body ?? [];
  } catch (error) {
    throw new RefusalError('broken-form', { cause: error });
  }
}
