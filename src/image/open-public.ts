import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { UserError } from '../errors.ts';
import type { Open } from './download.ts';
import { isPublicAddress } from './public-address.ts';

type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true });

/** Whether somebody's address may be asked for at all: https, no name and password, and no address of a private network. */
export function isPublicUrl({ protocol, username, password, hostname }: URL): boolean {
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 || isPublicAddress(literal);
}

/**
 * Resolves a name for a connection, and only to addresses of the public internet. Since the connection is made to what
 * is checked here, a name that resolves differently the next time (DNS rebinding) gains nothing.
 */
export function publicLookup(resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    const fail = (error: Error) => callback(error, []);
    resolve(hostname).then((addresses) => {
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        fail(new UserError('address-refused', { address: hostname }));
      } else if (options.all) {
        callback(null, [...addresses]);
      } else {
        callback(null, first.address, first.family);
      }
    }, fail);
  };
}

/**
 * Opens an https address, connecting to what `lookup` gives for its name. The process's own agent may go through a proxy
 * (NODE_USE_ENV_PROXY), which would look the name up by itself: so it has one to itself.
 */
export function openAt(lookup: LookupFunction, agent = new Agent()): Open {
  return async (url, { headers, signal }) => {
    const asked = request(url, { headers: { ...headers }, signal, lookup, agent });
    asked.end();
    const [response]: IncomingMessage[] = await once(asked, 'response');
    if (!response) throw new Error('no response');
    return {
      status: response.statusCode ?? 0,
      location: response.headers.location,
      body: response,
      close: () => void response.destroy(),
    };
  };
}

/** Opens an https address that was given by somebody, where all it resolves to is public. */
export const openPublic: Open = openAt(publicLookup());
