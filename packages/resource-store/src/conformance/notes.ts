import type { SuiteContext } from '../resourceStore.conformance';
import { create, creation } from './objects';

export function noteGuarantees({ store, reopen }: SuiteContext): void {
  it('keeps a note exactly with the writes that hold, in their order', async () => {
    await create(store(), { name: 'taken' });
    const outcomes = await Promise.allSettled(
      ['a', 'taken', 'b'].map(name =>
        store().write([creation({ name })], { note: ([{ object }]) => `made ${object.name}` }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(store().notes(10)).resolves.toEqual([
      { revision: 2, text: 'made a' },
      { revision: 3, text: 'made b' },
    ]);
  });

  it('tells a note the results, of which the last gives it its revision', async () => {
    const seen: unknown[] = [];
    const results = await store().write([creation({ name: 'a' }), creation({ name: 'b' })], {
      note: told => {
        seen.push(told);
        return 'two';
      },
    });
    expect(seen.at(-1)).toEqual(results);
    await expect(store().notes(10)).resolves.toEqual([{ revision: 2, text: 'two' }]);
  });

  it('keeps none where there is nothing to tell', async () => {
    await store().write([creation()], { note: () => undefined });
    await expect(store().notes(10)).resolves.toEqual([]);
  });

  it('hands out the oldest first and forgets those that were dropped, also after a restart', async () => {
    for (const name of ['a', 'b', 'c']) await store().write([creation({ name })], { note: () => name });
    await expect(store().notes(2)).resolves.toEqual([
      { revision: 1, text: 'a' },
      { revision: 2, text: 'b' },
    ]);
    await store().dropNotes(2);
    await store().close();
    await expect((await reopen()).notes(2)).resolves.toEqual([{ revision: 3, text: 'c' }]);
  });

  it('notes a deletion under its own revision', async () => {
    const made = await create(store());
    await store().write([{ type: 'delete', key: made, expectedRevision: 1 }], { note: () => 'gone' });
    await expect(store().notes(1)).resolves.toEqual([{ revision: 2, text: 'gone' }]);
  });
}
