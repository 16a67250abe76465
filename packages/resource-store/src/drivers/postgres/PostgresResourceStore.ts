import { clearInterval, setInterval } from 'node:timers';
import { PortableStore, StoreRecord } from '../../PortableStore';
import {
  ListQuery,
  ListResult,
  Note,
  ObjectKey,
  StoredObject,
  StoreError,
  Watch,
  WatchQuery,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from '../../ResourceStore';
import { closed, forgetsFuture } from '../../refusals';
import { storedObject } from '../../rows';
import { EventHub } from '../../watch/EventHub';
import { channelOf } from './channelOf';
import { Connections } from './Connections';
import { GroupCommit } from './GroupCommit';
import { Listener } from './Listener';
import { migrate } from './migrations';
import { PostgresHistory } from './PostgresHistory';
import { dumpTables, loadTables } from './portable';
import { PostgresResourceStoreOptions } from './PostgresResourceStoreOptions';
import { Statement } from './Session';
import { SnapshotList } from './SnapshotList';
import { Tailer } from './Tailer';

/*
 * The PostgreSQL driver: one database, any number of processes.
 *
 * What it is made of
 *   Connections      lends connections of knex's pool, each statement with a deadline
 *   GroupCommit      the only writer of a process: calls that wait together share a transaction
 *   GroupPlan        works out in memory what a group does, before anything is locked
 *   SnapshotList     lists and pages out of one snapshot
 *   PostgresHistory  the events table: reading it, forgetting it
 *   Tailer           brings the events of all processes into this one's EventHub
 *
 * Guarantees, and what they rest on
 *   - Commit order is revision order, over all processes: the counter is a row that every writer updates and holds until
 *     its commit. A rollback gives its revisions back, so history has no gaps. (A sequence would not do: see SQLite.)
 *   - Acknowledged means committed, with whatever `synchronous_commit` the server has. When the connection is lost during the
 *     commit itself nobody knows, and the answer is `unavailable`, never success.
 *   - A list is one revision: a REPEATABLE READ transaction, ended before the list is answered. Later pages undo what
 *     happened since their first page, from history.
 *   - A watch sees each event once, in order, whoever wrote it: the tailer publishes from where the hub stands.
 *   - Who has written, here or elsewhere, can be waited for: `revision` asks the database, and a watch from a revision that
 *     only another process has seen waits for the tailer.
 *   - A write with a fence locks its lease until the commit, so the lease cannot pass on between the check and the commit.
 *
 * Failure modes
 *   - The database is away, refuses, or does not answer in time: `unavailable`. Watches stay open and go on when it is back.
 *     Broken connections leave the pool by themselves; the tailer looks every second.
 *   - A process freezes inside a transaction: the server ends it after the timeout, and its locks with it.
 *   - History is forgotten, by this process or another: older watches and pages end with `compacted` everywhere.
 *   - The schema is newer than the program: refused at open, untouched.
 */

const GET: Statement = {
  name: 'krate_store_get',
  text: `SELECT uid, revision, json FROM krate_store_object
    WHERE grp = $1 AND resource = $2 AND namespace = $3 AND name = $4`,
};

/** Another process may be bringing the schema up to date, which takes as long as it takes. */
const MIGRATION_TIMEOUT_MS = 120_000;
const DEFAULT_TIMEOUT_MS = 5000;

/** {@link PortableStore} on a PostgreSQL database, for any number of processes. */
export class PostgresResourceStore implements PortableStore {
  /** Brings the schema up to date and begins to follow the other processes. Rejects with `unavailable`. */
  static async open(options: PostgresResourceStoreOptions): Promise<PostgresResourceStore> {
    await migrate(new Connections(options.knex, MIGRATION_TIMEOUT_MS));
    const connections = new Connections(options.knex, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const channel = await connections.use(session => channelOf(session, 'krate_store'));
    const history = new PostgresHistory(connections, options.batch ?? 250, channel);
    const { revision, compacted } = await history.state();
    const store = new PostgresResourceStore(
      connections,
      history,
      new EventHub(history, revision, compacted),
      {
        ...options,
        channel,
      },
    );
    await store.tailer.start();
    return store;
  }

  private readonly commits: GroupCommit;
  private readonly tailer: Tailer;
  private readonly timer: NodeJS.Timeout;
  private readonly now: () => number;
  private isOpen = true;
  private closing?: Promise<void>;

  private constructor(
    private readonly connections: Connections,
    private readonly history: PostgresHistory,
    private readonly hub: EventHub,
    private readonly options: PostgresResourceStoreOptions & { channel: string },
  ) {
    const { channel, pollMs = 1000, listen = true, leaseTable = 'krate_lease' } = options;
    this.now = options.now ?? Date.now;
    const onError = (error: unknown) => this.report(error);
    const listener = listen ? new Listener(connections, channel, () => this.tailer.told()) : undefined;
    this.tailer = new Tailer({ hub, history, listener, pollMs, onError });
    this.commits = new GroupCommit({
      connections,
      channel,
      publish: events => this.tailer.committed(events),
      now: this.now,
      leaseTable: `"${leaseTable.replaceAll('"', '""')}"`,
    });
    this.timer = setInterval(() => void this.compactByLimit(), (options.compactEverySeconds ?? 60) * 1000);
    this.timer.unref();
  }

  async get(key: ObjectKey): Promise<StoredObject | undefined> {
    this.assertOpen();
    const { group, resource, namespace, name } = key;
    const [row] = await this.connections.use(session =>
      session.run<{ uid: string; revision: string; json: string }>(GET, [group, resource, namespace, name]),
    );
    return row && storedObject(key, { ...row, revision: Number(row.revision) });
  }

  async list(query: ListQuery): Promise<ListResult> {
    this.assertOpen();
    const batch = this.options.batch ?? 250;
    const source = { connections: this.connections, batch, assertOpen: () => this.assertOpen() };
    return new SnapshotList(source, query).read();
  }

  async write(operations: readonly WriteOperation[], options?: WriteOptions): Promise<WriteResult[]> {
    this.assertOpen();
    return operations.length === 0 ? [] : this.commits.write(operations, options);
  }

  async watch(query: WatchQuery): Promise<Watch> {
    this.assertOpen();
    const { revision, compacted } = await this.history.state();
    this.hub.compact(compacted);
    // The caller may know of a write that has not arrived here yet.
    if (query.fromRevision > this.hub.revision() && query.fromRevision <= revision)
      await this.tailer.advance();
    this.assertOpen();
    return this.hub.watch(query);
  }

  async revision(): Promise<number> {
    this.assertOpen();
    const { revision } = await this.history.state();
    // Whoever asks is about to wait for it.
    if (revision > this.hub.revision()) this.tailer.advance().catch(() => undefined);
    return revision;
  }

  async compact(revision: number): Promise<void> {
    this.assertOpen();
    const state = await this.history.state();
    if (revision > state.revision) throw forgetsFuture(revision, state.revision);
    await this.history.forget(revision);
    this.hub.compact(revision);
    await this.history.sweep(() => this.isOpen);
  }

  async dump(take: (record: StoreRecord) => Promise<void> | void): Promise<number> {
    this.assertOpen();
    return dumpTables(this.connections, take, this.options.batch ?? 250);
  }

  async load(records: AsyncIterable<StoreRecord>, revision: number): Promise<void> {
    this.assertOpen();
    await loadTables(this.connections, records, { revision, batch: this.options.batch ?? 250 });
    await this.tailer.advance();
  }

  async notes(limit: number): Promise<Note[]> {
    this.assertOpen();
    return this.history.notes(limit);
  }

  async dropNotes(revision: number): Promise<void> {
    this.assertOpen();
    await this.history.dropNotes(revision);
  }

  async close(): Promise<void> {
    this.closing ??= this.shutDown();
    await this.closing;
  }

  private async shutDown(): Promise<void> {
    this.isOpen = false;
    clearInterval(this.timer);
    await this.commits.drain();
    await this.tailer.stop();
    this.hub.close(new StoreError('unavailable', 'The store was closed; watch again when it is back'));
    await this.connections.idle();
  }

  private async compactByLimit(): Promise<void> {
    const { events = 10_000, minutes = 10 } = this.options.historyLimit ?? {};
    try {
      await this.compact(await this.history.forgettable(events, this.now() - minutes * 60_000));
    } catch (error) {
      if (this.isOpen) this.report(error);
    }
  }

  private report(error: unknown): void {
    const report =
      this.options.onBackgroundError ??
      (cause => process.emitWarning(`The resource store cannot reach its database: ${cause}`));
    report(error);
  }

  private assertOpen(): void {
    if (!this.isOpen) throw closed();
  }
}
