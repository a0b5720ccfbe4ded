import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { ConfigError } from '../../src/config.ts';
import { type AppParts, createApp } from './app.ts';
import { loadAssets } from './assets.ts';
import { hostInUrl } from './guard.ts';

/** How long requests under way may take to end once the server stops. */
const STOP_MILLISECONDS = 10_000;

export interface WebParts extends Omit<AppParts, 'assets' | 'stopping'> {
  /** 0 for any free one. */
  port: number;
}

/**
 * Serves the chat page and its interface. `address` is where to open it.
 * `stop` takes no more requests, waits for those under way, then closes.
 * @throws ConfigError with one sentence when it cannot listen on this host and port.
 */
export async function startWeb(parts: WebParts): Promise<{ address: string; stop(): Promise<void> }> {
  const stopping = new AbortController();
  const assets = await loadAssets();
  const app = createApp({ ...parts, assets, stopping: stopping.signal });
  const server = createAdaptorServer({ fetch: app.fetch, hostname: parts.host });
  if (!('closeAllConnections' in server)) throw new Error('expected a server of HTTP/1');
  const port = await listen(server, parts.host, parts.port);
  return {
    address: `http://${hostInUrl(reachable(parts.host))}:${port}`,
    stop: async () => {
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      await Promise.race([closed, delay(STOP_MILLISECONDS, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explainListening(error, host, port);
  }
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : port;
}

function explainListening(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    const mend =
      'stop the program that uses it, or set WEB_PORT to another one, for example WEB_PORT=0 for any that is free';
    return new ConfigError(`Port ${port} is already in use: ${mend}.`, cause);
  }
  if (code === 'EACCES') {
    return new ConfigError(
      `Port ${port} needs more rights: set WEB_PORT to one above 1023, for example WEB_PORT=3000.`,
      cause,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const mend = 'set WEB_HOST to an address of this computer, for example WEB_HOST=127.0.0.1';
    return new ConfigError(`Nothing can listen on ${host}: ${mend}.`, cause);
  }
  return error;
}

/** Where a browser on this computer finds a host; "all addresses" is none to go to. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? 'localhost' : host;
}
