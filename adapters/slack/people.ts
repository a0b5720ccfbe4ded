import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Locale, toLocale } from '../../src/chat/locale.ts';
import { PromiseCache } from '../../src/promise-cache.ts';
import { isDirect, type Visit } from './place.ts';
import { refusalOf } from './problems.ts';

const KEPT = 5000;
/** How long a change of language or of who is an admin may go unnoticed. */
const FRESH_MILLISECONDS = 10 * 60_000;
/** A form must open within three seconds, in whatever language. */
const HASTE_MILLISECONDS = 700;

interface Person {
  locale: Locale;
  isAdmin: boolean;
}

const STRANGER: Person = { locale: 'en', isAdmin: false };

/** What Slack tells of people: their language, and whether they manage a channel. */
export class People {
  readonly #people = new PromiseCache<Person>(KEPT);
  readonly #creators = new PromiseCache<string>(KEPT);
  readonly #log: Logger;
  #hasComplained = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  async locale(visit: Visit): Promise<Locale> {
    return (await this.#find(visit)).locale;
  }

  /** The language as far as it is known at once. */
  async localeInHaste(visit: Visit): Promise<Locale> {
    const waiting = new AbortController();
    const late = delay(HASTE_MILLISECONDS, STRANGER, { signal: waiting.signal }).catch(() => STRANGER);
    const { locale } = await Promise.race([this.#find(visit), late]);
    waiting.abort();
    return locale;
  }

  /** Admins and owners manage every channel, who made a channel manages it, and everybody their own direct messages. */
  async isManager(visit: Visit): Promise<boolean> {
    return isDirect(visit.place) || (await this.#find(visit)).isAdmin || this.#isCreator(visit);
  }

  async #find({ client, place: { team, user } }: Visit): Promise<Person> {
    const age = Math.floor(Date.now() / FRESH_MILLISECONDS);
    return this.#people.get(JSON.stringify([team, user, age]), () => this.#ask(client, user)).catch(() => STRANGER);
  }

  async #ask(client: Visit['client'], user: string): Promise<Person> {
    try {
      const { user: found } = await client.users.info({ user, include_locale: true });
      return { locale: toLocale(found?.locale), isAdmin: (found?.is_admin || found?.is_owner) === true };
    } catch (error) {
      if (refusalOf(error) !== 'missing_scope') throw error;
      this.#complain();
      return STRANGER;
    }
  }

  async #isCreator({ client, place: { channel, user } }: Visit): Promise<boolean> {
    const creator = await this.#creators
      .get(channel, async () => (await client.conversations.info({ channel })).channel?.creator ?? '')
      .catch(() => undefined);
    return creator === user;
  }

  #complain(): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    this.#log.warn(
      'Slack: the scope users:read is missing, so everybody is answered in English and nobody manages a channel. Add it and install the app again.',
    );
  }
}
