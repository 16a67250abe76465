import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase, { Database } from 'better-sqlite3';
import { migrate } from './migrations';
import { SqliteResourceStoreOptions } from './SqliteResourceStoreOptions';
import { unavailable } from './unavailable';

/** Opens the file for this process alone, sets its durability, brings its schema up to date. */
export function openDatabase({
  file,
  synchronous = 'FULL',
  lockTimeoutMs = 5000,
}: SqliteResourceStoreOptions): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new SqliteDatabase(file, { timeout: lockTimeoutMs });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    db.pragma(`synchronous = ${synchronous}`);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw unavailable(error, `Opening ${file} failed; is another process using it?`);
  }
}
