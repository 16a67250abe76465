import type { Database } from 'better-sqlite3';
import { Note, ObjectDraft, ObjectKey, StoreEvent, WriteOperation } from '../../ResourceStore';
import { assertDraftJson } from '../../objectJson';
import { assertKey } from '../../objectKey';
import { alreadyExists, keepsUid, moved, notFound } from '../../refusals';
import { ObjectRow, storedObject } from '../../rows';

/** A row with the number that its labels refer to. */
type NumberedRow = ObjectRow & { id: number };

/** Carries out single operations inside a transaction that someone else opened. */
export class ObjectWriter {
  private readonly select;
  private readonly insert;
  private readonly update;
  private readonly remove;
  private readonly selectLabels;
  private readonly insertLabel;
  private readonly removeLabels;
  private readonly insertEvent;
  private readonly nextNumber;
  private readonly insertNote;

  constructor(
    db: Database,
    private readonly now: () => number,
  ) {
    this.select = db.prepare<string[], NumberedRow>(
      'SELECT id, uid, revision, json FROM object WHERE grp = ? AND resource = ? AND namespace = ? AND name = ?',
    );
    this.insert = db.prepare(
      'INSERT INTO object (grp, resource, namespace, name, uid, revision, json) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.update = db.prepare('UPDATE object SET revision = ?, json = ? WHERE id = ?');
    this.remove = db.prepare('DELETE FROM object WHERE id = ?');
    this.selectLabels = db.prepare<[number], { key: string; value: string }>(
      'SELECT key, value FROM label WHERE object = ?',
    );
    this.insertLabel = db.prepare(
      'INSERT INTO label (object, key, value, grp, resource, namespace, name) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.removeLabels = db.prepare('DELETE FROM label WHERE object = ?');
    this.insertEvent = db.prepare(
      `INSERT INTO event (revision, at, type, grp, resource, namespace, name, uid, previous_revision, json, previous_json)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.nextNumber = db
      .prepare<[string], number>(
        'INSERT INTO counter VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
      )
      .pluck();
    this.insertNote = db.prepare('INSERT INTO note VALUES (?, ?)');
  }

  /** The row of a current object. */
  row(key: ObjectKey): NumberedRow | undefined {
    return this.select.get(key.group, key.resource, key.namespace, key.name);
  }

  /** Applies one operation under the given revision and returns what happened. */
  apply(operation: WriteOperation, revision: number): StoreEvent {
    switch (operation.type) {
      case 'create':
        return this.create(operation, revision);
      case 'update':
        return this.replace(operation, revision);
      default:
        return this.delete(operation, revision);
    }
  }

  keepNote({ revision, text }: Note): void {
    this.insertNote.run(revision, text);
  }

  private create(operation: WriteOperation & { type: 'create' }, revision: number): StoreEvent {
    const { key, draft } = this.numbered(operation);
    assertKey(key);
    assertDraftJson(draft.json, key);
    if (this.row(key)) throw alreadyExists(key);

    const { uid, json } = draft;
    const inserted = this.insert.run(key.group, key.resource, key.namespace, key.name, uid, revision, json);
    this.writeLabels(Number(inserted.lastInsertRowid), key, draft.labels);
    return this.record('ADDED', key, { uid, revision, json });
  }

  private numbered({ key, draft, number }: WriteOperation & { type: 'create' }): {
    key: ObjectKey;
    draft: ObjectDraft;
  } {
    if (!number) return { key, draft };
    return number.assign(this.nextNumber.get(number.counter)!);
  }

  private replace(
    { key, draft, expectedRevision }: WriteOperation & { type: 'update' },
    revision: number,
  ): StoreEvent {
    assertDraftJson(draft.json, key);
    const before = this.expected(key, expectedRevision);
    if (before.uid !== draft.uid) throw keepsUid(key, before.uid);
    this.update.run(revision, draft.json, before.id);
    this.replaceLabels(before.id, key, draft.labels);
    return this.record('MODIFIED', key, { uid: draft.uid, revision, json: draft.json }, before);
  }

  private delete(
    { key, expectedRevision }: WriteOperation & { type: 'delete' },
    revision: number,
  ): StoreEvent {
    const before = this.expected(key, expectedRevision);
    this.removeLabels.run(before.id);
    this.remove.run(before.id);
    return this.record('DELETED', key, { uid: before.uid, revision, json: before.json }, before);
  }

  /** Refuses unless the object is there, at that revision. */
  expect(key: ObjectKey, revision: number): void {
    const row = this.row(key);
    if (row?.revision !== revision) throw moved(key, row?.revision, revision);
  }

  private expected(key: ObjectKey, revision: number): NumberedRow {
    const row = this.row(key);
    if (!row) throw notFound(key);
    if (row.revision === revision) return row;
    throw moved(key, row.revision, revision);
  }

  private record(type: StoreEvent['type'], key: ObjectKey, after: ObjectRow, before?: ObjectRow): StoreEvent {
    this.insertEvent.run(
      after.revision,
      this.now(),
      type,
      key.group,
      key.resource,
      key.namespace,
      key.name,
      after.uid,
      before?.revision ?? null,
      type === 'DELETED' ? null : after.json,
      before?.json ?? null,
    );
    const event: StoreEvent = { type, revision: after.revision, object: storedObject(key, after) };
    return before ? { ...event, previous: storedObject(key, before) } : event;
  }

  /** Labels rarely change (a status write never does), so rows are compared before they are rewritten. */
  private replaceLabels(object: number, key: ObjectKey, labels: ObjectDraft['labels']): void {
    const rows = this.selectLabels.all(object);
    const same =
      rows.length === Object.keys(labels).length && rows.every(row => labels[row.key] === row.value);
    if (same) return;
    this.removeLabels.run(object);
    this.writeLabels(object, key, labels);
  }

  private writeLabels(object: number, key: ObjectKey, labels: ObjectDraft['labels']): void {
    for (const [label, value] of Object.entries(labels)) {
      this.insertLabel.run(object, label, value, key.group, key.resource, key.namespace, key.name);
    }
  }
}
