import { moments } from '../../moments';
import { StoreError } from '../../ResourceStore';
import { commit, Connections } from './Connections';
import { Session } from './Session';

/**
 * The schema, step by step; step N brings the database to version N. A released step is never changed. The tables are
 * those of the SQLite driver under names of their own, since other tables may live in the same schema; `grp`, `resource`,
 * `namespace` and `name` sort by code point in every database, whatever its locale.
 *
 * - `krate_store`: one row: the revision of the newest write, and how far history was forgotten. Rewritten by every
 *   write, hence the free space in its page.
 * - `krate_store_object`: the current state only. `json` is text, as it is served, without `metadata.resourceVersion`.
 * - `krate_store_label`: one row per label of a current object, for selectors.
 * - `krate_store_event`: history. `revision` is contiguous from `krate_store.compacted + 1`; `at` is in ms since 1970.
 * - `krate_store_counter`: named number series.
 * - `krate_store_note`: what writes left to be told elsewhere, until it was; by the revision of the write.
 */
export const POSTGRES_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE krate_store (
    id integer PRIMARY KEY CHECK (id = 1),
    revision bigint NOT NULL,
    compacted bigint NOT NULL
  ) WITH (fillfactor = 10);
  INSERT INTO krate_store VALUES (1, 0, 0);

  CREATE TABLE krate_store_object (
    grp text COLLATE "C" NOT NULL,
    resource text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    uid text NOT NULL,
    revision bigint NOT NULL,
    json text NOT NULL,
    PRIMARY KEY (grp, resource, namespace, name)
  ) WITH (fillfactor = 80);

  CREATE TABLE krate_store_label (
    grp text COLLATE "C" NOT NULL,
    resource text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (grp, resource, namespace, name, key)
  );
  CREATE INDEX krate_store_label_value ON krate_store_label (grp, resource, key, value, namespace, name);

  CREATE TABLE krate_store_event (
    revision bigint PRIMARY KEY,
    at bigint NOT NULL,
    type text NOT NULL,
    grp text COLLATE "C" NOT NULL,
    resource text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    uid text NOT NULL,
    previous_revision bigint,
    json text,
    previous_json text
  );
  CREATE INDEX krate_store_event_resource ON krate_store_event (grp, resource, revision);

  CREATE TABLE krate_store_counter (name text COLLATE "C" PRIMARY KEY, value bigint NOT NULL)
    WITH (fillfactor = 50);
  `,
  'CREATE TABLE krate_store_note (revision bigint PRIMARY KEY, text text NOT NULL)',
];

/** Every process of a deployment starts at once: one migrates, the others wait for it and find nothing left to do. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtext('krate_store ' || current_schema()))`;

/** Brings the schema up to date: each step in its own transaction, together with its version number. */
export async function migrate(connections: Connections, steps = POSTGRES_MIGRATIONS): Promise<void> {
  let done = false;
  while (!done) {
    done = await connections.transaction('READ WRITE', LOCK, session => nextStep(session, steps));
  }
}

async function nextStep(session: Session, steps: readonly string[]): Promise<boolean> {
  await session.script([
    `CREATE TABLE IF NOT EXISTS krate_store_version (
       version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
  ]);
  const [{ version }] = await session.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM krate_store_version',
  );
  if (version > steps.length) {
    throw new StoreError(
      'unavailable',
      `The database has schema version ${version}, this release knows up to ${steps.length}; run a newer release`,
    );
  }
  if (version === steps.length) return true;
  await session.script([steps[version]]);
  await session.query('INSERT INTO krate_store_version (version) VALUES ($1)', [version + 1]);
  moments.duringMigration.publish(version + 1);
  await commit(session);
  moments.betweenMigrations.publish(version + 1);
  return false;
}
