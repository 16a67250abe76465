import type { SuiteContext } from '../resourceStore.conformance';
import { StoreEvent } from '../ResourceStore';
import {
  brief,
  countTurns,
  create,
  createMany,
  creation,
  numbered,
  remove,
  take,
  update,
  WIDGETS,
} from './objects';

const WEB = [{ key: 'tier', operator: 'In' as const, values: ['web'] }];

export function watchGuarantees({ store }: SuiteContext): void {
  it('delivers what a writer did, with the state before', async () => {
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    const made = await create(store());
    const changed = await update(store(), made, { spec: { size: 2 } });
    const gone = await remove(store(), changed);

    await expect(take(watch, 3)).resolves.toEqual([
      { type: 'ADDED', revision: 1, object: made },
      { type: 'MODIFIED', revision: 2, object: changed, previous: made },
      { type: 'DELETED', revision: 3, object: gone, previous: changed },
    ]);
    watch.close();
  });

  it('tells the same story afterwards as it did live', async () => {
    const live = await store().watch({ ...WIDGETS, fromRevision: 0 });
    const made = await create(store(), { labels: { tier: 'web' } });
    await remove(store(), await update(store(), made, { labels: {} }));
    const late = await store().watch({ ...WIDGETS, fromRevision: 0 });
    expect(await take(late, 3)).toEqual(await take(live, 3));
    live.close();
    late.close();
  });

  it('continues a list without loss or repetition', async () => {
    await createMany(store(), 5);
    const { revision } = await store().list(WIDGETS);
    const after = await create(store(), { name: 'later' });
    const watch = await store().watch({ ...WIDGETS, fromRevision: revision });
    await expect(take(watch, 1)).resolves.toEqual([{ type: 'ADDED', revision: 6, object: after }]);
    watch.close();
  });

  it('shows every revision once and in order while many write and many start watching', async () => {
    const watches = [await store().watch({ ...WIDGETS, fromRevision: 0 })];
    const streams: Promise<StoreEvent[]>[] = [take(watches[0], 400)];
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let i = 0; i < 25; i += 1) {
        await create(store(), { name: `w${writer}-${i}` });
        if (i % 10 === 5) {
          const watch = await store().watch({ ...WIDGETS, fromRevision: i });
          watches.push(watch);
          streams.push(take(watch, 400 - i));
        }
      }
    });
    await Promise.all(writers);
    for (const events of await Promise.all(streams)) {
      const first = events[0].revision;
      expect(events.map(event => event.revision)).toEqual(events.map((_, i) => first + i));
      expect(events.at(-1)!.revision).toBe(400);
    }
    watches.forEach(watch => watch.close());
  });

  it('has an event ready for the writer whose write was acknowledged', async () => {
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    await create(store());
    expect(watch.progress()).toBe(0);
    await take(watch, 1);
    watch.close();
  });

  it('turns selector transitions into ADDED and DELETED', async () => {
    const watch = await store().watch({ ...WIDGETS, labels: WEB, fromRevision: 0 });
    const plain = await create(store());
    const web = await update(store(), plain, { labels: { tier: 'web' }, spec: { step: 1 } });
    const still = await update(store(), web, { labels: { tier: 'web' }, spec: { step: 2 } });
    const left = await update(store(), still, { labels: { tier: 'db' }, spec: { step: 3 } });
    const back = await update(store(), left, { labels: { tier: 'web' } });
    await remove(store(), back);

    const events = await take(watch, 5);
    expect(events.map(brief)).toEqual([
      'ADDED a 2',
      'MODIFIED a 3',
      'DELETED a 4',
      'ADDED a 5',
      'DELETED a 6',
    ]);
    expect(JSON.parse(events[2].object.json)).toMatchObject({
      metadata: { resourceVersion: '4', labels: { tier: 'web' } },
      spec: { step: 2 },
    });
    expect(events[2].object.revision).toBe(4);
    watch.close();
  });

  it('stays silent about objects that never matched', async () => {
    const watch = await store().watch({ ...WIDGETS, labels: WEB, fromRevision: 0 });
    await remove(store(), await update(store(), await create(store()), { spec: { size: 2 } }));
    await create(store(), { name: 'web', labels: { tier: 'web' } });
    expect((await take(watch, 1)).map(brief)).toEqual(['ADDED web 4']);
    watch.close();
  });

  it.each([
    { reason: 'another namespace', query: { namespace: 'acme' }, other: { namespace: 'other' } },
    { reason: 'another name', query: { name: 'a' }, other: { name: 'b' } },
    { reason: 'another resource', query: {}, other: { resource: 'gadgets' } },
  ])('ignores $reason, yet progresses past it', async ({ query, other }) => {
    const watch = await store().watch({ ...WIDGETS, ...query, fromRevision: 0 });
    await create(store(), other);
    expect(watch.progress()).toBe(1);
    await create(store());
    expect((await take(watch, 1)).map(brief)).toEqual(['ADDED a 2']);
    watch.close();
  });

  it('progresses only past what was delivered', async () => {
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    const iterator = watch[Symbol.asyncIterator]();
    await store().write([creation({ name: 'a' }), creation({ name: 'b' })]);
    expect(watch.progress()).toBe(0);
    await iterator.next();
    expect(watch.progress()).toBe(0);
    await iterator.next();
    expect(watch.progress()).toBe(1);
    const waiting = iterator.next();
    await new Promise(resolve => setImmediate(resolve));
    expect(watch.progress()).toBe(2);
    watch.close();
    await waiting;
  });

  it('refuses a revision the store has not reached', async () => {
    await create(store());
    await expect(store().watch({ ...WIDGETS, fromRevision: 2 })).rejects.toMatchObject({
      code: 'future-revision',
    });
  });

  it('ends a slow watch with overflow and leaves the others alone', async () => {
    const slow = await store().watch({ ...WIDGETS, fromRevision: 0, buffer: 3 });
    const patient = await store().watch({ ...WIDGETS, fromRevision: 0 });
    for (let i = 0; i < 4; i += 1) await create(store(), { name: numbered(i) });

    await expect(take(slow, 4)).rejects.toMatchObject({ code: 'overflow' });
    expect(slow.progress()).toBe(0);
    await expect(take(patient, 4)).resolves.toHaveLength(4);
    patient.close();
  });

  it('does not overflow on history, which a watch takes at its own pace', async () => {
    await createMany(store(), 600);
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0, buffer: 3 });
    await create(store(), { name: 'z' });
    const turns = countTurns();
    expect((await take(watch, 601)).map(event => event.revision)).toEqual(
      Array.from({ length: 601 }, (_, i) => i + 1),
    );
    expect(turns()).toBeGreaterThan(1);
    watch.close();
  });

  it('ends quietly when closed, also while it waits', async () => {
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    const waiting = take(watch, 1);
    await new Promise(resolve => setImmediate(resolve));
    watch.close();
    await expect(waiting).rejects.toThrow('The watch ended after 0 of 1 events');
  });
}
