import type { Database } from 'better-sqlite3';
import { Note, ObjectFilter, ObjectKey, StoredObject, StoreEvent } from '../../ResourceStore';
import { moments } from '../../moments';
import { KeyInResource } from '../../objectKey';
import { nextTurn, TimeSlice } from '../../TimeSlice';
import { EventHistory } from '../../watch/EventHub';
import { HistoryBatch } from '../../watch/WatchStream';
import { EventRow, previousObject, storeEvent } from '../../rows';

/** What a list needs to know of a later change in order to undo it. */
export interface ChangedKey extends KeyInResource {
  revision: number;
}

type Resource = Pick<ObjectFilter, 'group' | 'resource'>;

/** Rows deleted by one transaction of a compaction. */
const COMPACTION_BATCH = 100;

/** Reads and forgets the events table. */
export class SqliteHistory implements EventHistory {
  private readonly selectEvents;
  private readonly selectChanges;
  private readonly selectPrevious;
  private readonly selectAt;
  private readonly selectState;
  private readonly selectOldest;
  private readonly markCompacted;
  private readonly deleteEvents;
  private readonly selectNotes;
  private readonly deleteNotes;

  constructor(
    db: Database,
    private readonly sliceMs: number,
  ) {
    this.selectEvents = db.prepare<[string, string, number, number], EventRow>(
      `SELECT revision, type, grp, resource, namespace, name, uid, previous_revision, json, previous_json FROM event
       WHERE grp = ? AND resource = ? AND revision > ? AND revision <= ? ORDER BY revision`,
    );
    this.selectChanges = db.prepare<[string, string, number], ChangedKey>(
      'SELECT revision, namespace, name FROM event WHERE grp = ? AND resource = ? AND revision > ? ORDER BY revision',
    );
    this.selectPrevious = db.prepare<[number], Pick<EventRow, 'uid' | 'previous_revision' | 'previous_json'>>(
      'SELECT uid, previous_revision, previous_json FROM event WHERE revision = ?',
    );
    this.selectAt = db.prepare<[number], number>('SELECT at FROM event WHERE revision = ?').pluck();
    this.selectState = db.prepare<[], { revision: number; compacted: number }>(
      'SELECT revision, compacted FROM store',
    );
    this.selectOldest = db.prepare<[], number | null>('SELECT min(revision) FROM event').pluck();
    this.markCompacted = db.prepare('UPDATE store SET compacted = ? WHERE compacted < ?');
    this.deleteEvents = db.prepare('DELETE FROM event WHERE revision <= ?');
    this.selectNotes = db.prepare<[number], Note>(
      'SELECT revision, text FROM note ORDER BY revision LIMIT ?',
    );
    this.deleteNotes = db.prepare('DELETE FROM note WHERE revision <= ?');
  }

  /** The newest revision, and the one up to which history is forgotten. */
  state(): { revision: number; compacted: number } {
    return this.selectState.get()!;
  }

  async read({ group, resource }: Resource, after: number, upTo: number): Promise<HistoryBatch> {
    const slice = new TimeSlice(this.sliceMs);
    const events: StoreEvent[] = [];
    for (const row of this.selectEvents.iterate(group, resource, after, upTo)) {
      events.push(storeEvent(row));
      if (slice.spent()) return { events, reached: row.revision };
    }
    return { events, reached: upTo };
  }

  /** The keys that events of a resource touched after `revision`, oldest first, without their texts. */
  changes({ group, resource }: Resource, revision: number): IterableIterator<ChangedKey> {
    return this.selectChanges.iterate(group, resource, revision);
  }

  /** What writes left to be told, oldest first. */
  notes(limit: number): Note[] {
    return this.selectNotes.all(limit);
  }

  dropNotes(revision: number): void {
    this.deleteNotes.run(revision);
  }

  /** The object before the event of this revision; undefined when that event created it. */
  before(revision: number, key: ObjectKey): StoredObject | undefined {
    const row = this.selectPrevious.get(revision);
    return row && previousObject(key, row);
  }

  /**
   * The newest revision that may be forgotten when the last `keep` events and all events since `since` stay. Revisions
   * are contiguous and their times rise, so a binary search finds it in a few reads.
   */
  forgettable(keep: number, since: number): number {
    const { revision, compacted } = this.state();
    let low = compacted;
    let high = Math.max(compacted, revision - keep);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.selectAt.get(middle)! < since) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Marks history up to `revision` as forgotten. From here on nobody may read it, so it can be deleted piecemeal. */
  forget(revision: number): void {
    this.markCompacted.run(revision, revision);
    moments.afterForgetting.publish(revision);
  }

  /** Deletes what is marked as forgotten, also what an interrupted compaction left behind. */
  async sweep(isOpen: () => boolean): Promise<void> {
    while (isOpen()) {
      const { compacted } = this.state();
      const oldest = this.selectOldest.get() ?? undefined;
      if (oldest === undefined || oldest > compacted) return;
      this.deleteEvents.run(Math.min(compacted, oldest + COMPACTION_BATCH - 1));
      moments.whileSweeping.publish(oldest);
      await nextTurn();
    }
  }
}
