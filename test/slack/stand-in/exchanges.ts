import type { Exchange } from './exchange.ts';

interface Trace {
  channel?: string | undefined;
  threadTs?: string | undefined;
  user?: string | undefined;
  text?: string | undefined;
}

/**
 * Says which exchange something the app does belongs to. Trigger ids, response urls and threads tell exactly; for the
 * rest it is the latest of the same person in the channel, or the latest there. A bench that needs to be exact gives
 * every person a channel or a thread of their own.
 */
export class Exchanges {
  readonly #live = new Set<Exchange>();
  readonly #byChannel = new Map<string, Set<Exchange>>();

  add(exchange: Exchange): void {
    this.#live.add(exchange);
    const channel = exchange.where?.id ?? '';
    const there = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, there.add(exchange));
  }

  forget(exchange: Exchange): void {
    this.#live.delete(exchange);
    const channel = exchange.where?.id ?? '';
    const there = this.#byChannel.get(channel);
    there?.delete(exchange);
    if (there?.size === 0) this.#byChannel.delete(channel);
    exchange.dispose();
  }

  get size(): number {
    return this.#live.size;
  }

  find({ channel = '', threadTs, user, text = '' }: Trace): Exchange | undefined {
    const there = [...(this.#byChannel.get(channel) ?? [])];
    return (
      there.findLast((exchange) => threadTs !== undefined && exchange.threadTs === threadTs) ??
      there.findLast((exchange) => user === exchange.by.id) ??
      there.findLast((exchange) => text.includes(`<@${exchange.by.id}>`)) ??
      there.at(-1) ??
      this.#elsewhere(user)
    );
  }

  /** A shortcut or a form may be answered in a channel it does not come from. */
  #elsewhere(user: string | undefined): Exchange | undefined {
    const all = [...this.#live];
    return all.findLast(({ by }) => user === by.id) ?? (user === undefined ? all.at(-1) : undefined);
  }
}
