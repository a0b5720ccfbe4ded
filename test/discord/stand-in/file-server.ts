import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type Behaviour, behave } from './behaviours.ts';

/** The newest are kept. */
const MOST_REQUESTS = 10_000;

/** One request for a file, and how it went. */
export interface FileRequest {
  path: string;
  headers: IncomingHttpHeaders;
  outcome: 'open' | 'finished' | 'aborted';
}

/** Serves files under signed URLs, each with a behaviour of its own. */
export class FileServer {
  readonly requests: FileRequest[] = [];
  url = '';
  readonly #files = new Map<string, { behaviour: Behaviour; type: string }>();

  /** @returns the URL to give to the bot; without its signature it is answered 404 */
  share(path: string, behaviour: Behaviour, type?: string): string {
    return this.put(`${path}?ex=${expiry()}&is=${expiry(-1)}&hm=${'0'.repeat(64)}`, behaviour, type);
  }

  /** For what has no signature. */
  put(path: string, behaviour: Behaviour, type = 'application/octet-stream'): string {
    this.#files.set(path, { behaviour, type });
    return `${this.url}${path}`;
  }

  withdraw(url: string): void {
    this.#files.delete(url.slice(this.url.length));
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const noted: FileRequest = { path, headers: request.headers, outcome: 'open' };
    this.requests.push(noted);
    if (this.requests.length > MOST_REQUESTS) this.requests.shift();
    response.on('close', () => {
      noted.outcome = response.writableFinished ? 'finished' : 'aborted';
    });
    const file = this.#files.get(path) ?? { behaviour: { kind: 'status', status: 404 }, type: 'text/plain' };
    await behave(file.behaviour, response, file.type);
  }
}

function expiry(days = 1): string {
  return Math.floor(Date.now() / 1000 + days * 86_400).toString(16);
}
