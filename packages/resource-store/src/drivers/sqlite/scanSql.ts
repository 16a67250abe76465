import { ListQuery, Requirement } from '../../ResourceStore';
import { KeyInResource } from '../../objectKey';

/** One object in list order; `json` is null when its labels do not match. */
export interface ScanRow extends KeyInResource {
  uid: string;
  revision: number;
  json: string | null;
}

/** A statement and the values for it. */
export interface Sql {
  text: string;
  values: (string | number)[];
}

/**
 * Reads objects of a resource behind `after` in list order. Label terms do not skip rows but blank their text: a scan
 * that finds little still comes back with every row, so the caller can stop when its time is up and knows where.
 *
 * An equality term, the usual selector, is the exception: the label index holds the objects of one value in list order,
 * so the scan walks that index and touches nothing else.
 */
export function scanSql(query: ListQuery, after: KeyInResource): Sql {
  const equality = query.labels?.find(term => term.operator === 'In' && term.values.length === 1);
  const others = (query.labels ?? []).filter(term => term !== equality).map(labelTerm);
  const source = equality
    ? {
        text: 'FROM label AS k CROSS JOIN object AS o ON o.id = k.object WHERE k.grp = ? AND k.resource = ? AND k.key = ? AND k.value = ?',
        values: [query.group, query.resource, equality.key, equality.values[0]],
      }
    : {
        text: 'FROM object AS k CROSS JOIN object AS o ON o.id = k.id WHERE k.grp = ? AND k.resource = ?',
        values: [query.group, query.resource],
      };
  const range = rangeTerm(query, after);
  const wanted = others.length
    ? `CASE WHEN ${others.map(term => term.text).join(' AND ')} THEN o.json END`
    : 'o.json';
  return {
    text: `SELECT k.namespace, k.name, o.uid, o.revision, ${wanted} AS json ${source.text} AND ${range.text} ORDER BY k.namespace, k.name`,
    values: [...others.flatMap(term => term.values), ...source.values, ...range.values],
  };
}

/** Counts the objects of a resource behind `after`, labels not considered; answered from the key index alone. */
export function countSql(query: ListQuery, after: KeyInResource): Sql {
  const range = rangeTerm(query, after);
  return {
    text: `SELECT count(*) AS total FROM object AS k WHERE k.grp = ? AND k.resource = ? AND ${range.text}`,
    values: [query.group, query.resource, ...range.values],
  };
}

function rangeTerm({ namespace, name }: ListQuery, after: KeyInResource): Sql {
  const named: Sql =
    name === undefined ? { text: '', values: [] } : { text: ' AND k.name = ?', values: [name] };
  if (namespace === undefined) {
    return {
      text: `(k.namespace, k.name) > (?, ?)${named.text}`,
      values: [after.namespace, after.name, ...named.values],
    };
  }
  return {
    text: `k.namespace = ? AND k.name > ?${named.text}`,
    values: [namespace, after.name, ...named.values],
  };
}

function labelTerm({ key, operator, values }: Requirement): Sql {
  const row = 'SELECT 1 FROM label AS l WHERE l.object = o.id AND l.key = ?';
  if (operator === 'Exists') return { text: `EXISTS (${row})`, values: [key] };
  if (operator === 'DoesNotExist') return { text: `NOT EXISTS (${row})`, values: [key] };
  const listed = `EXISTS (${row} AND l.value IN (SELECT value FROM json_each(?)))`;
  return { text: operator === 'In' ? listed : `NOT ${listed}`, values: [key, JSON.stringify(values)] };
}
