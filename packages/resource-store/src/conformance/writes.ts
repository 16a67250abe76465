import type { SuiteContext } from '../resourceStore.conformance';
import { StoredObject, WriteOperation } from '../ResourceStore';
import { create, creation, draftOf, keyOf, remove, update, WIDGETS } from './objects';

export function writeGuarantees({ store }: SuiteContext): void {
  it('returns and keeps the wire form, with the revision inside metadata', async () => {
    const made = await create(store(), {
      labels: { tier: 'web' },
      spec: { note: 'a "metadata":{ in a text' },
    });

    expect(made.revision).toBe(1);
    expect(JSON.parse(made.json)).toEqual({
      apiVersion: 'test.krate.dev/v1',
      kind: 'Widget',
      metadata: {
        name: 'a',
        namespace: 'acme',
        uid: 'uid-acme-a',
        labels: { tier: 'web' },
        resourceVersion: '1',
      },
      spec: { note: 'a "metadata":{ in a text' },
    });
    await expect(store().get(keyOf())).resolves.toEqual(made);
  });

  it('keeps text byte for byte, whatever is in it', async () => {
    const note =
      'quote " backslash \\ "metadata":{"resourceVersion":"7", tab \t nul \u0000 emoji 🐙 line \u2028';
    const made = await create(store(), { spec: { note } });
    const read = await store().get(keyOf());
    expect(JSON.parse(made.json).spec.note).toBe(note);
    expect(read).toEqual(made);
  });

  it('answers undefined for an object that is not there', async () => {
    await expect(store().get(keyOf({ name: 'nobody' }))).resolves.toBeUndefined();
  });

  it('counts every committed operation, and only those', async () => {
    const made = await create(store());
    await expect(create(store())).rejects.toMatchObject({ code: 'already-exists', key: keyOf() });
    const changed = await update(store(), made, { spec: { size: 2 } });
    await expect(remove(store(), made)).rejects.toMatchObject({ code: 'conflict' });
    const last = await remove(store(), changed);

    expect([made.revision, changed.revision, last.revision]).toEqual([1, 2, 3]);
    await expect(store().revision()).resolves.toBe(3);
  });

  describe('that rest on an object they leave alone', () => {
    const decide = (witness: { revision: number }, name: string) =>
      store().write([creation({ name })], {
        expects: [{ key: keyOf({ name: 'witness' }), revision: witness.revision }],
      });

    it('count while it is as it was read', async () => {
      const witness = await create(store(), { name: 'witness' });
      await expect(decide(witness, 'b')).resolves.toHaveLength(1);
      await expect(decide(witness, 'c')).resolves.toHaveLength(1);
    });

    it.each([
      {
        reason: 'has changed',
        move: (witness: StoredObject) => update(store(), witness, { spec: { size: 2 } }),
      },
      { reason: 'is gone', move: (witness: StoredObject) => remove(store(), witness) },
    ])('are refused when it $reason', async ({ move }) => {
      const witness = await create(store(), { name: 'witness' });
      await move(witness);
      await expect(decide(witness, 'b')).rejects.toMatchObject({
        code: 'conflict',
      });
      await expect(store().get(keyOf({ name: 'b' }))).resolves.toBeUndefined();
    });

    it('never both succeed when each rests on what the other changes', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [a, b] = await store().write([
          creation({ name: `a${round}` }),
          creation({ name: `b${round}` }),
        ]);
        const outcomes = await Promise.allSettled(
          [
            [a, b],
            [b, a],
          ].map(([changed, rest]) =>
            store().write([{ type: 'delete', key: changed.object, expectedRevision: changed.revision }], {
              expects: [{ key: rest.object, revision: rest.revision }],
            }),
          ),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    });
  });

  it('lets a delete carry its own revision and the last state', async () => {
    const made = await create(store(), { spec: { size: 1 } });
    const gone = await remove(store(), made);
    expect(JSON.parse(gone.json)).toMatchObject({ metadata: { resourceVersion: '2' }, spec: { size: 1 } });
    await expect(store().get(keyOf())).resolves.toBeUndefined();
  });

  it.each<{ reason: string; operation: WriteOperation; code: string }>([
    {
      reason: 'an update of nothing',
      operation: {
        type: 'update',
        key: keyOf({ name: 'b' }),
        draft: draftOf({ name: 'b' }),
        expectedRevision: 1,
      },
      code: 'not-found',
    },
    {
      reason: 'a delete of nothing',
      operation: { type: 'delete', key: keyOf({ name: 'b' }), expectedRevision: 1 },
      code: 'not-found',
    },
    {
      reason: 'an update from an old state',
      operation: { type: 'update', key: keyOf(), draft: draftOf(), expectedRevision: 0 },
      code: 'conflict',
    },
    {
      reason: 'an update that changes the uid',
      operation: { type: 'update', key: keyOf(), draft: { ...draftOf(), uid: 'other' }, expectedRevision: 1 },
      code: 'invalid',
    },
    {
      reason: 'a draft in another order',
      operation: { type: 'create', key: keyOf({ name: 'b' }), draft: { ...draftOf(), json: '{"kind":"A"}' } },
      code: 'invalid',
    },
    {
      reason: 'a draft that brings its own revision',
      operation: {
        type: 'create',
        key: keyOf({ name: 'b' }),
        draft: {
          ...draftOf(),
          json: draftOf().json.replace('"metadata":{', '"metadata":{"resourceVersion":"9",'),
        },
      },
      code: 'invalid',
    },
    {
      reason: 'a draft that is cut off',
      operation: {
        type: 'create',
        key: keyOf({ name: 'b' }),
        draft: { ...draftOf(), json: draftOf().json.slice(0, -1) },
      },
      code: 'invalid',
    },
    { reason: 'a name with a space', operation: creation({ name: 'b c' }), code: 'invalid' },
    { reason: 'an empty name', operation: creation({ name: '' }), code: 'invalid' },
  ])('refuses $reason with $code and leaves no trace', async ({ operation, code }) => {
    const before = await create(store());
    await expect(store().write([operation])).rejects.toMatchObject({ name: 'StoreError', code });
    await expect(store().list(WIDGETS)).resolves.toEqual({ items: [before], revision: 1 });
  });

  it('commits all operations of a write under consecutive revisions, or none', async () => {
    const first = await create(store());
    const results = await store().write([
      creation({ name: 'b' }),
      { type: 'update', key: first, draft: draftOf({ spec: { size: 2 } }), expectedRevision: 1 },
      creation({ name: 'c' }),
    ]);
    expect(results.map(({ revision }) => revision)).toEqual([2, 3, 4]);

    const failing = [creation({ name: 'd' }), creation({ name: 'b' })];
    await expect(store().write(failing)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(store().get(keyOf({ name: 'd' }))).resolves.toBeUndefined();
    await expect(store().revision()).resolves.toBe(4);
  });

  it('accepts an empty write and takes no revision for it', async () => {
    await expect(store().write([])).resolves.toEqual([]);
    await expect(store().revision()).resolves.toBe(0);
  });

  it('lets a failing call fail alone when many arrive together', async () => {
    await create(store());
    const outcomes = await Promise.allSettled(
      ['b', 'a', 'c', 'a', 'd'].map(name =>
        store().write([creation({ name: `${name}-side` }), creation({ name })]),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const { items, revision } = await store().list(WIDGETS);
    expect(items.map(({ name }) => name)).toEqual(['a', 'b', 'b-side', 'c', 'c-side', 'd', 'd-side']);
    expect(revision).toBe(7);
  });

  it('lets exactly one of many writers win from the same revision', async () => {
    const before = await create(store());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, size) => update(store(), before, { spec: { size } })),
    );
    const lost = outcomes.filter(outcome => outcome.status === 'rejected');
    expect(lost).toHaveLength(15);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'conflict', key: keyOf() });
  });
}
