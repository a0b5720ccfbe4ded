import type { MiddlewareHandler } from 'hono';
import { RefusalError } from './refusal.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Tells the browser to load nothing from elsewhere and to let nobody frame or embed what is here. */
export const protectiveHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('content-security-policy', POLICY);
  c.header('x-content-type-options', 'nosniff');
  c.header('x-frame-options', 'DENY');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-resource-policy', 'same-origin');
};

/**
 * Refuses requests for another host while bound to loopback: a page elsewhere may have its own name resolve to
 * 127.0.0.1 and would then count as ours (DNS rebinding). Any port will do, since it may be forwarded.
 */
export function onlyOwnHost(bound: string): MiddlewareHandler {
  const names = new Set(['localhost', '127.0.0.1', '[::1]', hostInUrl(bound)]);
  return async (c, next) => {
    if (isLoopback(bound) && !names.has(hostname(c.req.header('host')))) throw new RefusalError('foreign-host');
    await next();
  };
}

/** Refuses what another site's page makes a browser send. Scripts, which tell no origin, pass. */
export const onlyOwnPages: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin');
  const foreign = origin !== undefined && parseUrl(origin)?.host !== c.req.header('host')?.toLowerCase();
  if (foreign || c.req.header('sec-fetch-site') === 'cross-site') throw new RefusalError('foreign-page');
  await next();
};

/** A host as it stands in an address: IPv6 in brackets. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether an address or name is this machine's own; IPv4 may come dressed as IPv6. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(host);
}

function hostname(header: string | undefined): string {
  return parseUrl(`http://${header}`)?.hostname ?? '';
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
