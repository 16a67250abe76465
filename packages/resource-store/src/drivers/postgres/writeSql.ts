import { Statement } from './Session';

/** The committed states of keys, given as a JSON array. */
export const SELECT_OBJECTS: Statement = {
  name: 'krate_store_objects',
  text: `SELECT k.grp, k.resource, k.namespace, k.name, o.uid, o.revision, o.json
    FROM json_to_recordset($1) AS k (grp text, resource text, namespace text, name text)
    JOIN krate_store_object AS o USING (grp, resource, namespace, name)`,
};

export const SELECT_COUNTERS: Statement = {
  name: 'krate_store_counters',
  text: 'SELECT name, value FROM krate_store_counter WHERE name = ANY($1)',
};

/**
 * Writes a whole group at once. $1 the events; $2 the last event of each key and the revision that was found before (null:
 * nothing was there); $3 labels that go; $4 labels that come or change; $5 counters; $6 the time; $7 the channel; $8 notes.
 *
 * A state that is not the one that was found any more is left alone, and the counts tell: the caller rolls back.
 */
export const APPLY_GROUP: Statement = {
  name: 'krate_store_apply',
  text: `WITH
    e AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1) AS t (revision bigint, type text, grp text, resource text, namespace text,
        name text, uid text, previous_revision bigint, json text, previous_json text)
    ),
    final AS MATERIALIZED (
      SELECT e.*, t.found FROM json_to_recordset($2) AS t (revision bigint, found bigint) JOIN e USING (revision)
    ),
    recorded AS (
      INSERT INTO krate_store_event
        (revision, at, type, grp, resource, namespace, name, uid, previous_revision, json, previous_json)
      SELECT revision, $6, type, grp, resource, namespace, name, uid, previous_revision,
        CASE WHEN type <> 'DELETED' THEN json END, previous_json FROM e
    ),
    added AS (
      INSERT INTO krate_store_object (grp, resource, namespace, name, uid, revision, json)
      SELECT grp, resource, namespace, name, uid, revision, json FROM final WHERE found IS NULL
      ON CONFLICT DO NOTHING RETURNING 1
    ),
    changed AS (
      UPDATE krate_store_object AS o SET uid = f.uid, revision = f.revision, json = f.json
      FROM final AS f
      WHERE f.found IS NOT NULL AND f.type <> 'DELETED' AND o.grp = f.grp AND o.resource = f.resource
        AND o.namespace = f.namespace AND o.name = f.name AND o.revision = f.found
      RETURNING 1
    ),
    removed AS (
      DELETE FROM krate_store_object AS o USING final AS f
      WHERE f.found IS NOT NULL AND f.type = 'DELETED' AND o.grp = f.grp AND o.resource = f.resource
        AND o.namespace = f.namespace AND o.name = f.name AND o.revision = f.found
      RETURNING 1
    ),
    unlabelled AS (
      DELETE FROM krate_store_label AS l
      USING json_to_recordset($3) AS t (grp text, resource text, namespace text, name text, key text)
      WHERE l.grp = t.grp AND l.resource = t.resource AND l.namespace = t.namespace AND l.name = t.name
        AND l.key = t.key
    ),
    labelled AS (
      INSERT INTO krate_store_label (grp, resource, namespace, name, key, value)
      SELECT * FROM json_to_recordset($4)
        AS t (grp text, resource text, namespace text, name text, key text, value text)
      ON CONFLICT (grp, resource, namespace, name, key) DO UPDATE SET value = excluded.value
    ),
    noted AS (
      INSERT INTO krate_store_note SELECT * FROM json_to_recordset($8) AS t (revision bigint, text text)
    ),
    numbers AS MATERIALIZED (
      SELECT * FROM json_to_recordset($5) AS t (name text, found bigint, value bigint)
    ),
    counted AS (
      UPDATE krate_store_counter AS c SET value = n.value FROM numbers AS n
      WHERE n.found IS NOT NULL AND c.name = n.name AND c.value = n.found RETURNING 1
    ),
    begun AS (
      INSERT INTO krate_store_counter (name, value) SELECT name, value FROM numbers WHERE found IS NULL
      ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT
      ((SELECT count(*) FROM added) + (SELECT count(*) FROM changed) + (SELECT count(*) FROM removed))::int AS objects,
      ((SELECT count(*) FROM counted) + (SELECT count(*) FROM begun))::int AS counters,
      pg_notify($7, '') AS told`,
};
