import { clearTimeout, setTimeout } from 'node:timers';
import { unavailable } from './unavailable';

/** What the driver uses of a connection of `pg`. */
export interface PgConnection {
  query(statement: string | { name?: string; text: string; values?: unknown[] }): Promise<unknown>;
  on(event: 'notification' | 'end' | 'error', listener: (told?: { payload?: string }) => void): unknown;
  off(event: 'notification' | 'end' | 'error', listener: (told?: { payload?: string }) => void): unknown;
  connection?: { stream?: { destroy(error?: Error): void } };
  /** Set on a connection that must not be used again; knex then drops it from its pool. */
  __knex__disposed?: unknown;
}

/** A statement that is prepared once per connection, under its name. */
export interface Statement {
  name: string;
  text: string;
}

interface Result {
  rows: unknown[];
}

/**
 * One connection in use. Every statement has a deadline of its own: a server that is frozen, or a network that swallows
 * packets, never answers and never fails. After it the connection is cut, since its answer could come at any time.
 */
export class Session {
  constructor(
    readonly connection: PgConnection,
    private readonly timeoutMs: number,
  ) {}

  /** Runs a prepared statement. Rejects with `unavailable`, or `invalid` for values that PostgreSQL cannot store. */
  async run<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.send({ ...statement, values: [...values] }, this.timeoutMs);
    return (result as Result).rows as Row[];
  }

  /** Runs a statement whose text varies. */
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.send({ text, values: [...values] }, this.timeoutMs);
    return (result as Result).rows as Row[];
  }

  /** Runs several statements in one round trip and returns the rows of the last. They take no values. */
  async script<Row>(statements: readonly string[], timeoutMs = this.timeoutMs): Promise<Row[]> {
    const result = await this.send(statements.join('; '), timeoutMs);
    const results = (Array.isArray(result) ? result : [result]) as Result[];
    return results.at(-1)!.rows as Row[];
  }

  /** Takes the connection out of use. */
  discard(reason: unknown): void {
    this.connection.__knex__disposed ??= reason;
    this.connection.connection?.stream?.destroy();
  }

  private async send(statement: Parameters<PgConnection['query']>[0], timeoutMs: number): Promise<unknown> {
    // Beyond the server's own timeouts, which answer with a reason while it can still speak.
    const timer = setTimeout(() => this.discard(new Error('no answer in time')), timeoutMs + 1000);
    try {
      return await this.connection.query(statement);
    } catch (error) {
      if (!isAnswer(error)) this.discard(error);
      throw unavailable(error, 'The database did not carry out a statement');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether the server itself refused; anything else leaves the connection in an unknown state. */
function isAnswer(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return (
    typeof code === 'string' &&
    /^[0-9A-Z]{5}$/.test(code) &&
    !code.startsWith('57P') &&
    !code.startsWith('08')
  );
}
