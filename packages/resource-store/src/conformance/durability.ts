import type { SuiteContext } from '../resourceStore.conformance';
import { create, createMany, draftOf, keyOf, take, update, WIDGETS } from './objects';

export function durabilityGuarantees({ store, reopen }: SuiteContext): void {
  it('keeps objects, revision, counters, labels and history', async () => {
    const number = (name: string) => ({
      type: 'create' as const,
      key: keyOf(),
      draft: draftOf(),
      number: {
        counter: 'issues',
        assign: (n: number) => ({ key: keyOf({ name: name + n }), draft: draftOf({ name: name + n }) }),
      },
    });
    const made = await create(store(), { labels: { tier: 'web' } });
    await store().write([number('issue-')]);
    await update(store(), made, { labels: { tier: 'db' } });
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    const story = await take(watch, 3);
    const before = await store().list(WIDGETS);
    await store().compact(1);
    await store().close();

    const again = await reopen();
    await expect(again.list(WIDGETS)).resolves.toEqual(before);
    await expect(again.revision()).resolves.toBe(3);
    await expect(again.watch({ ...WIDGETS, fromRevision: 0 })).rejects.toMatchObject({ code: 'compacted' });
    const later = await again.watch({ ...WIDGETS, fromRevision: 1 });
    await expect(take(later, 2)).resolves.toEqual(story.slice(1));
    const [next] = await again.write([number('issue-')]);
    expect(next).toMatchObject({ revision: 4, object: { name: 'issue-2' } });
    const labels = [{ key: 'tier', operator: 'In' as const, values: ['db'] }];
    expect((await again.list({ ...WIDGETS, labels })).items).toHaveLength(1);
  });

  it('finishes the writes it accepted', async () => {
    const writes = Array.from({ length: 20 }, (_, i) => create(store(), { name: `n${i}` }));
    const closing = store().close();
    await expect(Promise.all(writes)).resolves.toHaveLength(20);
    await closing;
    await expect((await reopen()).revision()).resolves.toBe(20);
  });

  it('ends watches with unavailable and refuses every later call so', async () => {
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    const waiting = take(watch, 1);
    await store().close();
    await store().close();
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });

    const calls = [
      store().get(keyOf()),
      store().list(WIDGETS),
      create(store()),
      store().watch({ ...WIDGETS, fromRevision: 0 }),
      store().revision(),
      store().compact(0),
      store().notes(1),
      store().dropNotes(1),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    }
  });

  it('breaks a running list off with unavailable', async () => {
    await createMany(store(), 3000, { spec: { fill: 'x'.repeat(2000) } });
    // Caught from the beginning: it may break off before the store has closed.
    const listing = store()
      .list(WIDGETS)
      .catch(error => error);
    await store().close();
    await expect(listing).resolves.toMatchObject({ code: 'unavailable' });
  });
}
