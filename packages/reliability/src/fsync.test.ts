import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { describeOnOwnPostgres, startPostgres } from '@krate/test-postgres';
import { PostgresResourceStore } from '@krate/resource-store';
import knexFactory from 'knex';
import { attachStrace, auditSyncs, hasStrace, straceCommand, SyncAudit } from './faults/strace';
import { Ground } from './stories/Ground';
import { StoreSubject } from './workload/StoreSubject';

jest.setTimeout(40_000);

const WRITES = 12;
const describeWithStrace = hasStrace() ? describe : describe.skip;

describeWithStrace('acknowledged means on disk (needs strace)', () => {
  let folder: string;
  let record: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'krate-fsync-'));
    record = join(folder, 'strace');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('syncs SQLite before every 2xx', async () => {
    const ground = await Ground.prepare();
    const server = await ground.server();
    await server.start({}, straceCommand(record));
    for (let index = 0; index < WRITES; index += 1) await server.subject.create(`k${index}`, `v${index}`);
    await server.kill();
    await ground.clear();
    expect(await audited(record, /resources\.sqlite-wal/, /HTTP\/1\.1 201/)).toEqual({
      answers: WRITES,
      unsynced: 0,
    });
  });

  it.each([
    { reason: 'durable: each is synced', synchronous: 'FULL', least: 0, most: 0 },
    // What the audit has to find, or it would find nothing: here an answer does not wait for the disk.
    { reason: 'relaxed: hardly any is', synchronous: 'NORMAL', least: WRITES - 1, most: WRITES },
  ])('tells writes to an SQLite store apart that is $reason', async ({ synchronous, least, most }) => {
    const [program, ...args] = straceCommand(record);
    const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
    const script = resolvePackagePath('@krate/reliability', 'src/server/writeInTurn.ts');
    const options = JSON.stringify({ file: join(folder, 'store.sqlite'), synchronous });
    const node = [process.execPath, '--require', transform, script, options, String(WRITES)];
    execFileSync(program, [...args, ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { answers, unsynced } = await audited(record, /store\.sqlite-wal/, /"stored\\n"/);
    expect(answers).toBe(WRITES);
    expect(unsynced).toBeGreaterThanOrEqual(least);
    expect(unsynced).toBeLessThanOrEqual(most);
  });

  describeOnOwnPostgres('and PostgreSQL', () => {
    it.each([
      { reason: 'before every answer', commit: 'on', least: 0, most: 0 },
      { reason: 'not, when it is told not to wait', commit: 'off', least: WRITES / 2, most: Infinity },
    ])('syncs its log $reason', async ({ commit, least, most }) => {
      const server = await startPostgres({ durable: true });
      const connection = `${server.url}?options=-c%20synchronous_commit%3D${commit}`;
      // Connections made from now on are recorded: each is a process of its own.
      const strace = await attachStrace(await processOf(server.url), record);
      const knex = knexFactory({ client: 'pg', connection });
      const store = await PostgresResourceStore.open({ knex });
      const subject = new StoreSubject(store);
      for (let index = 0; index < WRITES; index += 1) await subject.create(`k${index}`, `v${index}`);
      await strace.stop();
      await store.close();
      await knex.destroy();
      await server.dispose();
      const { answers, unsynced } = await audited(record, /pg_wal/, /COMMIT\\0/);
      expect(answers).toBeGreaterThanOrEqual(WRITES);
      expect(unsynced).toBeGreaterThanOrEqual(least);
      expect(unsynced).toBeLessThanOrEqual(most);
    });
  });
});

/** The process that makes all others of a PostgreSQL. */
async function processOf(url: string): Promise<number> {
  const knex = knexFactory({ client: 'pg', connection: url });
  try {
    const { rows } = await knex.raw<{ rows: { file: string }[] }>(
      `select pg_read_file('postmaster.pid') as file`,
    );
    return parseInt(rows[0].file, 10);
  } finally {
    await knex.destroy();
  }
}

/** Reads the record once it is whole: strace may write the last of it after the program has ended. */
async function audited(...asked: Parameters<typeof auditSyncs>): Promise<SyncAudit> {
  for (let attempt = 0; attempt < 100 && auditSyncs(...asked).answers < WRITES; attempt += 1) await pause(50);
  return auditSyncs(...asked);
}
