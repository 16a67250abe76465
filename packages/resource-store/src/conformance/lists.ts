import type { SuiteContext } from '../resourceStore.conformance';
import { countTurns, create, createMany, keyOf, remove, update, WIDGETS, widgetsAt } from './objects';

export function listGuarantees({ store }: SuiteContext): void {
  const places = async (query: object) =>
    (await store().list({ ...WIDGETS, ...query })).items.map(({ namespace, name }) => `${namespace}/${name}`);

  it('sorts by namespace, then name, by code point', async () => {
    for (const place of ['b/a', 'a/b', 'a/a', 'a/B', 'a-1/a', '/cluster', 'a/a-b', 'a/a.b']) {
      const [namespace, name] = place.split('/');
      await create(store(), { namespace, name });
    }
    await expect(places({})).resolves.toEqual([
      '/cluster',
      'a/B',
      'a/a',
      'a/a-b',
      'a/a.b',
      'a/b',
      'a-1/a',
      'b/a',
    ]);
  });

  it.each([
    { reason: 'one namespace', query: { namespace: 'a' }, want: ['a/x', 'a/y'] },
    { reason: 'cluster scope', query: { namespace: '' }, want: ['/x'] },
    { reason: 'a name in every namespace', query: { name: 'x' }, want: ['/x', 'a/x', 'b/x'] },
    { reason: 'a name in one namespace', query: { namespace: 'b', name: 'x' }, want: ['b/x'] },
    { reason: 'nothing', query: { namespace: 'c' }, want: [] },
  ])('lists $reason', async ({ query, want }) => {
    for (const place of ['/x', 'a/x', 'a/y', 'b/x']) {
      const [namespace, name] = place.split('/');
      await create(store(), { namespace, name });
    }
    await expect(places(query)).resolves.toEqual(want);
  });

  it('keeps resources apart', async () => {
    await create(store());
    await create(store(), { resource: 'gadgets' });
    const { items } = await store().list({ ...WIDGETS, resource: 'gadgets' });
    expect(items).toEqual([expect.objectContaining(keyOf({ resource: 'gadgets' }))]);
  });

  it('answers an empty list with the current revision', async () => {
    await create(store(), { resource: 'gadgets' });
    await expect(store().list(WIDGETS)).resolves.toEqual({ items: [], revision: 1 });
  });

  it('shows one revision although writes commit while it reads', async () => {
    const before = await createMany(store(), 3000, { spec: { fill: 'x'.repeat(2000) } });
    const listing = store().list(WIDGETS);
    const writes = Promise.all([
      update(store(), before[2999], { spec: { late: true } }),
      remove(store(), before[2998]),
      create(store(), { name: 'z-late' }),
      remove(store(), before[0]),
    ]);
    const { items, revision } = await listing;
    await writes;

    expect(revision).toBeGreaterThanOrEqual(3000);
    expect(items).toEqual(await widgetsAt(store(), revision));
  });

  it('does not hold the event loop while it reads much', async () => {
    await createMany(store(), 8000, { spec: { fill: 'x'.repeat(2000) } });
    const turns = countTurns();
    await store().list(WIDGETS);
    expect(turns()).toBeGreaterThan(1);
  });
}
