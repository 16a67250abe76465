import { JsonObject } from '@krate/resource-model';
import { refusalOf } from './__testUtils__/refusalOf';
import { aWidget, one, startService, TestService } from './__testUtils__/startService';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

const readOne = async () => (await test.service.get(one)).object;

describe('apply', () => {
  const apply = (spec: object, options: object = {}) =>
    test.service.apply({
      ...one,
      object: { ...aWidget('one'), spec } as JsonObject,
      fieldManager: 'ann',
      ...options,
    });

  it('creates, leaves alone, changes and removes', async () => {
    const first = await apply({ color: 'red', serial: 'S' });
    expect(first).toMatchObject({
      created: true,
      object: { metadata: { generation: 1 }, spec: { color: 'red', size: 3 } },
    });
    const same = await apply({ color: 'red', serial: 'S' });
    expect(same).toEqual({ ...first, created: false });
    const more = await apply({ color: 'red', serial: 'S', peer: 'p', size: 4 });
    expect(more.object).toMatchObject({ metadata: { generation: 2 }, spec: { peer: 'p', size: 4 } });
    const less = await apply({ color: 'red', serial: 'S' });
    expect(less.object.spec).toEqual({ color: 'red', serial: 'S', size: 3, parts: [] });
  });

  it('refuses to take over the fields of another manager, unless forced', async () => {
    await apply({ color: 'red' });
    const error = await refusalOf(apply({ color: 'blue' }, { fieldManager: 'ben' }));
    expect(error).toMatchObject({
      reason: 'Conflict',
      details: {
        causes: [expect.objectContaining({ reason: 'FieldManagerConflict', field: '.spec.color' })],
      },
    });
    const { object } = await apply({ color: 'blue' }, { fieldManager: 'ben', force: true });
    expect(object.spec).toMatchObject({ color: 'blue' });
  });

  it.each([
    {
      reason: 'no manager',
      options: { fieldManager: '' },
      metadata: {},
      want: 'Invalid',
      says: 'fieldManager: Required value',
    },
    {
      reason: 'managedFields',
      options: {},
      metadata: { managedFields: [] },
      want: 'BadRequest',
      says: 'managedFields must be nil',
    },
    {
      reason: 'the version of an object that is not there',
      options: {},
      metadata: { resourceVersion: '1' },
      want: 'Conflict',
      says: 'modified',
    },
    {
      reason: 'the status of an object that is not there',
      options: { subresource: 'status' as const },
      metadata: {},
      want: 'NotFound',
      says: 'not found',
    },
  ])('refuses $reason', async ({ options, metadata, want, says }) => {
    const object = aWidget('one', {}, metadata);
    const error = await refusalOf(test.service.apply({ ...one, object, fieldManager: 'ann', ...options }));
    expect(error).toMatchObject({ reason: want, message: expect.stringContaining(says) });
  });

  it('needs the right to create when it creates', async () => {
    test.deny(({ verb }) => verb === 'create');
    expect(await refusalOf(apply({ color: 'red' }))).toMatchObject({ reason: 'Forbidden' });
  });

  it('lets two first applies at once both succeed', async () => {
    await Promise.all([apply({ color: 'red' }), apply({ color: 'red', size: 4 }, { fieldManager: 'ben' })]);
    expect((await readOne()).spec).toMatchObject({ color: 'red', size: 4 });
  });
});
