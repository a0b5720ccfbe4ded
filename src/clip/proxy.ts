import type { Dispatcher } from 'undici';

/** Addresses of proxies, and the hosts that are asked without one, as the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY have them. */
export interface Proxies {
  https: string | undefined;
  http: string | undefined;
  none: string | undefined;
}

/** The address of the proxy for `url`, or undefined where it is asked directly. */
export function proxyFor(url: URL, { https, http, none = '' }: Proxies): string | undefined {
  const rules = none.split(/[\s,]+/).filter((rule) => rule !== '');
  return rules.some((rule) => covers(rule, url)) ? undefined : url.protocol === 'https:' ? https : http;
}

/** `*`, `host`, `.host`, `*.host`, each with or without a port; a host stands for those below it as well. */
function covers(rule: string, { hostname, port, protocol }: URL): boolean {
  if (rule === '*') return true;
  const [, host = '', rulePort] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  if (rulePort !== undefined && rulePort !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  return hostname === host || hostname.endsWith(`.${host}`);
}

const dispatchers = new Map<string, Promise<Dispatcher>>();

/** What undici's fetch goes through for `url`: a proxy, or undefined. Each proxy's connections are kept and shared. */
export function dispatcherFor(url: URL, proxies: Proxies): Promise<Dispatcher> | undefined {
  const proxy = proxyFor(url, proxies);
  if (proxy === undefined) return undefined;
  const dispatcher = dispatchers.get(proxy) ?? import('undici').then(({ ProxyAgent }) => new ProxyAgent(proxy));
  dispatchers.set(proxy, dispatcher);
  return dispatcher;
}
