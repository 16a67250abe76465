import type { Database } from 'better-sqlite3';
import { moments } from '../../moments';
import { StoreError } from '../../ResourceStore';

/** Marks the file as a Krate resource store ("Krte"), so that no other SQLite file is taken for one. */
const APPLICATION_ID = 0x4b727465;

/**
 * The schema, step by step; step N brings the file to version N. A released step is never changed.
 *
 * - `store`: one row: the revision of the newest write, and how far history was forgotten.
 * - `object`: the current state only, so that reads never touch history. `json` is without `metadata.resourceVersion`.
 * - `label`: one row per label of a current object; repeats the object's key so that an equality selector reads the
 *   objects of one value in list order straight from the index.
 * - `event`: history. A DELETED event has no `json`: its object is `previous_json` under the event's revision.
 *   `revision` is contiguous from `store.compacted + 1`; `at` is in milliseconds since 1970.
 * - `counter`: named number series, such as the issue numbers of a repository.
 * - `note`: what writes left to be told elsewhere, until it was; by the revision of the write.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    compacted INTEGER NOT NULL
  ) STRICT;
  INSERT INTO store VALUES (1, 0, 0);

  CREATE TABLE object (
    id INTEGER PRIMARY KEY,
    grp TEXT NOT NULL,
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    uid TEXT NOT NULL,
    revision INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX object_key ON object (grp, resource, namespace, name);

  CREATE TABLE label (
    object INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    grp TEXT NOT NULL,
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (object, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX label_value ON label (grp, resource, key, value, namespace, name);

  CREATE TABLE event (
    revision INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    grp TEXT NOT NULL,
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    uid TEXT NOT NULL,
    previous_revision INTEGER,
    json TEXT,
    previous_json TEXT
  ) STRICT;
  CREATE INDEX event_resource ON event (grp, resource, revision, type, namespace, name);

  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  'CREATE TABLE note (revision INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;',
];

/** Brings the file to the newest schema: each step in its own transaction, together with its version number. */
export function migrate(db: Database): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  assertOurs(db, version);
  MIGRATIONS.slice(version).forEach((step, offset) => {
    db.transaction(() => {
      db.exec(step);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${version + offset + 1}`);
      moments.duringMigration.publish(version + offset + 1);
    }).immediate();
    moments.betweenMigrations.publish(version + offset + 1);
  });
}

function assertOurs(db: Database, version: number): void {
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty) return;
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new StoreError(
      'unavailable',
      `${db.name} is an SQLite file of something else; choose another file`,
    );
  }
  if (version <= MIGRATIONS.length) return;
  throw new StoreError(
    'unavailable',
    `${db.name} has schema version ${version}, this release knows up to ${MIGRATIONS.length}; run a newer release`,
  );
}
