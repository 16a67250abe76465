import { CounterRecord, ObjectRecord, StoreRecord } from '../../PortableStore';
import { notEmpty } from '../../refusals';
import { commit, Connections } from './Connections';
import { Session, Statement } from './Session';

const STATE = 'SELECT revision FROM krate_store';

const OBJECTS: Statement = {
  name: 'krate_store_dump',
  text: `SELECT grp AS "group", resource, namespace, name, uid, revision, json,
      (SELECT coalesce(json_object_agg(l.key, l.value), '{}') FROM krate_store_label AS l
       WHERE (l.grp, l.resource, l.namespace, l.name) = (o.grp, o.resource, o.namespace, o.name)) AS labels
    FROM krate_store_object AS o WHERE (grp, resource, namespace, name) > ($1, $2, $3, $4)
    ORDER BY grp, resource, namespace, name LIMIT $5`,
};

const INSERT_OBJECTS = `INSERT INTO krate_store_object (grp, resource, namespace, name, uid, revision, json)
  SELECT * FROM json_to_recordset($1)
    AS r ("group" text, resource text, namespace text, name text, uid text, revision bigint, json text)`;

const INSERT_LABELS = `INSERT INTO krate_store_label (grp, resource, namespace, name, key, value)
  SELECT r."group", r.resource, r.namespace, r.name, l.key, l.value
  FROM json_to_recordset($1) AS r ("group" text, resource text, namespace text, name text, labels json)
  CROSS JOIN LATERAL json_each_text(r.labels) AS l`;

const INSERT_COUNTERS = `INSERT INTO krate_store_counter
  SELECT * FROM json_to_recordset($1) AS r (name text, value bigint)`;

/** Hands out everything of one snapshot; answers its revision. */
export async function dumpTables(
  connections: Connections,
  take: (record: StoreRecord) => Promise<void> | void,
  batch: number,
): Promise<number> {
  return connections.transaction<{ revision: string }, number>(
    'REPEATABLE READ READ ONLY',
    STATE,
    async (session, [{ revision }]) => {
      for await (const rows of objectsOf(session, batch))
        for (const row of rows) await take({ ...row, type: 'object', revision: Number(row.revision) });
      const counters = await session.query<{ name: string; value: string }>(
        'SELECT name, value FROM krate_store_counter ORDER BY name',
      );
      for (const { name, value } of counters) await take({ type: 'counter', name, value: Number(value) });
      return Number(revision);
    },
  );
}

async function* objectsOf(session: Session, batch: number): AsyncGenerator<ObjectRecord[]> {
  let after = ['', '', '', ''];
  for (;;) {
    const rows = await session.run<ObjectRecord>(OBJECTS, [...after, batch]);
    yield rows;
    if (rows.length < batch) return;
    const { group, resource, namespace, name } = rows.at(-1)!;
    after = [group, resource, namespace, name];
  }
}

/** Fills an empty database in one transaction; processes that start meanwhile wait for it. */
export async function loadTables(
  connections: Connections,
  records: AsyncIterable<StoreRecord>,
  options: { revision: number; batch: number },
): Promise<void> {
  const { revision, batch } = options;
  await connections.transaction<{ revision: string }, void>(
    'READ WRITE',
    `${STATE} FOR UPDATE`,
    async (session, [before]) => {
      if (Number(before.revision) > 0) throw notEmpty(Number(before.revision));
      for await (const group of inBatches(records, batch)) await insert(session, group);
      await session.query('UPDATE krate_store SET revision = $1, compacted = $1', [revision]);
      await commit(session);
    },
  );
}

async function insert(session: Session, records: readonly StoreRecord[]): Promise<void> {
  const objects = JSON.stringify(
    records.filter((record): record is ObjectRecord => record.type === 'object'),
  );
  const counters = records.filter((record): record is CounterRecord => record.type === 'counter');
  await session.query(INSERT_OBJECTS, [objects]);
  await session.query(INSERT_LABELS, [objects]);
  if (counters.length > 0) await session.query(INSERT_COUNTERS, [JSON.stringify(counters)]);
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
