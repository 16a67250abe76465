import { ListQuery, Requirement } from '../../ResourceStore';
import { KeyInResource } from '../../objectKey';

/** One object in list order. `undone`: an earlier state out of history, which no label term has looked at. */
export interface ListRow extends KeyInResource {
  uid: string;
  revision: string;
  json: string;
  undone: boolean;
}

/** A statement and the values for it. */
export interface Sql {
  text: string;
  values: unknown[];
}

/** Collects the values of a statement while its text is written. */
class Values {
  readonly values: unknown[] = [];

  /** Writes a value into the text. */
  put(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * Up to `limit` objects of a resource behind `after` in list order, as they were at `revision`; without a revision as they
 * are. An equality selector reads the label index, which has the same order; every other term is checked per object.
 */
export function listSql(
  query: ListQuery,
  options: { after: KeyInResource; limit: number; revision?: number },
): Sql {
  const values = new Values();
  const current = currentSql(query, options.after, values);
  const limit = (rows: string) => `${rows} ORDER BY namespace, name LIMIT ${values.put(options.limit)}`;
  if (options.revision === undefined) return { text: limit(current), values: values.values };

  const changed = changedSql(query, { ...options, revision: options.revision }, values);
  const text = `WITH changed AS MATERIALIZED (${changed})
    SELECT * FROM (
      (${limit(`SELECT * FROM (${current}) AS o
        WHERE NOT EXISTS (SELECT 1 FROM changed AS c WHERE c.namespace = o.namespace AND c.name = o.name)`)})
      UNION ALL
      SELECT namespace, name, uid, previous_revision AS revision, previous_json AS json, true AS undone
      FROM changed WHERE previous_revision IS NOT NULL
    ) AS page`;
  return { text: limit(text), values: values.values };
}

/** Counts the objects of a resource, labels not considered. */
export function countSql(query: ListQuery): Sql {
  const values = new Values();
  const text = `SELECT count(*) AS total FROM krate_store_object AS k
    WHERE k.grp = ${values.put(query.group)} AND k.resource = ${values.put(query.resource)}
    ${rangeTerm('k', query, { namespace: '', name: '' }, values)}`;
  return { text, values: values.values };
}

function currentSql(query: ListQuery, after: KeyInResource, values: Values): string {
  const requirements = query.labels ?? [];
  const equality = requirements.find(({ operator, values: all }) => operator === 'In' && all.length === 1);
  const others = requirements.filter(requirement => requirement !== equality);
  const key = (table: string) =>
    `${table}.grp = ${values.put(query.group)} AND ${table}.resource = ${values.put(query.resource)}`;
  const source = equality
    ? `krate_store_label AS k JOIN krate_store_object AS o USING (grp, resource, namespace, name)
       WHERE ${key('k')} AND k.key = ${values.put(equality.key)} AND k.value = ${values.put(equality.values[0])}`
    : `krate_store_object AS o WHERE ${key('o')}`;
  const terms = others.map(requirement => `AND ${labelTerm(requirement, values)}`);
  const range = rangeTerm(equality ? 'k' : 'o', query, after, values);
  return `SELECT o.namespace, o.name, o.uid, o.revision, o.json, false AS undone
    FROM ${source} ${range} ${terms.join(' ')}`;
}

/** The first event after the revision of each key: it holds the state that the key had at that revision. */
function changedSql(
  query: ListQuery,
  { after, revision }: { after: KeyInResource; revision: number },
  values: Values,
): string {
  return `SELECT DISTINCT ON (namespace, name) namespace, name, uid, previous_revision, previous_json
    FROM krate_store_event AS e
    WHERE e.grp = ${values.put(query.group)} AND e.resource = ${values.put(query.resource)}
      AND e.revision > ${values.put(revision)} ${rangeTerm('e', query, after, values)}
    ORDER BY namespace, name, revision`;
}

function rangeTerm(
  table: string,
  { namespace, name }: ListQuery,
  after: KeyInResource,
  values: Values,
): string {
  const named = name === undefined ? '' : ` AND ${table}.name = ${values.put(name)}`;
  if (namespace === undefined) {
    const from = `(${values.put(after.namespace)}, ${values.put(after.name)})`;
    return `AND (${table}.namespace, ${table}.name) > ${from}${named}`;
  }
  const inside = `AND ${table}.namespace = ${values.put(namespace)}`;
  return `${inside} AND ${table}.name > ${values.put(after.name)}${named}`;
}

function labelTerm({ key, operator, values: wanted }: Requirement, values: Values): string {
  const row = `SELECT 1 FROM krate_store_label AS l WHERE l.grp = o.grp AND l.resource = o.resource
    AND l.namespace = o.namespace AND l.name = o.name AND l.key = ${values.put(key)}`;
  if (operator === 'Exists') return `EXISTS (${row})`;
  if (operator === 'DoesNotExist') return `NOT EXISTS (${row})`;
  const listed = `EXISTS (${row} AND l.value = ANY(${values.put([...wanted])}))`;
  return operator === 'In' ? listed : `NOT ${listed}`;
}
