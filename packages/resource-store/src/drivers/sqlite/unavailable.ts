import SqliteDatabase from 'better-sqlite3';
import { StoreError } from '../../ResourceStore';

/** Turns an error of SQLite into `unavailable`, saying what it means for the caller; other errors pass unchanged. */
export function unavailable(error: unknown, meaning: string): unknown {
  if (!(error instanceof SqliteDatabase.SqliteError)) return error;
  return new StoreError('unavailable', `${meaning}: ${error.message} (${error.code})`, undefined, {
    cause: error,
  });
}
