import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataDirectory } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { PortableStore } from '@krate/resource-store';
import { Knex } from 'knex';
import { create } from 'tar';
import { isPostgres } from '../runtime/openStore';
import { copyDataDirectory } from './copyDataDirectory';
import { dumpTables, PortableRow } from './dumpTables';
import { restoreLayout } from './layout';
import { FORMAT, Manifest } from './Manifest';
import { writeLines } from './ndjson';

/** A finished backup. */
export interface Backup {
  /** Absolute, on the machine of the server. */
  file: string;
  bytes: number;
  manifest: Manifest;
}

/**
 * Makes backups while work goes on. Each part is of one moment, and the moments are in an order that leaves nothing dangling:
 * first the resources, then the streams and effects they name, then the commits and files these point at.
 */
export class Backups {
  private running = false;

  constructor(
    private readonly options: {
      store: PortableStore;
      knex: Knex;
      dataDirectory: string;
      directories: readonly DataDirectory[];
      /** Carries what the store keeps for the tables into them. */
      settle(): Promise<void>;
      now(): Date;
    },
  ) {}

  /** Writes `<data>/backups/krate-<time>.tar.gz`, readable by its owner alone. One at a time: `Conflict` otherwise. */
  async make(): Promise<Backup> {
    if (this.running) throw new ApiError('Conflict', 'A backup is being made; wait for it to end');
    this.running = true;
    const folder = join(this.options.dataDirectory, 'backups');
    const staging = join(folder, `.${randomUUID()}`);
    try {
      await mkdir(staging, { recursive: true, mode: 0o700 });
      const manifest = await this.collect(staging);
      const file = join(folder, `krate-${manifest.madeAt.replace(/[-:]|\.\d+/g, '')}.tar.gz`);
      await pack(staging, file);
      return { file, bytes: (await stat(file)).size, manifest };
    } finally {
      this.running = false;
      await rm(staging, { recursive: true, force: true });
    }
  }

  private async collect(staging: string): Promise<Manifest> {
    const { store, knex, dataDirectory, directories, settle, now } = this.options;
    const to = restoreLayout(staging);
    await mkdir(dirname(to.table('any')), { recursive: true, mode: 0o700 });
    const madeAt = now().toISOString();

    const lines = writeLines(to.resources);
    const revision = await store.dump(record => lines.write(record));
    const records = await lines.close();
    await settle();
    const tables = await dumpTables(knex, {
      fileOf: to.table,
      folder: staging,
      keep: (table, row) => !isLaterState(table, row, revision),
    });
    const leftOut = await copyDataDirectory(dataDirectory, staging, directories);

    const database = isPostgres(knex) ? 'postgresql' : 'sqlite';
    const manifest: Manifest = {
      ...{ kind: 'KrateBackup', format: FORMAT, madeAt, revision, database, records, tables, leftOut },
    };
    await writeFile(to.manifest, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    return manifest;
  }
}

/** A remembered state that an object took after the resources were read, so that the backup does not know it. */
function isLaterState(table: string, row: PortableRow, revision: number): boolean {
  return table === 'krate_revision' && Number(row.resource_version) > revision;
}

/** The archive appears under its name once it is complete and on disk. */
async function pack(staging: string, file: string): Promise<void> {
  const partial = `${staging}.tar.gz`;
  try {
    await create({ file: partial, cwd: staging, gzip: true, mode: 0o600 }, ['.']);
    await chmod(partial, 0o600);
    const handle = await open(partial, 'r');
    await handle.sync();
    await handle.close();
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}
