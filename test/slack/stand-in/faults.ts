import type { IncomingMessage, ServerResponse } from 'node:http';
import { closedGate } from '../../gate.ts';

/** How the next answers differ from those of a healthy Slack. */
export interface Fault {
  /** The name of a Web API method, or what a path matches. */
  method: string | RegExp;
  /** One if left out. */
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Breaks the connection, before the call takes effect or after it. */
  destroy?: 'before' | 'after';
}

/** A request that waits before anything happens. */
export interface Held {
  /** Resolves once it is here. */
  readonly arrived: Promise<void>;
  release(): void;
}

/** Faults that wait for a request. */
export class Faults {
  #waiting: { fault: Fault; left: number; hold: () => Promise<void> }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1, hold: async () => {} });
  }

  /** As `add`, for one request, which also waits until it is released. */
  hold(fault: Fault): Held {
    const [arrival, hold] = [closedGate(), closedGate()];
    const wait = () => {
      arrival.open();
      return hold.opened;
    };
    this.#waiting.push({ fault, left: 1, hold: wait });
    return { arrived: arrival.opened, release: hold.open };
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Answers in Slack's place where a fault says so, else has `answer` do it. */
  async around(request: IncomingMessage, response: ServerResponse, answer: () => Promise<void>): Promise<void> {
    const { fault, hold } = this.#take(request.url ?? '') ?? {};
    await hold?.();
    if (fault?.destroy === 'before') {
      request.socket.destroy();
    } else if (fault?.status !== undefined) {
      request.resume();
      const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? { ok: false });
      response.writeHead(fault.status, fault.headers).end(body);
    } else if (fault?.destroy === 'after') {
      // Whatever is answered stays unsent.
      response.end = () => {
        request.socket.destroy();
        return response;
      };
      await answer();
    } else {
      await answer();
    }
  }

  #take(url: string) {
    const path = url.split('?')[0] ?? '';
    const found = this.#waiting.find(({ fault: { method } }) =>
      typeof method === 'string' ? path === `/api/${method}` : method.test(path),
    );
    if (!found) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#waiting = this.#waiting.filter((one) => one !== found);
    return found;
  }
}
