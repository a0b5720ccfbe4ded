import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How many results of a channel are kept. */
const KEPT = 600;

/** What one run of a pack found in one style of its drawings, in figures alone. */
export interface AuditRun {
  pack: string;
  /** SHA-256 of the pack: runs of different ones are not compared. */
  packHash: string;
  style: string;
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

  /** Resolves when the run is on the disk, with one entry for each style. */
  async add(channel: string, run: readonly AuditRun[]): Promise<void> {
    if (run.length === 0) return;
    await this.#database
      .insertInto('audit_runs')
      .values(run.map((one) => ({ channel, ...one })))
      .execute();
    const kept = this.#newest(channel).clearSelect().select('id').limit(KEPT);
    await this.#database.deleteFrom('audit_runs').where('channel', '=', channel).where('id', 'not in', kept).execute();
  }

  /** What was found last in the channel, newest first; a run's styles in their order. */
  async recent(channel: string, limit: number): Promise<AuditRun[]> {
    return this.#newest(channel).clearOrderBy().orderBy('at', 'desc').orderBy('id').limit(limit).execute();
  }

  /** The last run in the channel of the same pack, unchanged, in the same style on the same model. */
  async last(
    channel: string,
    { packHash, style, model }: Pick<AuditRun, 'packHash' | 'style' | 'model'>,
  ): Promise<AuditRun | undefined> {
    return this.#newest(channel)
      .where('packHash', '=', packHash)
      .where('style', '=', style)
      .where('model', '=', model)
      .limit(1)
      .executeTakeFirst();
  }

  #newest(channel: string) {
    return this.#database
      .selectFrom('audit_runs')
      .select(['pack', 'packHash', 'style', 'model', 'at', 'verdict', 'effect', 'low', 'high'])
      .where('channel', '=', channel)
      .orderBy('id', 'desc');
  }
}
