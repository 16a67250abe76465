import type { SuiteContext } from '../resourceStore.conformance';
import { ObjectFilter, Requirement } from '../ResourceStore';
import { create, names, update, WIDGETS } from './objects';

const term = (key: string, operator: Requirement['operator'], ...values: string[]): Requirement => ({
  key,
  operator,
  values,
});

const CASES: { reason: string; filter: Partial<ObjectFilter>; want: string[] }[] = [
  { reason: 'tier = web', filter: { labels: [term('tier', 'In', 'web')] }, want: ['web', 'web-eu'] },
  {
    reason: 'tier in (web, db)',
    filter: { labels: [term('tier', 'In', 'web', 'db')] },
    want: ['db', 'web', 'web-eu'],
  },
  { reason: 'tier in ()', filter: { labels: [term('tier', 'In')] }, want: [] },
  {
    reason: 'tier != web, absent included',
    filter: { labels: [term('tier', 'NotIn', 'web')] },
    want: ['db', 'plain'],
  },
  { reason: 'region exists', filter: { labels: [term('region', 'Exists')] }, want: ['db', 'web-eu'] },
  {
    reason: 'region does not exist',
    filter: { labels: [term('region', 'DoesNotExist')] },
    want: ['plain', 'web'],
  },
  { reason: 'an empty value', filter: { labels: [term('region', 'In', '')] }, want: ['db'] },
  {
    reason: 'two equalities',
    filter: { labels: [term('tier', 'In', 'web'), term('region', 'In', 'eu')] },
    want: ['web-eu'],
  },
  {
    reason: 'an equality and an absence',
    filter: { labels: [term('tier', 'In', 'web'), term('region', 'DoesNotExist')] },
    want: ['web'],
  },
  { reason: 'a field', filter: { fields: [{ path: 'spec.color', value: 'red' }] }, want: ['db', 'web'] },
  {
    reason: 'a field negated',
    filter: { fields: [{ path: 'spec.color', value: 'red', negate: true }] },
    want: ['plain', 'web-eu'],
  },
  {
    reason: 'an absent field as empty',
    filter: { fields: [{ path: 'spec.color', value: '' }] },
    want: ['plain'],
  },
  {
    reason: 'a number field as text',
    filter: { fields: [{ path: 'spec.size', value: '3' }] },
    want: ['web'],
  },
  {
    reason: 'a boolean field as text',
    filter: { fields: [{ path: 'spec.on', value: 'false' }] },
    want: ['db'],
  },
  {
    reason: 'the name as a field',
    filter: { fields: [{ path: 'metadata.name', value: 'db' }] },
    want: ['db'],
  },
  {
    reason: 'labels and fields together',
    filter: { labels: [term('tier', 'Exists')], fields: [{ path: 'spec.color', value: 'red' }] },
    want: ['db', 'web'],
  },
  {
    reason: 'a field named like something every object inherits',
    filter: { fields: [{ path: 'spec.toString', value: '', negate: true }] },
    want: [],
  },
];

export function selectorGuarantees({ store }: SuiteContext): void {
  const seed = async () => {
    await create(store(), { name: 'web', labels: { tier: 'web' }, spec: { color: 'red', size: 3 } });
    await create(store(), { name: 'web-eu', labels: { tier: 'web', region: 'eu' }, spec: { color: 'blue' } });
    await create(store(), {
      name: 'db',
      labels: { tier: 'db', region: '' },
      spec: { color: 'red', on: false },
    });
    await create(store(), { name: 'plain' });
  };

  it.each(CASES)('lists by $reason', async ({ filter, want }) => {
    await seed();
    expect(names((await store().list({ ...WIDGETS, ...filter })).items)).toEqual(want);
  });

  it.each(CASES)('watches by $reason', async ({ filter, want }) => {
    await seed();
    const watch = await store().watch({ ...WIDGETS, ...filter, fromRevision: 0 });
    await create(store(), { name: 'end', labels: {} });
    const seen: string[] = [];
    const reader = (async () => {
      for await (const event of watch) seen.push(event.object.name);
    })();
    while (watch.progress() < 5 && !seen.includes('end')) await new Promise(resolve => setImmediate(resolve));
    watch.close();
    await reader;
    expect(seen.filter(name => name !== 'end').sort()).toEqual(want);
  });

  it('follows labels when they change', async () => {
    const made = await create(store(), { labels: { tier: 'web' } });
    await update(store(), made, { labels: { tier: 'db' } });
    const list = (value: string) => store().list({ ...WIDGETS, labels: [term('tier', 'In', value)] });
    expect((await list('web')).items).toHaveLength(0);
    expect((await list('db')).items).toHaveLength(1);
  });
}
