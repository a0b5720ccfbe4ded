import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Which model answers in a channel, where it was chosen. */
export class ChannelModels {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /** The model's name, or undefined where the default answers. */
  async current(channel: string): Promise<string | undefined> {
    const row = await this.#database
      .selectFrom('channel_models')
      .select('model')
      .where('channel', '=', channel)
      .executeTakeFirst();
    return row?.model;
  }

  /** Resolves when the choice is on the disk; without a model, it is the default again. */
  async change(channel: string, model: string | undefined): Promise<void> {
    if (model === undefined) {
      await this.#database.deleteFrom('channel_models').where('channel', '=', channel).execute();
      return;
    }
    await this.#database
      .insertInto('channel_models')
      .values({ channel, model })
      .onConflict((conflict) => conflict.column('channel').doUpdateSet({ model }))
      .execute();
  }
}
