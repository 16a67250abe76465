import { randomUUID } from 'node:crypto';
import { access, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import SqliteDatabase, { Database, Statement } from 'better-sqlite3';
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
import { EventHub } from '../../watch/EventHub';
import { GroupCommit } from './GroupCommit';
import { ObjectWriter } from './ObjectWriter';
import { storedObject } from '../../rows';
import { ScanRow } from './scanSql';
import { ListSource, SnapshotList } from './SnapshotList';
import { openDatabase } from './openDatabase';
import { dumpDatabase, loadDatabase } from './portable';
import { SqliteHistory } from './SqliteHistory';
import { SqliteResourceStoreOptions } from './SqliteResourceStoreOptions';
import { unavailable } from './unavailable';

/*
 * The SQLite driver: one file, one process, everything acknowledged is on disk.
 *
 * What it is made of
 *   GroupCommit    the only writer: the writes of one turn share a transaction and an fsync
 *   ObjectWriter   one operation: object, labels, event, counter
 *   SnapshotList   lists and pages that show one revision while writes go on
 *   SqliteHistory  the events table: reading it for old watches, forgetting it
 *   EventHub       the events of this process, in memory, handed to watches
 *
 * Guarantees, and what they rest on
 *   - Commit order is revision order. SQLite has one writer, the revision is read after BEGIN IMMEDIATE and stored
 *     before COMMIT; a rollback takes it back, so history has no gaps and "the event after N" is always N + 1. (A
 *     sequence would not do: two transactions may commit in the other order than they drew numbers, and a watcher that
 *     saw the later one never looks back.)
 *   - Acknowledged means on disk: WAL with synchronous=FULL syncs at each commit, and a promise resolves after COMMIT.
 *     `NORMAL` is for those who accept to lose the last moments at a power cut; a killed process loses nothing either way.
 *   - A list is one revision. There is no long read transaction: every slice undoes what happened since the list began,
 *     from history. That holds across pages, costs nothing to keep open, and ends in `compacted`, not in stale data.
 *   - A watch sees each event once, in order: the hub publishes right after COMMIT and before the writer is told, so
 *     who has written can already watch what he wrote.
 *
 * Why current state and history are two tables: one table of versions makes every read pay for old versions, and
 * that cost grows until compaction catches up. Here get and list never touch history. An event holds the state before
 * it as well, which doubles its size and buys the undo of lists and the selector transitions of watches without joins.
 *
 * Why one connection without a worker: a point read takes microseconds, less than a message to a thread. What may take
 * long is cut in slices of about 5 ms (lists, catching up, groups, compaction). What cannot be cut is one fsync and one
 * call with many operations; keep batches small. The interface is asynchronous, so a worker can come later.
 *
 * Failure modes
 *   - The disk is full or broken: the whole group answers `unavailable`, nothing of it is in the file, and reads go on.
 *   - The process is killed: SQLite replays the log at the next open. Writers that got no answer have to read again.
 *   - A second process opens the file: refused with `unavailable` after five seconds, since the lock is held
 *     exclusively. Its writes would never reach the watches of this process. During a restart the new one waits.
 *   - The file is newer than the program, or not ours: refused at open, untouched.
 *   - A consumer is slow: its watch ends with `overflow`, the others do not notice.
 *   - History is forgotten under a reader: its list or watch ends with `compacted` and starts anew.
 */

/** Shapes of selectors in use are few; the bound only guards against a client that invents them. */
const MAX_STATEMENTS = 200;

/** {@link PortableStore} on one SQLite file. */
export class SqliteResourceStore implements PortableStore {
  /** Opens or creates the file and brings its schema up to date. Rejects with `unavailable`. */
  static async open(options: SqliteResourceStoreOptions): Promise<SqliteResourceStore> {
    const db = openDatabase(options);
    return new SqliteResourceStore(db, options);
  }

  private readonly history: SqliteHistory;
  private readonly writer: ObjectWriter;
  private readonly commits: GroupCommit;
  private readonly hub: EventHub;
  private readonly statements = new Map<string, Statement<unknown[], unknown>>();
  private readonly timer: NodeJS.Timeout;
  private readonly now: () => number;
  private readonly listSource: ListSource;

  private constructor(
    private readonly db: Database,
    private readonly options: SqliteResourceStoreOptions,
  ) {
    this.now = options.now ?? Date.now;
    const sliceMs = options.sliceMs ?? 5;
    this.history = new SqliteHistory(db, sliceMs);
    this.writer = new ObjectWriter(db, this.now);
    const { revision, compacted } = this.history.state();
    this.hub = new EventHub(this.history, revision, compacted);
    this.commits = new GroupCommit(db, this.writer, events => this.hub.publish(events), sliceMs);
    this.listSource = this.sourceOfLists(sliceMs);
    this.timer = setInterval(() => this.compactByLimit(), (options.compactEverySeconds ?? 60) * 1000);
    this.timer.unref();
  }

  async get(key: ObjectKey): Promise<StoredObject | undefined> {
    return this.guarded(() => {
      const row = this.writer.row(key);
      return row && storedObject(key, row);
    });
  }

  async list(query: ListQuery): Promise<ListResult> {
    return this.guarded(() => new SnapshotList(this.listSource, query).read());
  }

  async write(operations: readonly WriteOperation[], options?: WriteOptions): Promise<WriteResult[]> {
    this.assertOpen();
    return operations.length === 0 ? [] : this.commits.write(operations, options);
  }

  async watch(query: WatchQuery): Promise<Watch> {
    this.assertOpen();
    return this.hub.watch(query);
  }

  async revision(): Promise<number> {
    this.assertOpen();
    return this.hub.revision();
  }

  async compact(revision: number): Promise<void> {
    await this.guarded(async () => {
      if (revision > this.hub.revision()) {
        throw forgetsFuture(revision, this.hub.revision());
      }
      this.history.forget(revision);
      this.hub.compact(revision);
      await this.history.sweep(() => this.db.open);
    });
  }

  async notes(limit: number): Promise<Note[]> {
    return this.guarded(() => this.history.notes(limit));
  }

  async dropNotes(revision: number): Promise<void> {
    await this.guarded(() => this.history.dropNotes(revision));
  }

  /**
   * Copies the database to another file while reads and writes go on; the copy holds one moment of the store. The file
   * must not exist. This is the way to back up, since other programs cannot open the locked file.
   */
  async backup(file: string): Promise<void> {
    await this.guarded(async () => {
      await access(file).then(
        () => {
          throw new StoreError('invalid', `${file} exists already; choose a new file for the backup`);
        },
        () => this.db.backup(file),
      );
    });
  }

  async dump(take: (record: StoreRecord) => Promise<void> | void): Promise<number> {
    const folder = this.db.memory ? tmpdir() : dirname(this.db.name);
    const file = join(folder, `.dump-${randomUUID()}.sqlite`);
    let copy: Database | undefined;
    try {
      await this.backup(file);
      copy = new SqliteDatabase(file, { readonly: true });
      return await dumpDatabase(copy, take, this.options.sliceMs ?? 5);
    } finally {
      copy?.close();
      await rm(file, { force: true });
    }
  }

  async load(records: AsyncIterable<StoreRecord>, revision: number): Promise<void> {
    await this.guarded(() => loadDatabase(this.db, records, revision));
    this.hub.restart(revision);
    this.hub.compact(revision);
  }

  async close(): Promise<void> {
    if (!this.db.open) return;
    clearInterval(this.timer);
    this.commits.drain();
    this.hub.close(new StoreError('unavailable', 'The store was closed; watch again when it is back'));
    this.db.close();
  }

  private async compactByLimit(): Promise<void> {
    const { events = 10_000, minutes = 10 } = this.options.historyLimit ?? {};
    try {
      await this.compact(this.history.forgettable(events, this.now() - minutes * 60_000));
    } catch (error) {
      const report =
        this.options.onCompactionError ?? (cause => process.emitWarning(`Compaction failed: ${cause}`));
      report(error);
    }
  }

  private sourceOfLists(sliceMs: number): ListSource {
    return {
      sliceMs,
      history: this.history,
      scan: sql => this.statement(sql.text).iterate(...sql.values) as IterableIterator<ScanRow>,
      count: sql => (this.statement(sql.text).get(...sql.values) as { total: number }).total,
      assertOpen: () => this.assertOpen(),
    };
  }

  private statement(text: string): Statement<unknown[], unknown> {
    const known = this.statements.get(text);
    if (known) return known;
    if (this.statements.size >= MAX_STATEMENTS) this.statements.clear();
    const statement = this.db.prepare<unknown[], unknown>(text);
    this.statements.set(text, statement);
    return statement;
  }

  private async guarded<T>(work: () => T | Promise<T>): Promise<T> {
    this.assertOpen();
    try {
      return await work();
    } catch (error) {
      throw unavailable(error, `Working on ${this.db.name} failed`);
    }
  }

  private assertOpen(): void {
    if (!this.db.open) throw closed();
  }
}
