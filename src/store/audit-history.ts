import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How many runs of a channel are kept. */
const KEPT = 200;

/** One run of a pack, in figures alone. */
export interface AuditRun {
  pack: string;
  /** SHA-256 of the pack: runs of different ones are not compared. */
  packHash: string;
  /** As people name it, with its dtype. */
  model: string;
  /** Milliseconds since 1970. */
  at: number;
  verdict: string;
  /** Of the primary contrast, in log-odds, with its interval; null where it could not be interpreted. */
  effect: number | null;
  low: number | null;
  high: number | null;
}

/** What audits of a channel found. No image and no answer for a single image is kept. */
export class AuditHistory {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /** Resolves when the run is on the disk. */
  async add(channel: string, run: AuditRun): Promise<void> {
    await this.#database
      .insertInto('audit_runs')
      .values({ channel, ...run })
      .execute();
    const kept = this.#newest(channel).clearSelect().select('id').limit(KEPT);
    await this.#database.deleteFrom('audit_runs').where('channel', '=', channel).where('id', 'not in', kept).execute();
  }

  /** The channel's last runs, newest first. */
  async recent(channel: string, limit: number): Promise<AuditRun[]> {
    return this.#newest(channel).limit(limit).execute();
  }

  /** The last run in the channel of the same pack, unchanged, on the same model. */
  async last(
    channel: string,
    { packHash, model }: Pick<AuditRun, 'packHash' | 'model'>,
  ): Promise<AuditRun | undefined> {
    return this.#newest(channel)
      .where('packHash', '=', packHash)
      .where('model', '=', model)
      .limit(1)
      .executeTakeFirst();
  }

  #newest(channel: string) {
    return this.#database
      .selectFrom('audit_runs')
      .select(['pack', 'packHash', 'model', 'at', 'verdict', 'effect', 'low', 'high'])
      .where('channel', '=', channel)
      .orderBy('id', 'desc');
  }
}
