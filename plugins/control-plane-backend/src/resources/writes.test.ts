import { ApiError, JsonObject } from '@krate/resource-model';
import { Namespace, Secret } from '@krate/plugin-control-plane-common';
import { alice, aWidget, startService, TestService } from './__testUtils__/startService';
import { Ticket, Widget } from './__testUtils__/testKinds';
import { WireObject } from './WireObject';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

const widgets = { principal: alice, kind: Widget, namespace: 'team-a' };
const one = { ...widgets, name: 'one' };

async function createOne(spec: object = {}, metadata: object = {}): Promise<WireObject> {
  return (await test.service.create({ ...widgets, object: aWidget('one', spec, metadata) })).object;
}
const readOne = async () => (await test.service.get(one)).object;
const refusalOf = async (act: Promise<unknown>): Promise<ApiError> => {
  const error = await act.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error;
};
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

  it.each([
    { fieldValidation: 'Strict' as const, refused: true, warnings: [] },
    { fieldValidation: 'Warn' as const, refused: false, warnings: ['unknown field "spec.colour"'] },
    { fieldValidation: 'Ignore' as const, refused: false, warnings: [] },
    { fieldValidation: undefined, refused: false, warnings: ['unknown field "spec.colour"'] },
  ])('treats unknown fields as $fieldValidation says', async ({ fieldValidation, refused, warnings }) => {
    const writing = test.service.create({
      ...widgets,
      object: aWidget('one', { colour: 'blue' }),
      fieldValidation,
    });
    if (refused) {
      const error = await refusalOf(writing);
      expect(error.reason).toBe('BadRequest');
      expect(error.message).toContain('strict decoding error: unknown field "spec.colour"');
      return;
    }
    const written = await writing;
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

describe('patch', () => {
  it.each([
    {
      reason: 'a merge patch',
      type: 'merge' as const,
      patch: { spec: { size: 5, peer: null } },
      want: { color: 'red', size: 5, parts: [] },
    },
    {
      reason: 'a merge patch that removes a defaulted field',
      type: 'merge' as const,
      patch: { spec: { size: null } },
      want: { color: 'red', size: 3, peer: 'p', parts: [] },
    },
    {
      reason: 'a JSON patch',
      type: 'json' as const,
      patch: [
        { op: 'replace', path: '/spec/color', value: 'blue' },
        { op: 'remove', path: '/spec/peer' },
      ],
      want: { color: 'blue', size: 3, parts: [] },
    },
  ])('applies $reason', async ({ type, patch, want }) => {
    await createOne({ peer: 'p' });
    const { object } = await test.service.patch({ ...one, type, patch });
    expect(object.spec).toEqual(want);
  });

  it.each([
    {
      reason: 'a failing test',
      type: 'json' as const,
      patch: [{ op: 'test', path: '/spec/color', value: 'x' }],
      want: 'Invalid',
    },
    {
      reason: 'a path that is not there',
      type: 'json' as const,
      patch: [{ op: 'replace', path: '/spec/nothing/at/all', value: 1 }],
      want: 'Invalid',
    },
    {
      reason: 'an unknown operation',
      type: 'json' as const,
      patch: [{ op: 'explode', path: '/spec' }],
      want: 'BadRequest',
    },
    { reason: 'a JSON patch that is no list', type: 'json' as const, patch: {}, want: 'BadRequest' },
    {
      reason: 'a path into the prototype',
      type: 'json' as const,
      patch: [{ op: 'add', path: '/__proto__/x', value: 1 }],
      want: 'BadRequest',
    },
    {
      reason: 'an old version',
      type: 'merge' as const,
      patch: { metadata: { resourceVersion: '1' }, spec: { size: 5 } },
      want: 'Conflict',
    },
    {
      reason: 'metadata removed',
      type: 'merge' as const,
      patch: { metadata: null, spec: { size: 99 } },
      want: 'Invalid',
    },
  ])('refuses $reason', async ({ type, patch, want }) => {
    await createOne();
    expect(await refusalOf(test.service.patch({ ...one, type, patch }))).toMatchObject({ reason: want });
  });

  it('tries again when the object moves, and gives up after five times', async () => {
    await createOne();
    let interruptions = 3;
    test.rule(() => {});
    const write = test.store.write.bind(test.store);
    const moved = async () => write([await bump()]);
    const bump = async () => {
      const live = (await test.store.get({
        group: Widget.group,
        resource: 'widgets',
        namespace: 'team-a',
        name: 'one',
      }))!;
      const json = live.json
        .replace(/"resourceVersion":"\d+",/, '')
        .replace(/"size":\d+/, `"size":${1 + (live.revision % 9)}`);
      return {
        type: 'update' as const,
        key: live,
        draft: { uid: live.uid, labels: {}, json },
        expectedRevision: live.revision,
      };
    };
    jest.spyOn(test.store, 'write').mockImplementation(async operations => {
      if (interruptions-- > 0) await moved();
      return write(operations);
    });
    const { object } = await test.service.patch({
      ...one,
      type: 'merge',
      patch: { spec: { color: 'blue' } },
    });
    expect(object.spec).toMatchObject({ color: 'blue' });
    interruptions = 99;
    const error = await refusalOf(
      test.service.patch({ ...one, type: 'merge', patch: { spec: { color: 'green' } } }),
    );
    expect(error).toMatchObject({ reason: 'Conflict' });
    expect(interruptions).toBe(94);
  });

  it('lets concurrent patches of different fields both win', async () => {
    await createOne();
    await Promise.all(
      ['a', 'b', 'c'].map(label =>
        test.service.patch({ ...one, type: 'merge', patch: { metadata: { labels: { [label]: 'x' } } } }),
      ),
    );
    expect((await readOne()).metadata.labels).toEqual({ a: 'x', b: 'x', c: 'x' });
  });

  it('honours managedFields that a client sends', async () => {
    const made = await createOne();
    const entry = { ...made.metadata.managedFields![0], manager: 'migrated', operation: 'Apply' };
    const patch = [{ op: 'replace', path: '/metadata/managedFields', value: [entry] }];
    const { object } = await test.service.patch({ ...one, type: 'json', patch });
    expect(object.metadata.managedFields).toEqual([
      expect.objectContaining({ manager: 'migrated', operation: 'Apply' }),
    ]);
  });
});

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
    { reason: 'another uid', preconditions: { uid: 'other' }, says: 'UID in precondition' },
    {
      reason: 'another version',
      preconditions: { resourceVersion: '1' },
      says: 'ResourceVersion in precondition',
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

describe('authority', () => {
  it('refuses before it reveals whether anything exists, and records each refusal once', async () => {
    await createOne();
    test.audited.length = 0;
    test.deny(() => true);
    const messages = [];
    for (const name of ['one', 'missing']) {
      const error = await refusalOf(test.service.get({ ...one, name }));
      expect(error.reason).toBe('Forbidden');
      messages.push(error.message.replace(name, 'NAME'));
    }
    expect(new Set(messages)).toEqual(
      new Set([
        'widgets.krate.a5c.ai "NAME" is forbidden: User "alice" cannot get resource "widgets" in API group "krate.a5c.ai" in the namespace "team-a": the test says no',
      ]),
    );
    expect(test.audited.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['get', 'denied'],
      ['get', 'denied'],
    ]);
  });

  it('asks those without credentials to sign in', async () => {
    test.deny(() => true);
    expect(await refusalOf(test.service.get({ ...one, principal: { type: 'anonymous' } }))).toMatchObject({
      reason: 'Unauthorized',
    });
  });

  it('records every mutation once, and what changed nothing not at all', async () => {
    const made = await createOne();
    await test.service.update({ ...one, object: made });
    await test.service.patch({ ...one, type: 'merge', patch: { spec: { size: 4 } } });
    await test.service.update({
      ...one,
      subresource: 'status',
      object: { ...made, metadata: { name: 'one' }, status: { phase: 'Busy' } },
    });
    await test.service.delete(one);
    expect(test.audited.map(({ action, outcome, resource }) => [action, outcome, resource])).toEqual(
      ['create', 'patch', 'update', 'delete'].map(verb => [verb, 'allowed', 'Widget/team-a/one']),
    );
    expect(JSON.stringify(test.audited)).not.toContain('red');
  });

  it('records what a rule refuses, and lets rules change the object', async () => {
    test.rule(({ object }) => {
      (object.spec as JsonObject).serial = 'stamped';
    });
    expect((await createOne()).spec).toMatchObject({ serial: 'stamped' });
    test.audited.length = 0;
    test.rule(() => {
      throw new ApiError('Forbidden', 'not today');
    });
    expect(await refusalOf(test.service.delete(one))).toMatchObject({ message: 'not today' });
    expect(test.audited).toEqual([
      expect.objectContaining({ action: 'delete', outcome: 'denied', resource: 'Widget/team-a/one' }),
    ]);
  });

  it('does not ask the rules about status', async () => {
    const made = await createOne();
    test.rule(() => {
      throw new ApiError('Forbidden', 'not today');
    });
    const { object } = await test.service.update({
      ...one,
      subresource: 'status',
      object: { ...made, status: { phase: 'Idle' } },
    });
    expect(object.status).toEqual({ phase: 'Idle' });
  });
});

describe('Secrets', () => {
  const target = { principal: alice, kind: Secret, namespace: 'team-a', name: 'key' };
  const secret = (stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key' },
    stringData,
  });

  it('never gives a value out again, and keeps what is written back blank', async () => {
    const { object: made } = await test.service.create({ ...target, object: secret({ token: 'hunter2' }) });
    expect(made.data).toEqual({ token: '' });
    expect((await test.service.get(target)).json).not.toContain('hunter2');
    const { items } = await test.service.list(target);
    expect(items[0].json).not.toContain(Buffer.from('hunter2').toString('base64'));
    expect(items[0].json).toContain('"token":""');
    const again = await test.service.update({ ...target, object: made });
    expect(again.object.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
    const same = await test.service.patch({
      ...target,
      type: 'merge',
      patch: { data: { token: Buffer.from('hunter2').toString('base64') } },
    });
    expect(same.object.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
    const other = await test.service.patch({
      ...target,
      type: 'merge',
      patch: { stringData: { token: 'other' } },
    });
    expect(other.object.metadata.resourceVersion).not.toBe(made.metadata.resourceVersion);
    expect(JSON.stringify([other, test.audited])).not.toContain('other"');
  });
});
