import { StoreError } from '@krate/resource-store';
import { outageOf } from './outageOf';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

describe('outageOf', () => {
  it.each([
    { reason: 'a store that is away', error: new StoreError('unavailable', 'closed') },
    { reason: 'a refused connection', error: withCode('ECONNREFUSED') },
    { reason: 'a host refused at every address', error: new AggregateError([withCode('ECONNREFUSED')], '') },
    { reason: 'a server that shuts down', error: withCode('57P01') },
    { reason: 'a server that starts', error: withCode('57P03') },
    { reason: 'too many connections', error: withCode('53300') },
    { reason: 'a full disk', error: withCode('SQLITE_FULL') },
    { reason: 'a lost connection', error: new Error('Connection terminated unexpectedly') },
    {
      reason: 'a connection lost during a statement',
      error: new Error('select * from "krate_token" where "hash" = $1 - Connection terminated unexpectedly'),
    },
    {
      reason: 'a connection that was lost before the statement',
      error: new Error('ROLLBACK - Client has encountered a connection error and is not queryable'),
    },
    {
      reason: 'a pool without a free connection',
      error: new Error('Knex: Timeout acquiring a connection. Is it full?'),
    },
    { reason: 'a server that answers nothing', error: new Error('Query read timeout') },
  ])('answers 503 and when to try again for $reason', ({ error }) => {
    expect(outageOf(error)).toMatchObject({ code: 503, details: { retryAfterSeconds: 1 } });
  });

  it.each([
    { reason: 'a refusal of the store', error: new StoreError('conflict', 'moved') },
    { reason: 'a mistake in a statement', error: withCode('42601') },
    { reason: 'a fault of ours', error: new TypeError('undefined is not a function') },
    { reason: 'no error at all', error: undefined },
  ])('leaves $reason alone', ({ error }) => {
    expect(outageOf(error)).toBeUndefined();
  });
});
