import type { IncomingHttpHeaders } from 'node:http';
import { type Listener, listen } from './listen.ts';

/** Another origin, which no token may ever reach. */
export class ForeignServer {
  readonly visits: { path: string; headers: IncomingHttpHeaders }[] = [];
  /** What it serves. */
  bytes: Uint8Array = new Uint8Array();
  readonly #listener: Listener;

  private constructor(listener: Listener) {
    this.#listener = listener;
  }

  static async start(): Promise<ForeignServer> {
    const listener = await listen(async (request, response) => {
      foreign.visits.push({ path: request.url ?? '', headers: request.headers });
      response.writeHead(200, { 'content-type': 'image/png' }).end(foreign.bytes);
    });
    const foreign = new ForeignServer(listener);
    return foreign;
  }

  get origin(): string {
    return this.#listener.origin;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }
}
