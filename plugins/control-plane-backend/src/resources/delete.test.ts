import { refusalOf } from './__testUtils__/refusalOf';
import { aWidget, one, startService, TestService, widgets } from './__testUtils__/startService';
import { WireObject } from './WireObject';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

async function createOne(spec: object = {}, metadata: object = {}): Promise<WireObject> {
  return (await test.service.create({ ...widgets, object: aWidget('one', spec, metadata) })).object;
}
const readOne = async () => (await test.service.get(one)).object;

describe('delete', () => {
  it('removes, and answers the last state', async () => {
    const made = await createOne();
    const { object, removed } = await test.service.delete(one);
    expect({ removed, uid: object.metadata.uid }).toEqual({ removed: true, uid: made.metadata.uid });
    expect(await refusalOf(test.service.delete(one))).toMatchObject({ reason: 'NotFound' });
  });

  it('waits for finalizers; the last one removed removes the object', async () => {
    await createOne({}, { finalizers: ['krate.a5c.ai/a', 'krate.a5c.ai/b'] });
    const { object, removed } = await test.service.delete(one);
    expect(removed).toBe(false);
    expect(object.metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      generation: 2,
      deletionGracePeriodSeconds: 0,
    });
    const again = await test.service.delete(one);
    expect(again.object).toEqual(object);

    const release = (finalizers: string[]) =>
      test.service.patch({ ...one, type: 'merge', patch: { metadata: { finalizers } } });
    const more = await refusalOf(release(['krate.a5c.ai/a', 'krate.a5c.ai/b', 'krate.a5c.ai/c']));
    expect(more).toMatchObject({
      reason: 'Invalid',
      message: expect.stringContaining('no new finalizers can be added'),
    });
    await release(['krate.a5c.ai/b']);
    await expect(readOne()).resolves.toBeDefined();
    await release([]);
    expect(await refusalOf(readOne())).toMatchObject({ reason: 'NotFound' });
  });

  it.each([
    { propagationPolicy: undefined, removed: true, finalizers: [] },
    { propagationPolicy: 'Background' as const, removed: true, finalizers: [] },
    { propagationPolicy: 'Foreground' as const, removed: false, finalizers: ['foregroundDeletion'] },
    { propagationPolicy: 'Orphan' as const, removed: false, finalizers: ['orphan'] },
  ])(
    'records the policy $propagationPolicy for the garbage collector',
    async ({ propagationPolicy, removed, finalizers }) => {
      await createOne();
      const deleted = await test.service.delete({ ...one, propagationPolicy });
      expect(deleted.removed).toBe(removed);
      expect(deleted.object.metadata.finalizers ?? []).toEqual(finalizers);
    },
  );

  it.each([
    { reason: 'another uid', preconditions: { uid: 'other' }, says: 'the UID in the precondition (other)' },
    {
      reason: 'another version',
      preconditions: { resourceVersion: '1' },
      says: 'the ResourceVersion in the precondition (1)',
    },
  ])('refuses $reason', async ({ preconditions, says }) => {
    await createOne();
    const error = await refusalOf(test.service.delete({ ...one, preconditions }));
    expect(error).toMatchObject({ reason: 'Conflict', message: expect.stringContaining(says) });
  });

  it('keeps everything on a dry run', async () => {
    await createOne();
    await test.service.delete({ ...one, dryRun: true });
    await expect(readOne()).resolves.toBeDefined();
  });

  it('deletes what a selector admits', async () => {
    for (const name of ['a', 'b', 'c']) {
      await test.service.create({
        ...widgets,
        object: aWidget(name, { color: name === 'c' ? 'blue' : 'red' }),
      });
    }
    const deleted = await test.service.deleteCollection({
      ...widgets,
      fields: [{ path: 'spec.color', value: 'red' }],
    });
    expect(deleted.map(({ object }) => object.metadata.name)).toEqual(['a', 'b']);
    const { items } = await test.service.list(widgets);
    expect(items.map(({ stored }) => stored.name)).toEqual(['c']);
  });
});
