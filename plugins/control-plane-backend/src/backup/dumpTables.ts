import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import knexFactory, { Knex } from 'knex';
import { isPostgres } from '../runtime/openStore';
import { writeLines } from './ndjson';
import { BackedUpTable, TABLES } from './tables';

const PAGE = 500;

/** A row as it is in a file: bytes are text. */
export type PortableRow = Record<string, string | number | boolean | null | { base64: string }>;

/**
 * Writes the tables of one moment, each to its file, while work goes on. Answers the number of rows by table.
 *
 * @param keep - rows for which it answers false are left out
 */
export async function dumpTables(
  knex: Knex,
  options: { fileOf(table: string): string; keep(table: string, row: PortableRow): boolean; folder: string },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await withSnapshot(knex, options.folder, async snapshot => {
    for (const table of TABLES) {
      const lines = writeLines(options.fileOf(table.name));
      for await (const row of rowsOf(snapshot, table))
        if (options.keep(table.name, row)) await lines.write(row);
      counts[table.name] = await lines.close();
    }
  });
  return counts;
}

/** On PostgreSQL a transaction that sees one moment; on SQLite a copy of the file, since a transaction would keep writers out. */
async function withSnapshot(knex: Knex, folder: string, work: (snapshot: Knex) => Promise<void>) {
  if (isPostgres(knex)) {
    await knex.transaction(work, { isolationLevel: 'repeatable read', readOnly: true });
    return;
  }
  const filename = join(folder, `.tables-${randomUUID()}.sqlite`);
  await copySqlite(knex, filename);
  const copy = knexFactory({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  try {
    await work(copy);
  } finally {
    await copy.destroy();
    await rm(filename, { force: true });
  }
}

/**
 * Copies over the connection that everybody writes with, since then writes reach the copy instead of beginning it anew. It is
 * given back at once: others work with it meanwhile.
 */
async function copySqlite(knex: Knex, file: string): Promise<void> {
  const connection: Database = await knex.client.acquireConnection();
  await knex.client.releaseConnection(connection);
  await connection.backup(file);
}

async function* rowsOf(snapshot: Knex, { name, key }: BackedUpTable): AsyncGenerator<PortableRow> {
  const columns = key.map(() => '??').join(', ');
  const values = key.map(() => '?').join(', ');
  let after: unknown[] | undefined;
  for (;;) {
    const page = snapshot(name)
      .orderBy([...key])
      .limit(PAGE);
    if (after) void page.whereRaw(`(${columns}) > (${values})`, [...key, ...after] as string[]);
    const rows: Record<string, unknown>[] = await page;
    yield* rows.map(portable);
    if (rows.length < PAGE) return;
    after = key.map(column => rows.at(-1)![column]);
  }
}

function portable(row: Record<string, unknown>): PortableRow {
  const values = Object.entries(row).map(([column, value]) => [
    column,
    Buffer.isBuffer(value) ? { base64: value.toString('base64') } : value,
  ]);
  return Object.fromEntries(values);
}
