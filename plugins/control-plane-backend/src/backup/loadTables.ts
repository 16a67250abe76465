import { Knex } from 'knex';
import { isPostgres } from '../runtime/openStore';
import type { PortableRow } from './dumpTables';
import { readLines } from './ndjson';
import { TABLES } from './tables';

const BATCH = 100;

/** Replaces what the tables hold by the rows of the files, in one transaction. */
export async function loadTables(
  knex: Knex,
  options: { tables: readonly string[]; fileOf(table: string): string },
): Promise<void> {
  await knex.transaction(async transaction => {
    for (const { name } of [...TABLES].reverse()) await transaction(name).delete();
    for (const { name } of TABLES.filter(table => options.tables.includes(table.name))) {
      const columns = await transaction(name).columnInfo();
      for await (const rows of inBatches(readLines<PortableRow>(options.fileOf(name))))
        await transaction(name).insert(rows.map(row => nativeOf(row, columns)));
      if (isPostgres(knex) && columns.id?.type === 'bigint') await goOnCounting(transaction, name);
    }
  });
}

/** Rows came with their numbers; the next one must be above them. */
async function goOnCounting(transaction: Knex.Transaction, table: string): Promise<void> {
  await transaction.raw(
    `SELECT setval(sequence, greatest((SELECT max(id) FROM ??), 1))
     FROM pg_get_serial_sequence(?, 'id') AS sequence WHERE sequence IS NOT NULL`,
    [table, table],
  );
}

/** SQLite has no booleans, and files have no bytes. */
function nativeOf(row: PortableRow, columns: Record<string, Knex.ColumnInfo>) {
  const values = Object.entries(row).map(([column, value]) => {
    if (value === null) return [column, null];
    if (typeof value === 'object') return [column, Buffer.from(value.base64, 'base64')];
    return [column, columns[column]?.type === 'boolean' ? Boolean(value) : value];
  });
  return Object.fromEntries(values);
}

async function* inBatches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
