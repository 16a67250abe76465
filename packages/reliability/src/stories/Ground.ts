import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory from 'knex';
import { freePort } from '../server/freePort';
import { Server } from '../server/Server';
import { ServerSettings } from '../server/ServerSettings';

/** Where one story takes place: a directory, a schema where there is a database, and servers on both, all gone in the end. */
export class Ground {
  readonly servers: Server[] = [];

  private constructor(
    readonly directory: string,
    private readonly database?: { url: string; schema: string },
  ) {}

  /** On SQLite; with the address of a PostgreSQL, in a new schema there. */
  static async prepare(url?: string): Promise<Ground> {
    const directory = await mkdtemp(join(tmpdir(), 'krate-reliability-'));
    if (!url) return new Ground(directory);
    const schema = `s${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    await onDatabase(url, `create schema ${schema}`);
    return new Ground(directory, { url, schema });
  }

  /** A server, not started. Those of one ground share the database and the outside world. */
  async server(changes: Partial<ServerSettings> = {}): Promise<Server> {
    const server = new Server({
      name: String.fromCharCode(97 + this.servers.length),
      port: await freePort(),
      directory: this.directory,
      database: this.database,
      world: this.world,
      ...changes,
    });
    this.servers.push(server);
    return server;
  }

  /** How often each effect was performed in the outside world. */
  async timesPerformed(): Promise<number[]> {
    const text = await readFile(this.world, 'utf8').catch(() => '');
    const times = new Map<string, number>();
    for (const line of text.split('\n').filter(Boolean)) {
      const [id] = line.split(' ');
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    return [...times.values()];
  }

  async clear(): Promise<void> {
    for (const server of this.servers) {
      server.thaw();
      await server.kill();
    }
    await rm(this.directory, { recursive: true, force: true });
    if (this.database) {
      await onDatabase(this.database.url, `drop schema if exists ${this.database.schema} cascade`);
    }
  }

  private get world(): string {
    return join(this.directory, 'world');
  }
}

async function onDatabase(url: string, statement: string): Promise<void> {
  const knex = knexFactory({ client: 'pg', connection: url });
  try {
    await knex.raw(statement);
  } finally {
    await knex.destroy();
  }
}
