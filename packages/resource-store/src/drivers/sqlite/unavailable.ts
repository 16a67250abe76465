import { StoreError } from '../../ResourceStore';

/** Turns an error of SQLite into `unavailable`, saying what it means for the caller; other errors pass unchanged. */
export function unavailable(error: unknown, meaning: string): unknown {
  if (!isSqliteError(error)) return error;
  return new StoreError('unavailable', `${meaning}: ${error.message} (${error.code})`, undefined, {
    cause: error,
  });
}

/** By name: the native part of better-sqlite3 lives once per process, so its class may stem from another module realm. */
function isSqliteError(error: unknown): error is Error & { code: string } {
  return typeof error === 'object' && error !== null && (error as Error).name === 'SqliteError';
}
