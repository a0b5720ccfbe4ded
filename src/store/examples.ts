import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** One picture under one label, as its unit vector. */
export interface Example {
  label: string;
  actor: string;
  at: number;
  /** The fingerprint of the model that made the vector. */
  model: string;
  vector: Float32Array;
}

/** The examples that channels were taught. Pictures are never kept, only what a model made of them. */
export class Examples {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /** Changes whenever the channel's examples do, whichever process changed them; undefined where there are none. */
  async revision(channel: string): Promise<string | undefined> {
    const { count, last, sum } = await this.#database
      .selectFrom('examples')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('id').as('last'), fn.sum<number>('id').as('sum')])
      .where('channel', '=', channel)
      .executeTakeFirstOrThrow();
    return count === 0 ? undefined : [count, last, sum].join();
  }

  /** All of a channel, whatever their model, the oldest first. */
  async all(channel: string): Promise<Example[]> {
    const rows = await this.#database
      .selectFrom('examples')
      .select(['label', 'actor', 'at', 'model', 'vector'])
      .where('channel', '=', channel)
      .orderBy('id')
      .execute();
    return rows.map(({ vector, ...row }) => ({ ...row, vector: new Float32Array(vector) }));
  }

  /** The labels of a channel, whatever their model, in the order of the alphabet. */
  async labels(channel: string): Promise<string[]> {
    const rows = await this.#database
      .selectFrom('examples')
      .select('label')
      .distinct()
      .where('channel', '=', channel)
      .orderBy('label')
      .execute();
    return rows.map(({ label }) => label);
  }

  /** Resolves when they are on the disk. What is added in one call is taken back together. */
  async add(channel: string, examples: readonly Example[]): Promise<void> {
    const addition = randomUUID();
    const rows = examples.map(({ vector, ...example }) => ({
      ...example,
      channel,
      addition,
      vector: new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
    }));
    await this.#database.insertInto('examples').values(rows).execute();
  }

  /** Takes back what a person added last. @returns how many examples that were */
  async undo(channel: string, actor: string): Promise<number> {
    const last = this.#database
      .selectFrom('examples')
      .select('addition')
      .where('channel', '=', channel)
      .where('actor', '=', actor)
      .orderBy('id', 'desc')
      .limit(1);
    const { numDeletedRows } = await this.#database
      .deleteFrom('examples')
      .where('addition', '=', last)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  /** Forgets the examples of a channel, of one label or of one person alone where that is said. @returns how many */
  async forget(channel: string, only: { label?: string | undefined; actor?: string | undefined }): Promise<number> {
    let query = this.#database.deleteFrom('examples').where('channel', '=', channel);
    if (only.label !== undefined) query = query.where('label', '=', only.label);
    if (only.actor !== undefined) query = query.where('actor', '=', only.actor);
    return Number((await query.executeTakeFirstOrThrow()).numDeletedRows);
  }
}
