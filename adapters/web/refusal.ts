import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../../src/chat/locale.ts';
import type { Failure } from './answer.ts';
import { REFUSALS, type Refusal } from './texts.ts';

const KINDS: Readonly<Record<Refusal, { status: ContentfulStatusCode; code: string }>> = {
  'not-multipart': { status: 400, code: 'bad-request' },
  'broken-form': { status: 400, code: 'bad-request' },
  'command-missing': { status: 400, code: 'bad-request' },
  'image-not-file': { status: 400, code: 'bad-request' },
  'archive-not-file': { status: 400, code: 'bad-request' },
  'file-elsewhere': { status: 400, code: 'bad-request' },
  'body-too-large': { status: 413, code: 'body-too-large' },
  'foreign-host': { status: 403, code: 'forbidden' },
  'foreign-page': { status: 403, code: 'forbidden' },
  'not-found': { status: 404, code: 'not-found' },
  stopping: { status: 503, code: 'stopping' },
};

/** A request that is refused before it reaches dispatch. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal, options);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

/** The body and the HTTP status that tell a refusal. */
export function describeRefusal(refusal: Refusal, locale: Locale): { body: Failure; status: ContentfulStatusCode } {
  const { status, code } = KINDS[refusal];
  return { body: { error: { code, message: REFUSALS[locale][refusal] } }, status };
}
