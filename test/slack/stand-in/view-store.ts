import type { Clock } from '../../clock.ts';
import type { Exchange } from './exchange.ts';
import type { Ids } from './ids.ts';
import { Refusal } from './refusal.ts';
import type { View, ViewContent } from './view.ts';
import type { Person } from './world.ts';

const TRIGGER_LIFETIME = 3_000;

interface Trigger {
  readonly exchange: Exchange;
  /** What is open in front of the person who gave the trigger. */
  readonly view: View | undefined;
  isUsed: boolean;
  expiresAt: number;
}

/** Views, and the trigger ids that let the app open them. */
export class ViewStore {
  readonly #views = new Map<string, View>();
  readonly #triggers = new Map<string, Trigger>();
  readonly #homes = new Map<string, View>();
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(ids: Ids, clock: Clock) {
    this.#ids = ids;
    this.#clock = clock;
  }

  trigger(exchange: Exchange, view?: View): string {
    const id = `${this.#ids.next('')}.${this.#ids.next('')}`;
    this.#triggers.set(id, { exchange, view, isUsed: false, expiresAt: this.#clock.now + TRIGGER_LIFETIME });
    exchange.owns(() => this.#triggers.delete(id));
    return id;
  }

  /** Lets three seconds pass for what an exchange was given. */
  expireTriggers(exchange: Exchange): void {
    for (const trigger of this.#triggers.values())
      if (trigger.exchange === exchange) trigger.expiresAt = Number.NEGATIVE_INFINITY;
  }

  /** Without using it up. */
  exchangeOf(trigger: string): Exchange | undefined {
    return this.#triggers.get(trigger)?.exchange;
  }

  /** @throws Refusal where the trigger was used or is too old */
  useTrigger(id: string): Trigger {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    if (this.#clock.now > trigger.expiresAt) throw new Refusal('expired_trigger_id');
    if (trigger.isUsed) throw new Refusal('exchanged_trigger_id');
    trigger.isUsed = true;
    return trigger;
  }

  open(content: ViewContent, person: Person, exchange: Exchange | undefined, previous?: View): View {
    const id = this.#ids.next('V');
    const view = { id, person, previous, exchange, content, hash: this.#hash(), updates: 0, isOpen: true };
    this.#views.set(view.id, view);
    exchange?.owns(() => this.#views.delete(view.id));
    this.#tell(view, exchange);
    return view;
  }

  update(view: View, content: ViewContent, exchange = view.exchange): void {
    view.content = content;
    view.hash = this.#hash();
    view.updates += 1;
    this.#tell(view, exchange);
  }

  publish(content: ViewContent, person: Person, exchange: Exchange | undefined): View {
    const known = this.#homes.get(person.id);
    if (known) {
      this.update(known, content, exchange);
      return known;
    }
    const view = this.open(content, person, exchange);
    this.#homes.set(person.id, view);
    exchange?.owns(() => this.#homes.delete(person.id));
    return view;
  }

  find(id: string | undefined, externalId?: string): View | undefined {
    if (id !== undefined) return this.#views.get(id);
    return [...this.#views.values()].find(
      ({ content }) => content.external_id === externalId && externalId !== undefined,
    );
  }

  home(person: Person): View | undefined {
    return this.#homes.get(person.id);
  }

  get size(): number {
    return this.#views.size + this.#triggers.size;
  }

  #hash(): string {
    return `${this.#ids.ts()}.hash`;
  }

  #tell(view: View, exchange: Exchange | undefined): void {
    exchange?.views.push(view);
    exchange?.changed();
  }
}
