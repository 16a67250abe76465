import { moments } from '../../moments';
import { Note, ObjectFilter, StoreError, StoreEvent } from '../../ResourceStore';
import { EventRow, storeEvent } from '../../rows';
import { EventHistory } from '../../watch/EventHub';
import { HistoryBatch } from '../../watch/WatchStream';
import { Connections } from './Connections';
import { Session, Statement } from './Session';

/** Where the store stands. */
export interface StoreState {
  revision: number;
  /** Up to here history is forgotten. */
  compacted: number;
}

/** Rows deleted by one statement of a compaction. */
const COMPACTION_BATCH = 1000;

const EVENT_COLUMNS =
  'revision, type, grp, resource, namespace, name, uid, previous_revision, json, previous_json';

const STATE: Statement = { name: 'krate_store_state', text: 'SELECT revision, compacted FROM krate_store' };

/** The mark and the rows from one snapshot: rows that are missing because they were forgotten cannot go unnoticed. */
const RESOURCE_EVENTS: Statement = {
  name: 'krate_store_resource_events',
  text: `SELECT s.compacted, e.* FROM krate_store AS s LEFT JOIN LATERAL (
      SELECT ${EVENT_COLUMNS} FROM krate_store_event
      WHERE grp = $1 AND resource = $2 AND revision > $3 AND revision <= $4 ORDER BY revision LIMIT $5
    ) AS e ON true`,
};

const ALL_EVENTS: Statement = {
  name: 'krate_store_all_events',
  text: `SELECT s.revision AS newest, s.compacted, e.* FROM krate_store AS s LEFT JOIN LATERAL (
      SELECT ${EVENT_COLUMNS} FROM krate_store_event WHERE revision > $1 ORDER BY revision LIMIT $2
    ) AS e ON true`,
};

const AT: Statement = {
  name: 'krate_store_at',
  text: 'SELECT at FROM krate_store_event WHERE revision = $1',
};

const MARK: Statement = {
  name: 'krate_store_mark',
  text: `WITH marked AS (UPDATE krate_store SET compacted = $1 WHERE compacted < $1 AND revision >= $1 RETURNING 1)
    SELECT pg_notify($2, '') FROM marked`,
};

/** Several processes may forget at once: each takes the rows that no other one is deleting. */
const SWEEP: Statement = {
  name: 'krate_store_sweep',
  text: `DELETE FROM krate_store_event WHERE revision IN (
      SELECT revision FROM krate_store_event WHERE revision <= (SELECT compacted FROM krate_store)
      ORDER BY revision LIMIT ${COMPACTION_BATCH} FOR UPDATE SKIP LOCKED
    ) RETURNING revision`,
};

const NOTES: Statement = {
  name: 'krate_store_notes',
  text: 'SELECT revision, text FROM krate_store_note ORDER BY revision LIMIT $1',
};

const DROP_NOTES: Statement = {
  name: 'krate_store_drop_notes',
  text: 'DELETE FROM krate_store_note WHERE revision <= $1',
};

/** PostgreSQL answers 64-bit integers as text. */
type Row<T> = {
  [K in keyof T]: T[K] extends number ? string : T[K] extends number | null ? string | null : T[K];
};

/** Reads and forgets the events table. */
export class PostgresHistory implements EventHistory {
  constructor(
    private readonly connections: Connections,
    private readonly batch: number,
    private readonly channel: string,
  ) {}

  state(): Promise<StoreState> {
    return this.connections.use(async session => {
      const [{ revision, compacted }] = await session.run<Row<StoreState>>(STATE);
      return { revision: Number(revision), compacted: Number(compacted) };
    });
  }

  async read(
    { group, resource }: Pick<ObjectFilter, 'group' | 'resource'>,
    after: number,
    upTo: number,
  ): Promise<HistoryBatch> {
    const rows = await this.connections.use(session =>
      session.run<Row<EventRow & { compacted: number }>>(RESOURCE_EVENTS, [
        group,
        resource,
        after,
        upTo,
        this.batch,
      ]),
    );
    assertRetained(after, Number(rows[0].compacted));
    const events = eventsOf(rows);
    return { events, reached: events.length < this.batch ? upTo : events.at(-1)!.revision };
  }

  /** The next events of the whole store, and where it stood when they were read. */
  async after(revision: number): Promise<StoreState & { events: StoreEvent[] }> {
    const rows = await this.connections.use(session =>
      session.run<Row<EventRow & { newest: number; compacted: number }>>(ALL_EVENTS, [revision, this.batch]),
    );
    const { newest, compacted } = rows[0];
    return { events: eventsOf(rows), revision: Number(newest), compacted: Number(compacted) };
  }

  /**
   * The newest revision that may be forgotten when the last `keep` events and all events since `since` stay. Revisions
   * are contiguous and their times rise, so a binary search finds it in a few reads.
   */
  async forgettable(keep: number, since: number): Promise<number> {
    const { revision, compacted } = await this.state();
    return this.connections.use(session =>
      this.search(session, compacted, Math.max(compacted, revision - keep), since),
    );
  }

  /** Marks history up to `revision` as forgotten, for every process. From here on nobody reads it. */
  async forget(revision: number): Promise<void> {
    await this.connections.use(session => session.run(MARK, [revision, this.channel]));
    moments.afterForgetting.publish(revision);
  }

  /** Deletes what is marked as forgotten, also what an interrupted compaction left behind. */
  async sweep(isOpen: () => boolean): Promise<void> {
    let deleted = COMPACTION_BATCH;
    while (isOpen() && deleted === COMPACTION_BATCH) {
      deleted = (await this.connections.use(session => session.run(SWEEP))).length;
      moments.whileSweeping.publish(deleted);
    }
  }

  /** What writes left to be told, oldest first. */
  async notes(limit: number): Promise<Note[]> {
    const rows = await this.connections.use(session => session.run<Row<Note>>(NOTES, [limit]));
    return rows.map(({ revision, text }) => ({ revision: Number(revision), text }));
  }

  async dropNotes(revision: number): Promise<void> {
    await this.connections.use(session => session.run(DROP_NOTES, [revision]));
  }

  private async search(session: Session, from: number, to: number, since: number): Promise<number> {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [row] = await session.run<{ at: string }>(AT, [middle]);
      // Gone: another process forgot it meanwhile.
      if (!row || Number(row.at) < since) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Refuses a revision whose following events are gone. */
function assertRetained(revision: number, compacted: number): void {
  if (revision >= compacted) return;
  throw new StoreError(
    'compacted',
    `Revision ${revision} is no longer retained (the oldest is ${compacted}); list again and watch from there`,
  );
}

/** A join that found nothing still has one row, of nulls. */
function eventsOf(rows: readonly Row<EventRow>[]): StoreEvent[] {
  return rows.filter(row => row.revision !== null).map(row => storeEvent(numbersOf(row)));
}

function numbersOf(row: Row<EventRow>): EventRow {
  const { revision, previous_revision: previous } = row;
  return {
    ...row,
    revision: Number(revision),
    previous_revision: previous === null ? null : Number(previous),
  };
}
