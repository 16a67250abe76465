/*
 * Run as a process of its own: creates objects one after another in an SQLite store of the durability that its argument names, and
 * says `stored` after each.
 */
import { writeSync } from 'node:fs';
import { SqliteResourceStore, SqliteResourceStoreOptions } from '@krate/resource-store';
import { StoreSubject } from '../workload/StoreSubject';

async function writeInTurn(options: SqliteResourceStoreOptions, count: number): Promise<void> {
  const store = await SqliteResourceStore.open(options);
  const subject = new StoreSubject(store);
  for (let index = 0; index < count; index += 1) {
    await subject.create(`k${index}`, `v${index}`);
    writeSync(process.stdout.fd, 'stored\n');
  }
  // Not closed: that would sync what should have been before.
  process.exit(0);
}

void writeInTurn(JSON.parse(process.argv[2]), Number(process.argv[3]));
