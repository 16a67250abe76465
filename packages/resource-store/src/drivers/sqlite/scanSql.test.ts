import SqliteDatabase from 'better-sqlite3';
import { WIDGETS } from '../../conformance/objects';
import { ListQuery, Requirement } from '../../ResourceStore';
import { migrate } from './migrations';
import { countSql, scanSql, Sql } from './scanSql';

const term = (operator: Requirement['operator'], ...values: string[]): Requirement => ({
  key: 'tier',
  operator,
  values,
});

describe('the plans of list statements', () => {
  const db = new SqliteDatabase(':memory:');
  migrate(db);
  afterAll(() => db.close());

  const planOf = ({ text, values }: Sql) =>
    db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...values)
      .map(({ detail }) => detail)
      .join('\n');

  it.each<{ reason: string; query: Partial<ListQuery>; index: string }>([
    {
      reason: 'everything',
      query: {},
      index: 'object_key (grp=? AND resource=? AND (namespace,name)>(?,?))',
    },
    {
      reason: 'a namespace',
      query: { namespace: 'acme' },
      index: 'object_key (grp=? AND resource=? AND namespace=? AND name>?)',
    },
    {
      reason: 'an equality, from the label index alone',
      query: { labels: [term('In', 'web')] },
      index: 'label_value (grp=? AND resource=? AND key=? AND value=? AND (namespace,name)>(?,?))',
    },
    {
      reason: 'an equality in a namespace',
      query: { namespace: 'acme', labels: [term('Exists'), term('In', 'web')] },
      index: 'label_value (grp=? AND resource=? AND key=? AND value=? AND namespace=? AND name>?)',
    },
    {
      reason: 'several values',
      query: { labels: [term('In', 'web', 'db')] },
      index: 'object_key (grp=? AND resource=? AND (namespace,name)>(?,?))',
    },
  ])('reads $reason in list order from an index, without sorting', ({ query, index }) => {
    const plan = planOf(scanSql({ ...WIDGETS, ...query }, { namespace: 'acme', name: 'a' }));
    expect(plan).toContain(index);
    expect(plan).not.toContain('TEMP B-TREE');
    expect(plan).not.toMatch(/^SCAN (?!json_each)/m);
  });

  it('counts from the key index alone', () => {
    expect(planOf(countSql(WIDGETS, { namespace: '', name: '' }))).toContain('COVERING INDEX object_key');
  });

  it('collects changes from the history index alone', () => {
    const sql =
      'SELECT revision, namespace, name FROM event WHERE grp = ? AND resource = ? AND revision > ? ORDER BY revision';
    const plan = planOf({ text: sql, values: ['', '', 0] });
    expect(plan).toBe(
      'SEARCH event USING COVERING INDEX event_resource (grp=? AND resource=? AND revision>?)',
    );
  });
});
