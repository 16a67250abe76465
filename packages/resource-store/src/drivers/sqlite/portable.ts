import type { Database } from 'better-sqlite3';
import { ObjectRecord, StoreRecord } from '../../PortableStore';
import { notEmpty } from '../../refusals';
import { nextTurn, TimeSlice } from '../../TimeSlice';

/** An object as the file holds it. */
type ObjectRow = Omit<ObjectRecord, 'type' | 'group' | 'labels'> & { grp: string; labels: string };

const OBJECTS = `SELECT grp, resource, namespace, name, uid, revision, json,
    (SELECT json_group_object(key, value) FROM label WHERE object = id) AS labels
  FROM object ORDER BY grp, resource, namespace, name`;

/** Hands out everything that a copy of the file holds; answers its revision. */
export async function dumpDatabase(
  copy: Database,
  take: (record: StoreRecord) => Promise<void> | void,
  sliceMs: number,
): Promise<number> {
  let slice = new TimeSlice(sliceMs);
  const pass = async (record: StoreRecord) => {
    await take(record);
    if (!slice.spent()) return;
    await nextTurn();
    slice = new TimeSlice(sliceMs);
  };
  for (const { grp, labels, ...row } of copy.prepare<[], ObjectRow>(OBJECTS).iterate())
    await pass({ type: 'object', group: grp, ...row, labels: JSON.parse(labels) });
  const counters = copy.prepare<[], { name: string; value: number }>('SELECT name, value FROM counter');
  for (const counter of counters.iterate()) await pass({ type: 'counter', ...counter });
  return copy.prepare<[], number>('SELECT revision FROM store').pluck().get()!;
}

/** Fills an empty file in one transaction. */
export async function loadDatabase(
  db: Database,
  records: AsyncIterable<StoreRecord>,
  revision: number,
): Promise<void> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const before = db.prepare<[], number>('SELECT revision FROM store').pluck().get()!;
    if (before > 0) throw notEmpty(before);
    const insert = inserterOf(db);
    for await (const record of records) insert(record);
    db.prepare('UPDATE store SET revision = ?, compacted = ?').run(revision, revision);
    db.exec('COMMIT');
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function inserterOf(db: Database): (record: StoreRecord) => void {
  const object = db.prepare(
    'INSERT INTO object (grp, resource, namespace, name, uid, revision, json) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const label = db.prepare(
    'INSERT INTO label (object, key, value, grp, resource, namespace, name) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const counter = db.prepare('INSERT INTO counter VALUES (?, ?)');
  return record => {
    if (record.type === 'counter') {
      counter.run(record.name, record.value);
      return;
    }
    const { group, resource, namespace, name, uid, revision, json } = record;
    const { lastInsertRowid } = object.run(group, resource, namespace, name, uid, revision, json);
    for (const [key, value] of Object.entries(record.labels))
      label.run(lastInsertRowid, key, value, group, resource, namespace, name);
  };
}
