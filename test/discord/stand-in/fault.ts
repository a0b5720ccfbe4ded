/** How some answers of the REST side differ from those of a healthy Discord. The first that fits is taken. */
export interface Fault {
  method?: string;
  /** Tried on the path after `/api/v10`. */
  path?: RegExp;
  /** How many requests it hits: one, unless said otherwise. */
  times?: number;
  /** Answered instead of doing what was asked. */
  status?: number;
  headers?: Record<string, string>;
  body?: object | string;
  /** Milliseconds that the request is on its way here, by the stand-in's clock. */
  late?: number;
  /** What the answer waits for after the request took effect. */
  held?: Promise<void>;
  /** Resets the connection before or after the request takes effect; the bot cannot tell which. */
  destroy?: 'before' | 'after';
}

interface RateLimit {
  /** Seconds. */
  retryAfter: number;
  scope?: 'user' | 'shared' | 'global';
}

/** 429: of one route, or with the scope `global` of all. */
export function rateLimited({ retryAfter, scope = 'user' }: RateLimit): Fault {
  const isGlobal = scope === 'global';
  const ofRoute = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.now() / 1000 + retryAfter),
    'x-ratelimit-reset-after': String(retryAfter),
    'x-ratelimit-bucket': 'd721dea6054f4da6',
  };
  return {
    status: 429,
    headers: {
      'retry-after': String(retryAfter),
      'x-ratelimit-scope': scope,
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : ofRoute),
    },
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global: isGlobal },
  };
}

/** 500, 502 or 503, as the proxies before Discord word it. */
export function unavailable(status: 500 | 502 | 503): Fault {
  return { status, headers: { 'content-type': 'text/html' }, body: `<html><h1>${status}</h1></html>` };
}
