import knexFactory, { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EffectStore } from '../effects/EffectStore';
import { migrateEffects } from '../effects/migrateEffects';

/** A real SQLite database in memory with the table of effects. */
export async function anEffectDatabase(): Promise<{ knex: Knex; store: EffectStore }> {
  const knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  await migrateEffects(knex);
  return { knex, store: new EffectStore(knex) };
}

/** A logger that keeps what it was told. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];
  error = (message: string, meta?: unknown) => this.keep('error', message, meta);
  warn = (message: string) => this.keep('warn', message);
  info = (message: string) => this.keep('info', message);
  debug = (message: string) => this.keep('debug', message);
  child = () => this;

  private keep(level: string, message: string, meta?: unknown): void {
    this.lines.push(`${level}: ${message}${meta instanceof Error ? ` (${meta.message})` : ''}`);
  }
}

/** Waits until `check` stops throwing; fails with its last error after `timeout` ms of real time. */
export async function eventually(check: () => unknown | Promise<unknown>, timeout = 3_000): Promise<void> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
}
