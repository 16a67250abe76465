import { ApiError } from '@krate/resource-model';
import { StoreError } from '@krate/resource-store';

/**
 * How databases and their drivers say that they cannot be had at the moment: connections refused, cut or not given in time,
 * servers that start, stop or are full, a disk that takes no more.
 */
const CODES =
  /^(E(CONNREFUSED|CONNRESET|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH)|08...|53...|57P0[123]|SQLITE_(BUSY|FULL|IOERR).*)$/;
/** knex puts the statement before what the driver said. */
const MESSAGES =
  /(^| - )(Connection (terminated|ended)|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired$|Knex: Timeout acquiring a connection)/;

/** The refusal for a request that failed because a database is away; undefined when something else is wrong. */
export function outageOf(error: unknown): ApiError | undefined {
  if (!isOutage(error)) return undefined;
  return new ApiError('ServiceUnavailable', 'The database does not answer at the moment; try again', {
    retryAfterSeconds: 1,
  });
}

function isOutage(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'unavailable';
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // Refused by several addresses of one host.
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  return (typeof code === 'string' && CODES.test(code)) || MESSAGES.test(error.message);
}
