import { Namespace } from '@krate/plugin-control-plane-common';
import { JsonObject } from '@krate/resource-model';
import { refusalOf } from './__testUtils__/refusalOf';
import { alice, aWidget, one, startService, TestService, widgets } from './__testUtils__/startService';
import { Ticket } from './__testUtils__/testKinds';
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
const without = (object: JsonObject, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

describe('create', () => {
  it('stamps what only the server may say, fills in defaults and drops status', async () => {
    const object = await createOne(
      {},
      { uid: 'mine', generation: 9, creationTimestamp: '2000-01-01T00:00:00Z' },
    );
    expect(object).toMatchObject({
      metadata: {
        name: 'one',
        namespace: 'team-a',
        generation: 1,
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
      spec: { color: 'red', size: 3, parts: [] },
    });
    expect(object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(object.metadata.creationTimestamp).not.toMatch(/^2000/);
    expect(object.metadata.managedFields).toEqual([
      expect.objectContaining({ manager: 'alice', operation: 'Update' }),
    ]);
    const { object: other } = await test.service.create({
      ...widgets,
      object: { ...aWidget('two'), status: { phase: 'Busy' } },
    });
    expect(other.status).toBeUndefined();
    expect(await readOne()).toEqual(object);
  });

  it.each([
    {
      reason: 'a name that is taken',
      object: aWidget('taken'),
      want: 'AlreadyExists',
      says: 'widgets.krate.a5c.ai "taken" already exists',
    },
    { reason: 'a name that is none', object: aWidget('No Name'), want: 'Invalid', says: 'metadata.name' },
    {
      reason: 'no name at all',
      object: { ...aWidget('x'), metadata: {} },
      want: 'Invalid',
      says: 'name or generateName is required',
    },
    {
      reason: 'a value out of bounds',
      object: aWidget('x', { size: 11 }),
      want: 'Invalid',
      says: 'spec.size',
    },
    {
      reason: 'another kind',
      object: { ...aWidget('x'), kind: 'Gadget' },
      want: 'BadRequest',
      says: 'cannot be handled as a Widget',
    },
    {
      reason: 'another version',
      object: { ...aWidget('x'), apiVersion: 'krate.a5c.ai/v9' },
      want: 'BadRequest',
      says: 'does not match the expected API version',
    },
    {
      reason: 'no kind',
      object: without(aWidget('x'), 'kind'),
      want: 'BadRequest',
      says: "'Kind' is missing",
    },
    {
      reason: 'another namespace',
      object: aWidget('x', {}, { namespace: 'team-b' }),
      want: 'BadRequest',
      says: 'namespace of the provided object',
    },
    {
      reason: 'a resourceVersion',
      object: aWidget('x', {}, { resourceVersion: '1' }),
      want: 'BadRequest',
      says: 'resourceVersion should not be set',
    },
    {
      reason: 'metadata that is a list',
      object: { ...aWidget('x'), metadata: [] },
      want: 'BadRequest',
      says: 'metadata must be an object',
    },
    {
      reason: 'an object over the limit',
      object: aWidget('x', { settings: { a: 'x'.repeat(1_600_000) } }),
      want: 'RequestEntityTooLarge',
      says: 'limit',
    },
  ])('refuses $reason', async ({ object, want, says }) => {
    await test.service.create({ ...widgets, object: aWidget('taken') });
    const error = await refusalOf(test.service.create({ ...widgets, object }));
    expect(error).toMatchObject({ reason: want, message: expect.stringContaining(says) });
  });

  it('refuses unknown fields when validation is strict', async () => {
    const object = aWidget('one', { colour: 'blue', parts: [{ name: 'a', cuont: 1 }] });
    const error = await refusalOf(test.service.create({ ...widgets, object, fieldValidation: 'Strict' }));
    expect(error.reason).toBe('BadRequest');
    expect(error.message).toContain(
      'strict decoding error: unknown field "spec.colour", unknown field "spec.parts[0].cuont"',
    );
  });

  it.each([
    { fieldValidation: 'Warn' as const, warnings: ['unknown field "spec.colour"'] },
    { fieldValidation: 'Ignore' as const, warnings: [] },
    { fieldValidation: undefined, warnings: ['unknown field "spec.colour"'] },
  ])('drops unknown fields when validation is $fieldValidation', async ({ fieldValidation, warnings }) => {
    const object = aWidget('one', { colour: 'blue' });
    const written = await test.service.create({ ...widgets, object, fieldValidation });
    expect(written.warnings).toEqual(warnings);
    expect(written.object.spec).not.toHaveProperty('colour');
  });

  it('makes a name from generateName', async () => {
    const object = { ...aWidget('x'), metadata: { generateName: 'one-' } };
    const { object: made } = await test.service.create({ ...widgets, object });
    expect(made.metadata.name).toMatch(/^one-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('needs a namespace that exists and stays', async () => {
    const missing = await refusalOf(
      test.service.create({ ...widgets, namespace: 'nowhere', object: aWidget('x') }),
    );
    expect(missing).toMatchObject({ reason: 'NotFound', message: 'namespaces "nowhere" not found' });

    const namespace = { principal: alice, kind: Namespace, name: 'team-b' };
    await test.service.patch({
      ...namespace,
      type: 'merge',
      patch: { metadata: { finalizers: ['krate.a5c.ai/content'] } },
    });
    const { object } = await test.service.delete(namespace);
    expect(object.status).toEqual({ phase: 'Terminating' });
    const going = await refusalOf(
      test.service.create({ ...widgets, namespace: 'team-b', object: aWidget('x') }),
    );
    expect(going).toMatchObject({
      reason: 'Forbidden',
      message: expect.stringContaining('because it is being terminated'),
    });
  });

  it('numbers objects for each counter, whatever the caller says', async () => {
    const create = (board: string, metadata = {}, number?: number) =>
      test.service.create({
        principal: alice,
        kind: Ticket,
        namespace: 'team-a',
        object: {
          apiVersion: Ticket.apiVersion,
          kind: 'Ticket',
          metadata,
          spec: { board, title: 'Do', number },
        },
      });
    const made = [
      await create('web'),
      await create('api'),
      await create('web', {}, 99),
      await create('web', { name: 'named' }),
    ];
    expect(made.map(({ object }) => [object.metadata.name, (object.spec as JsonObject).number])).toEqual([
      ['web-1', 1],
      ['api-1', 1],
      ['web-2', 2],
      ['named', 3],
    ]);
    const web1 = { principal: alice, kind: Ticket, namespace: 'team-a', name: 'web-1' };
    const renumber = test.service.patch({ ...web1, type: 'merge', patch: { spec: { number: 7 } } });
    expect(await refusalOf(renumber)).toMatchObject({ reason: 'Invalid' });
    const { metadata: _, ...kept } = made[0].object;
    const object = { ...kept, metadata: { name: 'web-1' }, spec: { board: 'web', title: 'Done' } };
    const { object: updated } = await test.service.update({ ...web1, object });
    expect(updated.spec).toEqual({ board: 'web', title: 'Done', number: 1 });
  });

  it('stores nothing on a dry run, but refuses what would be refused', async () => {
    const { object } = await test.service.create({ ...widgets, object: aWidget('one'), dryRun: true });
    expect(object).toMatchObject({ metadata: { name: 'one', generation: 1 }, spec: { size: 3 } });
    expect(await refusalOf(readOne())).toMatchObject({ reason: 'NotFound' });
    await createOne();
    const again = test.service.create({ ...widgets, object: aWidget('one'), dryRun: true });
    expect(await refusalOf(again)).toMatchObject({ reason: 'AlreadyExists' });
    expect(test.audited).toHaveLength(1);
  });
});
