import { ListQuery, ListResult, ObjectKey, StoredObject } from '../../ResourceStore';
import { ContinuePoint, decodeContinue, encodeContinue, revisionOf } from '../../continueToken';
import { matchesFields, matchesKey, matchesSelectors } from '../../filter';
import { compareKeys, KeyInResource, keyText } from '../../objectKey';
import { compactedSnapshot, foreignToken, futureToken } from '../../refusals';
import { nextTurn, TimeSlice } from '../../TimeSlice';
import { ScanRow, Sql, countSql, scanSql } from './scanSql';
import { ChangedKey, SqliteHistory } from './SqliteHistory';
import { storedObject } from '../../rows';

/** What a list needs of the store. */
export interface ListSource {
  sliceMs: number;
  history: SqliteHistory;
  scan(sql: Sql): IterableIterator<ScanRow>;
  count(sql: Sql): number;
  /** Throws when the store was closed meanwhile. */
  assertOpen(): void;
}

/**
 * One page of a list, read in slices with turns of the event loop between them, yet all from one revision.
 *
 * Current objects are read in key order. Writes may commit between slices and between pages; before each slice the list
 * collects the keys that events touched since its revision. Such a key is not taken from the current objects: its first
 * event since then holds the state before it, which is the state at the list's revision (none, if it was an ADDED).
 */
export class SnapshotList {
  private readonly items: StoredObject[] = [];
  /** Touched since the snapshot and still ahead of the scan: by key, the first event that touched it. */
  private readonly changed = new Map<string, ChangedKey>();
  private collectedTo: number;
  private last: KeyInResource;
  private done = false;
  /** One more than the limit tells whether another page follows. */
  private readonly wanted: number;
  private readonly start: ContinuePoint;

  constructor(
    private readonly source: ListSource,
    private readonly query: ListQuery,
  ) {
    this.start = this.startPoint();
    this.last = this.start;
    this.collectedTo = this.start.revision;
    this.wanted = query.limit ? query.limit + 1 : Infinity;
  }

  async read(): Promise<ListResult> {
    for (;;) {
      this.assertRetained();
      const slice = new TimeSlice(this.source.sliceMs);
      if (this.collectChanges(slice)) this.readSlice(slice);
      if (this.done) return this.result();
      await nextTurn();
      this.source.assertOpen();
    }
  }

  private startPoint(): ContinuePoint {
    const { revision } = this.source.history.state();
    const point = this.query.continue
      ? this.tokenPoint(this.query.continue, revision)
      : this.beginning(revision);
    if (point.revision <= revision) return point;
    throw futureToken();
  }

  private beginning(newest: number): ContinuePoint {
    const { limit, labels, fields, atRevision = newest } = this.query;
    const beginning = { revision: atRevision, namespace: '', name: '' };
    const countable = limit && !labels?.length && !fields?.length && atRevision === newest;
    return countable
      ? { ...beginning, remaining: this.source.count(countSql(this.query, beginning)) }
      : beginning;
  }

  private tokenPoint(token: string, newest: number): ContinuePoint {
    const point = decodeContinue(token);
    if (this.query.namespace !== undefined && this.query.namespace !== point.namespace) throw foreignToken();
    return { ...point, revision: revisionOf(point, newest) };
  }

  private assertRetained(): void {
    if (this.start.revision >= this.source.history.state().compacted) return;
    throw compactedSnapshot(this.query.continue ? this.last : undefined);
  }

  /** Whether it got to the newest event: only then may rows be read. */
  private collectChanges(slice: TimeSlice): boolean {
    for (const change of this.source.history.changes(this.query, this.collectedTo)) {
      this.collectedTo = change.revision;
      const key = keyText(change);
      const ahead = compareKeys(change, this.last) > 0 && matchesKey(change, this.query);
      if (ahead && !this.changed.has(key)) this.changed.set(key, change);
      if (slice.spent()) return false;
    }
    return true;
  }

  private readSlice(slice: TimeSlice): void {
    const from = this.last;
    const scanned = this.scanRows(slice);
    const found = this.changed.size > 0 ? this.undoChanges(scanned, from, slice) : scanned;
    for (const object of found) this.items.push(object);
    if (this.items.length >= this.wanted) this.done = true;
  }

  private scanRows(slice: TimeSlice): StoredObject[] {
    const found: StoredObject[] = [];
    for (const row of this.source.scan(scanSql(this.query, this.last))) {
      this.last = { namespace: row.namespace, name: row.name };
      const changed = this.changed.size > 0 && this.changed.has(keyText(row));
      const object = row.json === null || changed ? undefined : this.object(row, row.json);
      if (object) found.push(object);
      if (slice.spent() || this.items.length + found.length >= this.wanted) return found;
    }
    this.done = true;
    return found;
  }

  private object(row: ScanRow, json: string): StoredObject | undefined {
    const object = storedObject(this.key(row), { uid: row.uid, revision: row.revision, json });
    return !this.query.fields?.length || matchesFields(object, this.query.fields) ? object : undefined;
  }

  /** Puts the earlier states of changed keys between the found objects; when time runs out, gives back what lies behind. */
  private undoChanges(found: StoredObject[], from: KeyInResource, slice: TimeSlice): StoredObject[] {
    const passed = [...this.changed.values()].filter(
      change => compareKeys(change, from) > 0 && (this.done || compareKeys(change, this.last) <= 0),
    );
    passed.sort(compareKeys);
    const undone: StoredObject[] = [];
    for (const [index, change] of passed.entries()) {
      const object = this.source.history.before(change.revision, this.key(change));
      if (object && matchesSelectors(object, this.query)) undone.push(object);
      this.changed.delete(keyText(change));
      if (slice.spent() && index < passed.length - 1) {
        this.last = { namespace: change.namespace, name: change.name };
        this.done = false;
        break;
      }
    }
    const kept = this.done ? found : found.filter(object => compareKeys(object, this.last) <= 0);
    return undone.length > 0 ? [...kept, ...undone].sort(compareKeys) : kept;
  }

  private key({ namespace, name }: KeyInResource): ObjectKey {
    return { group: this.query.group, resource: this.query.resource, namespace, name };
  }

  private result(): ListResult {
    const { revision, remaining: total } = this.start;
    if (this.items.length < this.wanted) return { items: this.items, revision };

    const items = this.items.slice(0, this.wanted - 1);
    const { namespace, name } = items[items.length - 1];
    const remaining = total === undefined ? undefined : total - items.length;
    const token = encodeContinue({ revision, namespace, name, remaining });
    return { items, revision, continue: token, ...(remaining === undefined ? {} : { remaining }) };
  }
}
