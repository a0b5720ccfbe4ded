import type { ApiRequest } from './api-request.ts';

/** @returns the body of a 200, or nothing for a 204 */
type Handler = (request: ApiRequest, ...ids: string[]) => object | undefined;

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly needsToken: boolean;
  readonly handle: Handler;
}

/** @param path such as `/channels/:id/messages`; what stands for `:id` is given to `handle` */
export function route(method: string, path: string, handle: Handler): Route {
  const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`);
  // The token in these paths stands for the bot's own.
  const needsToken = !path.startsWith('/interactions/') && !path.startsWith('/webhooks/');
  return { method, path: pattern, needsToken, handle };
}
