import type { Kysely, Selectable } from 'kysely';
import type { Tables } from './tables.ts';

export type Schedule = Selectable<Tables['audit_schedules']>;

/** Which packs run in a channel by themselves, and when next: one schedule for each pack. */
export class Schedules {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /**
   * One of the same pack is replaced.
   * @param limit of schedules in a channel, held in the same statement, so that two processes do not pass it together
   * @returns whether there was room
   */
  async keep(schedule: Omit<Schedule, 'id'>, limit: number): Promise<boolean> {
    const { channel, pack, expression, zone, locale, due } = schedule;
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto('audit_schedules')
      .columns(['channel', 'pack', 'expression', 'zone', 'locale', 'due'])
      .expression((build) =>
        this.#database
          .selectNoFrom(({ val }) => [
            val(channel).as('channel'),
            val(pack).as('pack'),
            val(expression).as('expression'),
            val(zone).as('zone'),
            val(locale).as('locale'),
            val(due).as('due'),
          ])
          .where(
            build
              .selectFrom('audit_schedules')
              .select(({ fn }) => fn.countAll().as('others'))
              .where('channel', '=', channel)
              .where('pack', '!=', pack),
            '<',
            limit,
          ),
      )
      .onConflict((conflict) => conflict.columns(['channel', 'pack']).doUpdateSet({ expression, zone, locale, due }))
      .executeTakeFirstOrThrow();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async ofChannel(channel: string): Promise<Schedule[]> {
    return this.#all().where('channel', '=', channel).orderBy('pack').execute();
  }

  /** Those that are to run by `now`, the longest due first. */
  async dueBy(now: number): Promise<Schedule[]> {
    return this.#all().where('due', '<=', now).orderBy('due').execute();
  }

  /**
   * Takes a due run for this process: of several that ask, one gets it.
   * @param next when it runs again
   */
  async claim({ id, due }: Schedule, next: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('audit_schedules')
      .set({ due: next })
      .where('id', '=', id)
      .where('due', '=', due)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** @returns whether there was one */
  async end(channel: string, pack: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('audit_schedules')
      .where('channel', '=', channel)
      .where('pack', '=', pack)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  #all() {
    return this.#database.selectFrom('audit_schedules').selectAll();
  }
}
