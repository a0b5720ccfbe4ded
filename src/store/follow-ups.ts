import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

const DAY = 24 * 60 * 60 * 1000;
const KEPT = 30 * DAY;

/** What the buttons of an answer do, kept for thirty days, so that they go on working after a restart. */
export class FollowUps {
  readonly #database: Kysely<Tables>;
  readonly #now: () => number;

  /** @param now milliseconds since 1970 */
  constructor(database: Kysely<Tables>, now: () => number = Date.now) {
    this.#database = database;
    this.#now = now;
  }

  /** @returns the id to find it by */
  async keep(body: string): Promise<string> {
    const [id, at] = [randomUUID(), this.#now()];
    await this.#database.insertInto('follow_ups').values({ id, at, body }).execute();
    await this.#database
      .deleteFrom('follow_ups')
      .where('at', '<', at - KEPT)
      .execute();
    return id;
  }

  /** The body as it was kept, while it is. */
  async find(id: string): Promise<string | undefined> {
    const row = await this.#database.selectFrom('follow_ups').select('body').where('id', '=', id).executeTakeFirst();
    return row?.body;
  }
}
