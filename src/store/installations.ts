import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What is needed to speak in a workspace that installed the app. What stands in a body is the adapter's to seal. */
export class Installations {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /** A new one takes the place of the old. */
  async keep(workspace: string, body: string): Promise<void> {
    await this.#database
      .insertInto('installations')
      .values({ workspace, body })
      .onConflict((conflict) => conflict.column('workspace').doUpdateSet({ body }))
      .execute();
  }

  async find(workspace: string): Promise<string | undefined> {
    const query = this.#database.selectFrom('installations').select('body').where('workspace', '=', workspace);
    return (await query.executeTakeFirst())?.body;
  }

  async drop(workspace: string): Promise<void> {
    await this.#database.deleteFrom('installations').where('workspace', '=', workspace).execute();
  }
}
