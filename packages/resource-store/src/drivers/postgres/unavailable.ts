import { StoreError } from '../../ResourceStore';

/** PostgreSQL's class of "the value cannot be stored", such as a NUL character in a label. */
const DATA_EXCEPTION = /^22/;

/** What a failure of the database means to the caller. Everything but a bad value is an outage: nothing is acknowledged. */
export function unavailable(error: unknown, meaning: string): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = describe(error);
  const kind = DATA_EXCEPTION.test(code) ? 'invalid' : 'unavailable';
  return new StoreError(kind, `${meaning}: ${message}${code && ` (${code})`}`, undefined, { cause: error });
}

function describe(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    // A refused connection to several addresses has an empty message of its own.
    message: typeof message === 'string' && message ? message : 'PostgreSQL does not answer',
  };
}
