import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Tables } from './tables.ts';

/** The labels of a channel, with the template they are put into. */
export interface LabelSet {
  labels: readonly string[];
  template: string;
  /** The preset they came from, until they are changed. */
  preset: string | null;
}

/** How many changes of a channel can be undone. */
const KEPT = 20;

const labelsSchema = z.array(z.string());

export class LabelSets {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  async current(channel: string): Promise<LabelSet | undefined> {
    const row = await this.#newest(channel).executeTakeFirst();
    return row && { labels: labelsSchema.parse(JSON.parse(row.labels)), template: row.template, preset: row.preset };
  }

  /** Resolves when the change is on the disk. What is too old to be undone goes; that needs no transaction. */
  async change(channel: string, { labels, template, preset }: LabelSet): Promise<void> {
    const row = { channel, labels: JSON.stringify(labels), template, preset };
    await this.#database.insertInto('label_sets').values(row).execute();
    const kept = this.#newest(channel)
      .clearSelect()
      .select('id')
      .limit(KEPT + 1);
    await this.#database.deleteFrom('label_sets').where('channel', '=', channel).where('id', 'not in', kept).execute();
  }

  /** Takes the last change back. @returns whether there was one */
  async undo(channel: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('label_sets')
      .where('id', '=', this.#newest(channel).clearSelect().select('id'))
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  #newest(channel: string) {
    return this.#database
      .selectFrom('label_sets')
      .selectAll()
      .where('channel', '=', channel)
      .orderBy('id', 'desc')
      .limit(1);
  }
}
