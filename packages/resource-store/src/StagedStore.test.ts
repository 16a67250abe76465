import { create, creation, draftOf, keyOf, names, remove, update, WIDGETS } from './conformance/objects';
import { SqliteResourceStore } from './drivers/sqlite/SqliteResourceStore';
import { StagedStore } from './StagedStore';

describe('StagedStore', () => {
  let store: SqliteResourceStore;
  let staged: StagedStore;
  beforeEach(async () => {
    store = await SqliteResourceStore.open({ file: ':memory:' });
    staged = new StagedStore(store);
  });
  afterEach(() => store.close());

  it('shows what was gathered to whoever gathers it, and to nobody else', async () => {
    await create(store, { name: 'b', labels: { tier: 'web' } });
    const made = await create(staged, { name: 'a', labels: { tier: 'web' } });
    const labels = [{ key: 'tier', operator: 'In' as const, values: ['web'] }];
    expect(names((await staged.list({ ...WIDGETS, labels })).items)).toEqual(['a', 'b']);
    await expect(staged.get(keyOf({ name: 'a' }))).resolves.toEqual(made);
    expect(names((await store.list(WIDGETS)).items)).toEqual(['b']);
  });

  it('commits all of it in one write: one change for each object, whatever it went through', async () => {
    const [b, c] = [await create(store, { name: 'b' }), await create(store, { name: 'c' })];
    const made = await create(staged, { name: 'a' });
    await update(staged, made, { spec: { size: 1 } });
    await update(staged, await update(staged, b, { spec: { size: 2 } }), { spec: { size: 3 } });
    await remove(staged, c);
    await remove(staged, await create(staged, { name: 'never' }));
    const realOf = await staged.commit();

    await expect(store.revision()).resolves.toBe(5);
    const { items } = await store.list(WIDGETS);
    expect(items.map(({ name, json }) => [name, JSON.parse(json).spec.size])).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    const [a] = (await staged.list(WIDGETS)).items;
    expect(realOf(a.revision)).toBe(items[0].revision);
  });

  it('commits nothing when one of the states has moved', async () => {
    const b = await create(store, { name: 'b' });
    await create(staged, { name: 'a' });
    await update(staged, b, { spec: { size: 2 } });
    await update(store, b, { spec: { size: 9 } });
    await expect(staged.commit()).rejects.toMatchObject({ code: 'conflict' });
    await expect(store.get(keyOf({ name: 'a' }))).resolves.toBeUndefined();
  });

  it('rests on what its writes rested on', async () => {
    const witness = await create(store, { name: 'witness' });
    await staged.write([creation({ name: 'a' })], {
      expects: [{ key: witness, revision: witness.revision }],
    });
    await remove(store, witness);
    await expect(staged.commit()).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each([
    { reason: 'what is there already', write: () => create(staged, { name: 'b' }), code: 'already-exists' },
    {
      reason: 'an update of nothing',
      write: () => staged.write([{ type: 'update', key: keyOf(), draft: draftOf(), expectedRevision: 1 }]),
      code: 'not-found',
    },
    {
      reason: 'a version that is not the present one',
      write: () => staged.write([{ type: 'delete', key: keyOf({ name: 'b' }), expectedRevision: 7 }]),
      code: 'conflict',
    },
    {
      reason: 'all of a write whose second part fails',
      write: () => staged.write([creation({ name: 'x' }), creation({ name: 'b' })]),
      code: 'already-exists',
    },
  ])('refuses $reason, as a store does', async ({ write, code }) => {
    await create(store, { name: 'b' });
    await expect(write()).rejects.toMatchObject({ code });
    expect(names((await staged.list(WIDGETS)).items)).toEqual(['b']);
  });
});
