import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';

/**
 * Opens the one SQLite file under `folder`, made and migrated where needed.
 * `synchronous=FULL`: what was acknowledged is on the disk, whatever ends the process.
 */
export async function openDatabase(folder: string): Promise<Kysely<Tables>> {
  mkdirSync(folder, { recursive: true });
  const file = new Database(join(folder, 'cliplens.sqlite'));
  file.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000');
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => MIGRATIONS },
  }).migrateToLatest();
  if (error) throw error;
  return database;
}
