import { refusalOf } from './__testUtils__/refusalOf';
import { aWidget, one, startService, TestService, widgets } from './__testUtils__/startService';
import { Widget } from './__testUtils__/testKinds';
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

describe('update', () => {
  it('raises the generation with the spec only, and never touches status', async () => {
    const made = await createOne();
    await test.service.update({
      ...one,
      subresource: 'status',
      object: { ...made, status: { phase: 'Busy' } },
    });
    const labelled = await test.service.update({
      ...one,
      object: { ...aWidget('one', {}, { labels: { a: 'b' } }), status: { phase: 'Idle' } },
    });
    expect(labelled.object).toMatchObject({
      metadata: { generation: 1, labels: { a: 'b' } },
      status: { phase: 'Busy' },
    });
    const bigger = await test.service.update({ ...one, object: aWidget('one', { size: 4 }) });
    expect(bigger.object).toMatchObject({ metadata: { generation: 2 }, status: { phase: 'Busy' } });
  });

  it('leaves everything but status alone through the status subresource', async () => {
    const made = await createOne();
    const object = { ...aWidget('one', { size: 9 }, { labels: { x: 'y' } }), status: { phase: 'Busy' } };
    const { object: after } = await test.service.update({ ...one, subresource: 'status', object });
    expect(after.spec).toEqual(made.spec);
    expect(after.metadata.labels).toBeUndefined();
    expect(after).toMatchObject({ metadata: { generation: 1 }, status: { phase: 'Busy' } });
    expect(after.metadata.managedFields).toContainEqual(expect.objectContaining({ subresource: 'status' }));
  });

  it('changes nothing when nothing changes', async () => {
    const made = await createOne();
    for (let i = 0; i < 2; i += 1) {
      const { object } = await test.service.update({ ...one, object: made, fieldManager: 'somebody-else' });
      expect(object).toEqual(made);
    }
    expect(await test.store.revision()).toBe(Number(made.metadata.resourceVersion));
  });

  it.each([
    {
      reason: 'an old version',
      change: { resourceVersion: '1' },
      want: 'Conflict',
      says: 'the object has been modified; please apply your changes to the latest version and try again',
    },
    { reason: 'another uid', change: { uid: 'other' }, want: 'Conflict', says: 'Precondition failed: UID' },
    {
      reason: 'another creation time',
      change: { creationTimestamp: '2000-01-01T00:00:00Z' },
      want: 'Invalid',
      says: 'metadata.creationTimestamp',
    },
    {
      reason: 'another name',
      change: { name: 'two' },
      want: 'BadRequest',
      says: 'does not match the name on the URL',
    },
    {
      reason: 'another namespace',
      change: { namespace: 'team-b' },
      want: 'BadRequest',
      says: 'namespace of the provided object',
    },
  ])('refuses $reason', async ({ change, want, says }) => {
    const made = await createOne();
    const object = { ...made, metadata: { ...made.metadata, ...change } };
    const error = await refusalOf(test.service.update({ ...one, object }));
    expect(error).toMatchObject({ reason: want, message: expect.stringContaining(says) });
  });

  it('refuses to change an immutable field', async () => {
    await createOne({ serial: 'A1' });
    const error = await refusalOf(test.service.update({ ...one, object: aWidget('one', { serial: 'A2' }) }));
    expect(error).toMatchObject({
      reason: 'Invalid',
      details: { causes: [expect.objectContaining({ field: 'spec.serial' })] },
    });
  });

  it('does not blame a writer for fields of an earlier schema', async () => {
    const made = await createOne();
    const live = (await test.store.get({
      group: Widget.group,
      resource: 'widgets',
      namespace: 'team-a',
      name: 'one',
    }))!;
    const json = live.json
      .replace(/"resourceVersion":"\d+",/, '')
      .replace('"spec":{', '"spec":{"retired":1,');
    await test.store.write([
      {
        type: 'update',
        key: live,
        draft: { uid: live.uid, labels: {}, json },
        expectedRevision: live.revision,
      },
    ]);
    const read = await readOne();
    expect(read.spec).toHaveProperty('retired');
    const { object } = await test.service.update({ ...one, object: read, fieldValidation: 'Strict' });
    expect(object.spec).toEqual(made.spec);
  });

  it('does not create', async () => {
    expect(await refusalOf(test.service.update({ ...one, object: aWidget('one') }))).toMatchObject({
      reason: 'NotFound',
      message: 'widgets.krate.a5c.ai "one" not found',
    });
  });
});
