import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Which harmful packs a channel's managers have turned on. */
export class AllowedPacks {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  async has(channel: string, pack: string): Promise<boolean> {
    const query = this.#database.selectFrom('allowed_packs').select('pack').where('channel', '=', channel);
    return (await query.where('pack', '=', pack).executeTakeFirst()) !== undefined;
  }

  /** Resolves when it is on the disk. */
  async allow(channel: string, pack: string): Promise<void> {
    await this.#database
      .insertInto('allowed_packs')
      .values({ channel, pack })
      .onConflict((conflict) => conflict.columns(['channel', 'pack']).doNothing())
      .execute();
  }

  async forbid(channel: string, pack: string): Promise<void> {
    await this.#database.deleteFrom('allowed_packs').where('channel', '=', channel).where('pack', '=', pack).execute();
  }
}
