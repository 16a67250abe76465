import type { SuiteContext } from '../resourceStore.conformance';
import { ListQuery, ListResult, ResourceStore, StoredObject } from '../ResourceStore';
import { create, createMany, numbered, remove, update, WIDGETS, widgetsAt } from './objects';

const SNAPSHOTS: { reason: string; query: Partial<ListQuery>; matches: (object: StoredObject) => boolean }[] =
  [
    { reason: 'everything', query: {}, matches: () => true },
    { reason: 'a namespace', query: { namespace: 'b' }, matches: object => object.namespace === 'b' },
    {
      reason: 'a label value',
      query: { labels: [{ key: 'parity', operator: 'In', values: ['odd'] }] },
      matches: object => object.json.includes('"parity":"odd"'),
    },
    {
      reason: 'a label that is absent',
      query: { labels: [{ key: 'parity', operator: 'NotIn', values: ['odd'] }] },
      matches: object => !object.json.includes('"parity":"odd"'),
    },
    {
      reason: 'a field',
      query: { fields: [{ path: 'spec.color', value: 'red' }] },
      matches: object => object.json.includes('"color":"red"'),
    },
  ];

export function pagingGuarantees({ store }: SuiteContext): void {
  it('cuts a list into pages and says how many follow', async () => {
    const all = await createMany(store(), 7);
    const pages = await readPages(store(), { ...WIDGETS, limit: 3 });
    expect(pages.map(page => page.items.length)).toEqual([3, 3, 1]);
    expect(pages.map(page => page.remaining)).toEqual([4, 1, undefined]);
    expect(pages.map(page => page.revision)).toEqual([7, 7, 7]);
    expect(pages.flatMap(page => page.items)).toEqual(all);
  });

  it.each([
    { reason: 'a limit as large as the list', limit: 5 },
    { reason: 'a larger limit', limit: 6 },
    { reason: 'no limit', limit: undefined },
    { reason: 'a limit of 0, which means none', limit: 0 },
  ])('needs no second page for $reason', async ({ limit }) => {
    await createMany(store(), 5);
    const page = await store().list({ ...WIDGETS, limit });
    expect(page.items).toHaveLength(5);
    expect(page).not.toHaveProperty('continue');
    expect(page).not.toHaveProperty('remaining');
  });

  it('does not claim to know what remains under a selector', async () => {
    await createMany(store(), 4, { labels: { tier: 'web' } });
    const labels = [{ key: 'tier', operator: 'Exists' as const, values: [] }];
    const page = await store().list({ ...WIDGETS, labels, limit: 2 });
    expect(page.continue).toBeDefined();
    expect(page).not.toHaveProperty('remaining');
  });

  it.each(SNAPSHOTS)(
    'shows the first page’s revision to the end while others write: $reason',
    async ({ query, matches }) => {
      const objects = await seed(store());
      const seen: StoredObject[] = [];
      let token: string | undefined;
      let round = 0;
      do {
        const page: ListResult = await store().list({ ...WIDGETS, ...query, limit: 4, continue: token });
        expect(page.revision).toBe(objects.length);
        seen.push(...page.items);
        token = page.continue;
        await disturb(store(), objects, round);
        round += 1;
      } while (token);

      expect(seen).toEqual(objects.filter(matches).sort(byKey));
    },
  );

  it.each(SNAPSHOTS)(
    'shows one revision while others write during the call: $reason',
    async ({ query, matches }) => {
      const objects = await seed(store());
      const listing = store().list({ ...WIDGETS, ...query });
      for (let round = 0; round < 3; round += 1) await disturb(store(), objects, round);
      const { items, revision } = await listing;

      expect(revision).toBeGreaterThanOrEqual(objects.length);
      expect(items).toEqual((await widgetsAt(store(), revision)).filter(matches));
    },
  );

  it('answers compacted when the history since the first page is gone', async () => {
    await createMany(store(), 5);
    const page = await store().list({ ...WIDGETS, limit: 2 });
    await store().compact(5);
    await expect(store().list({ ...WIDGETS, limit: 2, continue: page.continue })).resolves.toMatchObject({
      revision: 5,
    });
    await create(store(), { name: 'z' });
    await store().compact(6);
    await expect(store().list({ ...WIDGETS, limit: 2, continue: page.continue })).rejects.toMatchObject({
      code: 'compacted',
    });
  });

  it('goes on from what there is by then with the token of that refusal', async () => {
    await createMany(store(), 5);
    const page = await store().list({ ...WIDGETS, limit: 2 });
    const late = await create(store(), { name: 'z' });
    await store().compact(6);
    const refused = await store()
      .list({ ...WIDGETS, limit: 2, continue: page.continue })
      .catch(error => error);
    const rest = await readPages(store(), { ...WIDGETS, limit: 2, continue: refused.continueToken });
    expect(rest.flatMap(({ items }) => items)).toHaveLength(4);
    expect(rest.at(-1)!.items.at(-1)).toEqual(late);
    expect(rest.map(({ revision }) => revision)).toEqual([6, 6]);
  });

  it('reads a list as it stood at a revision, in pages too', async () => {
    const objects = await seed(store());
    await disturb(store(), objects, 0);
    const atRevision = await store().revision();
    const then = (await store().list(WIDGETS)).items;
    await disturb(store(), objects, 1);
    expect(await store().list({ ...WIDGETS, atRevision })).toEqual({ items: then, revision: atRevision });
    const pages = await readPages(store(), { ...WIDGETS, atRevision, limit: 7 });
    expect(pages.flatMap(({ items }) => items)).toEqual(then);
  });

  it.each([
    { reason: 'compacted', ahead: -1, code: 'compacted' },
    { reason: 'yet to come', ahead: 1, code: 'future-revision' },
  ])('refuses to read at a revision that is $reason', async ({ ahead, code }) => {
    await createMany(store(), 3);
    await store().compact(3);
    const asked = store().list({ ...WIDGETS, atRevision: 3 + ahead });
    await expect(asked).rejects.toMatchObject({ code, continueToken: undefined });
  });

  it.each([
    { reason: 'noise', token: 'hello' },
    { reason: 'JSON of another shape', token: Buffer.from('{"a":1}').toString('base64url') },
  ])('refuses a token that is $reason', async ({ token }) => {
    await expect(store().list({ ...WIDGETS, continue: token })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('refuses a token of another namespace’s list', async () => {
    await createMany(store(), 3);
    const page = await store().list({ ...WIDGETS, namespace: 'acme', limit: 1 });
    const other = store().list({ ...WIDGETS, namespace: 'other', limit: 1, continue: page.continue });
    await expect(other).rejects.toMatchObject({ code: 'invalid' });
  });
}

async function readPages(store: ResourceStore, query: ListQuery): Promise<ListResult[]> {
  const pages = [await store.list(query)];
  for (let token = pages[0].continue; token; token = pages.at(-1)!.continue) {
    pages.push(await store.list({ ...query, continue: token }));
  }
  return pages;
}

async function seed(store: ResourceStore): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for (let i = 0; i < 40; i += 1) {
    const labels: Record<string, string> = i % 3 === 0 ? {} : { parity: i % 2 ? 'odd' : 'even' };
    const spec = { color: i % 2 ? 'red' : 'blue' };
    objects.push(await create(store, { name: numbered(i), namespace: i < 20 ? 'a' : 'b', labels, spec }));
  }
  return objects;
}

/** Changes, deletes, recreates and adds around every place a page may end. */
async function disturb(store: ResourceStore, objects: StoredObject[], round: number): Promise<void> {
  for (let i = round % 3; i < objects.length; i += 3) {
    const { namespace, name } = objects[i];
    const current = await store.get(objects[i]);
    const change = {
      name,
      namespace,
      labels: { parity: i % 2 ? 'even' : 'odd' },
      spec: { color: 'red', round },
    };
    if (!current) await create(store, change);
    else if ((i + round) % 2) await update(store, current, change);
    else await remove(store, current);
  }
  for (const namespace of ['a', 'b']) {
    await create(store, { name: `${numbered(round * 7)}-new`, namespace, labels: { parity: 'odd' } });
  }
}

function byKey(a: StoredObject, b: StoredObject): number {
  return `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1;
}
