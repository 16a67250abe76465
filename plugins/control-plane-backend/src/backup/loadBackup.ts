import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { PortableStore, StoreRecord } from '@krate/resource-store';
import { Knex } from 'knex';
import { restoreLayout } from './layout';
import { loadTables } from './loadTables';
import { Manifest, readManifest } from './Manifest';
import { readLines } from './ndjson';

/** More revisions than any store gives out in a second. */
const REVISIONS_PER_SECOND = 100_000;
/** For clocks that disagree: hours of them. */
const LEAST_GAP = 1_000_000_000;

/**
 * Reads an unpacked backup into empty databases, at the first start after `krate restore`. May be killed at any point: the
 * next start goes on. Answers what was loaded; undefined where nothing waits. Throws when the databases are not empty.
 */
export async function loadBackup(options: {
  store: PortableStore;
  knex: Knex;
  dataDirectory: string;
  now: Date;
  logger: LoggerService;
}): Promise<Manifest | undefined> {
  const { store, knex, dataDirectory, logger } = options;
  const from = restoreLayout(dataDirectory);
  const manifest = await readManifest(from.manifest);
  if (!manifest) return undefined;

  const revision = await revisionAfter(manifest, options.now, from.plan);
  const present = await store.revision();
  if (present > 0 && present < revision)
    throw new Error(
      `${from.folder} holds a backup, but the database is in use already (revision ${present}): start with an empty database, or remove that folder`,
    );
  if (present === 0) {
    logger.info(`Loading the backup of ${manifest.madeAt}`);
    await loadTables(knex, { tables: Object.keys(manifest.tables), fileOf: from.table });
    await store.load(complete(readLines<StoreRecord>(from.resources), manifest.records), revision);
  }
  // Renamed first: what is half removed must not be taken for a backup.
  const done = `${from.folder}-done`;
  await rename(from.folder, done);
  await rm(done, { recursive: true, force: true });
  return manifest;
}

/**
 * Where the restored store goes on: above everything that the lost one may have given out since the backup, so that no
 * revision ever names two states. Decided once.
 */
async function revisionAfter(manifest: Manifest, now: Date, plan: string): Promise<number> {
  const seconds = Math.max(0, (now.getTime() - Date.parse(manifest.madeAt)) / 1000);
  const revision = manifest.revision + LEAST_GAP + Math.ceil(seconds) * REVISIONS_PER_SECOND;
  try {
    await writeFile(plan, JSON.stringify({ revision }), { flag: 'wx' });
    return revision;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return JSON.parse(await readFile(plan, 'utf8')).revision;
  }
}

/** A file that was cut off must not pass for a small one. */
async function* complete<T>(records: AsyncIterable<T>, expected: number): AsyncGenerator<T> {
  let count = 0;
  for await (const record of records) {
    count += 1;
    yield record;
  }
  if (count !== expected)
    throw new Error(`The backup has ${count} of ${expected} resources: the archive is not complete`);
}
