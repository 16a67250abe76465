import type { SuiteContext } from '../resourceStore.conformance';
import { StoreRecord } from '../PortableStore';
import { create, createMany, creation, names, remove, take, update, WIDGETS } from './objects';

const JSON_OF_B =
  '{"apiVersion":"test.krate.dev/v1","kind":"Widget","metadata":{"name":"b","namespace":"acme","uid":"uid-b","labels":{"tier":"ü"}},"spec":{}}';

/** What every driver dumps and loads alike, so that a backup of one fills the other. */
const RECORDS: StoreRecord[] = [
  {
    type: 'object',
    ...WIDGETS,
    namespace: 'acme',
    name: 'b',
    uid: 'uid-b',
    revision: 7,
    json: JSON_OF_B,
    labels: { tier: 'ü' },
  },
  { type: 'counter', name: 'numbers', value: 41 },
];

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield item;
}

export function portableGuarantees({ store, reopen }: SuiteContext): void {
  const dump = async () => {
    const records: StoreRecord[] = [];
    const revision = await store().dump(record => void records.push(record));
    return { revision, records };
  };

  it('loads what was dumped: objects, revisions, labels and number series as they were', async () => {
    await store().load(stream(RECORDS), 1000);
    await expect(dump()).resolves.toEqual({ revision: 1000, records: RECORDS });
    const { items } = await store().list({
      ...WIDGETS,
      labels: [{ key: 'tier', operator: 'In', values: ['ü'] }],
    });
    expect(items).toMatchObject([{ name: 'b', revision: 7 }]);
    expect(items[0].json).toContain('"resourceVersion":"7"');
  });

  it('goes on above the revision it was given, and with the next number', async () => {
    await store().load(stream(RECORDS), 1000);
    const operation = creation({ name: 'c' }) as Extract<ReturnType<typeof creation>, { type: 'create' }>;
    const numbered: number[] = [];
    const [{ revision }] = await store().write([
      {
        ...operation,
        number: {
          counter: 'numbers',
          assign: value => {
            numbered.push(value);
            return operation;
          },
        },
      },
    ]);
    expect(revision).toBe(1001);
    expect(numbered.at(-1)).toBe(42);
  });

  it.each([
    { fromRevision: 7, reason: 'from before the backup' },
    { fromRevision: 999, reason: 'given out after the backup, by the store that was lost' },
  ])('tells a watch $reason to list anew', async ({ fromRevision }) => {
    await store().load(stream(RECORDS), 1000);
    await expect(store().watch({ ...WIDGETS, fromRevision })).rejects.toMatchObject({ code: 'compacted' });
  });

  it('is followed from where it goes on, also after it was opened again', async () => {
    await store().load(stream(RECORDS), 1000);
    const watch = await store().watch({ ...WIDGETS, fromRevision: 1000 });
    await create(store(), { name: 'c' });
    expect((await take(watch, 1))[0].revision).toBe(1001);
    watch.close();
    await store().close();
    const again = await reopen();
    await expect(again.revision()).resolves.toBe(1001);
    await expect(again.watch({ ...WIDGETS, fromRevision: 999 })).rejects.toMatchObject({ code: 'compacted' });
  });

  it('fills no store that was ever written to, even when nothing is left in it', async () => {
    await remove(store(), await create(store()));
    await expect(store().load(stream(RECORDS), 1000)).rejects.toMatchObject({ code: 'conflict' });
    expect((await store().list(WIDGETS)).items).toEqual([]);
  });

  it('keeps nothing of a load that breaks off', async () => {
    const broken = (async function* cutOff() {
      yield RECORDS[0];
      throw new Error('the file ends here');
    })();
    await expect(store().load(broken, 1000)).rejects.toThrow('the file ends here');
    await store().load(stream(RECORDS), 1000);
    expect(names((await store().list(WIDGETS)).items)).toEqual(['b']);
  });

  it('dumps one moment while writes go on', async () => {
    const objects = await createMany(store(), 300, { spec: { turn: 0 } });
    let writing = Promise.resolve();
    const turns: number[] = [];
    const revision = await store().dump(async record => {
      if (record.type !== 'object') return;
      turns.push(JSON.parse(record.json).spec.turn);
      // The last objects change while the first ones are handed out.
      if (turns.length === 1)
        writing = update(store(), objects[299], { spec: { turn: 1 } }).then(() => undefined);
      await writing;
    });
    expect(turns).toEqual(objects.map(() => 0));
    expect(revision).toBe(300);
  });
}
