import type { Clock } from '../../clock.ts';
import type { Exchange } from './exchange.ts';
import type { Message } from './message.ts';
import type { Channel } from './world.ts';

const USES = 5;
const LIFETIME = 30 * 60_000;

/** An address at which the app may answer without being in the channel. */
export interface ResponseUrl {
  readonly exchange: Exchange;
  readonly channel: Channel;
  /** The message with the button, or what was last posted here. */
  original: Message | undefined;
  uses: number;
  expiresAt: number;
}

/** The response_urls that were given out. */
export class ResponseUrls {
  readonly #open = new Map<string, ResponseUrl>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns its path */
  open(id: string, exchange: Exchange, channel: Channel, original?: Message): string {
    const path = `/response/${id}`;
    this.#open.set(path, { exchange, channel, original, uses: 0, expiresAt: this.#clock.now + LIFETIME });
    exchange.owns(() => this.#open.delete(path));
    return path;
  }

  find(path: string): ResponseUrl | undefined {
    return this.#open.get(path);
  }

  /** @returns what is wrong with another use, if anything is */
  use(url: ResponseUrl): 'used_url' | 'expired_url' | undefined {
    if (this.#clock.now > url.expiresAt) return 'expired_url';
    url.uses += 1;
    return url.uses > USES ? 'used_url' : undefined;
  }

  /** Lets half an hour pass for all that an exchange was given. */
  expire(exchange: Exchange): void {
    for (const url of this.#open.values()) if (url.exchange === exchange) url.expiresAt = Number.NEGATIVE_INFINITY;
  }

  get size(): number {
    return this.#open.size;
  }
}
