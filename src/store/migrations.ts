import type { Migration } from 'kysely';

/** By name, in the order they run. One that has landed is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-label-sets': {
    async up(database) {
      await database.schema
        .createTable('label_sets')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('labels', 'text', (column) => column.notNull())
        .addColumn('template', 'text', (column) => column.notNull())
        .addColumn('preset', 'text')
        .execute();
      await database.schema.createIndex('label_sets_by_channel').on('label_sets').columns(['channel', 'id']).execute();
    },
  },
  '0002-follow-ups': {
    async up(database) {
      await database.schema
        .createTable('follow_ups')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'integer', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
      await database.schema.createIndex('follow_ups_by_age').on('follow_ups').column('at').execute();
    },
  },
  '0003-installations': {
    async up(database) {
      await database.schema
        .createTable('installations')
        .addColumn('workspace', 'text', (column) => column.primaryKey())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0004-channel-models': {
    async up(database) {
      await database.schema
        .createTable('channel_models')
        .addColumn('channel', 'text', (column) => column.primaryKey())
        .addColumn('model', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0005-audits': {
    async up(database) {
      await database.schema
        .createTable('audit_runs')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('pack', 'text', (column) => column.notNull())
        .addColumn('packHash', 'text', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('at', 'integer', (column) => column.notNull())
        .addColumn('verdict', 'text', (column) => column.notNull())
        .addColumn('effect', 'real')
        .addColumn('low', 'real')
        .addColumn('high', 'real')
        .execute();
      await database.schema.createIndex('audit_runs_by_channel').on('audit_runs').columns(['channel', 'id']).execute();
      await database.schema
        .createTable('audit_schedules')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('pack', 'text', (column) => column.notNull())
        .addColumn('expression', 'text', (column) => column.notNull())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('locale', 'text', (column) => column.notNull())
        .addColumn('due', 'integer', (column) => column.notNull())
        .addUniqueConstraint('audit_schedules_by_pack', ['channel', 'pack'])
        .execute();
      await database.schema.createIndex('audit_schedules_by_due').on('audit_schedules').column('due').execute();
    },
  },
  '0006-examples': {
    async up(database) {
      await database.schema
        .createTable('examples')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('label', 'text', (column) => column.notNull())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('addition', 'text', (column) => column.notNull())
        .addColumn('at', 'integer', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('vector', 'blob', (column) => column.notNull())
        .execute();
      await database.schema.createIndex('examples_by_channel').on('examples').columns(['channel', 'id']).execute();
    },
  },
  '0007-allowed-packs': {
    async up(database) {
      await database.schema
        .createTable('allowed_packs')
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('pack', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('allowed_packs_key', ['channel', 'pack'])
        .execute();
    },
  },
  '0008-audit-styles': {
    async up(database) {
      await database.schema
        .alterTable('audit_runs')
        .addColumn('style', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
    },
  },
};
