import { ApiError, JsonObject, ManagedFieldsEntry } from '@krate/resource-model';
import { API_VERSION, widget, widgetSchema } from './__fixtures__/widget';
import { ApplyRequest, applyConfiguration } from './applyConfiguration';
import { trackUpdate } from './trackUpdate';

const T1 = '2026-01-01T00:00:00Z';
const T2 = '2026-01-02T00:00:00Z';
const T3 = '2026-01-03T00:00:00Z';

function apply(
  live: JsonObject | undefined,
  manager: string,
  applied: JsonObject,
  more: Partial<ApplyRequest> = {},
) {
  return applyConfiguration({
    schema: widgetSchema,
    live,
    applied,
    manager,
    apiVersion: API_VERSION,
    time: T1,
    ...more,
  });
}

/** Stores `after` as a PUT by this manager would. */
function update(
  before: JsonObject | undefined,
  manager: string,
  after: JsonObject,
  time = T1,
  subresource?: string,
) {
  const request = {
    schema: widgetSchema,
    before,
    after,
    manager,
    apiVersion: API_VERSION,
    time,
    subresource,
  };
  const managedFields = trackUpdate(request);
  return { ...after, metadata: { ...(after.metadata as JsonObject), managedFields } } as JsonObject;
}

function entries(object: JsonObject): ManagedFieldsEntry[] {
  return (object.metadata as { managedFields?: ManagedFieldsEntry[] }).managedFields ?? [];
}

/** What each manager owns, by name. */
function owners(object: JsonObject): Record<string, unknown> {
  return Object.fromEntries(entries(object).map(entry => [entry.manager, entry.fieldsV1]));
}

const specOf = (object: JsonObject) => object.spec as JsonObject;

function refusal(run: () => unknown): ApiError {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('applyConfiguration: ownership of a new object', () => {
  it.each<{ reason: string; spec: JsonObject; fields: JsonObject }>([
    { reason: 'a scalar', spec: { size: 1 }, fields: { 'f:size': {} } },
    {
      reason: 'nested fields, not their named parents',
      spec: { nested: { a: 'x' } },
      fields: { 'f:nested': { 'f:a': {} } },
    },
    { reason: 'an empty map is a leaf', spec: { nested: {} }, fields: { 'f:nested': {} } },
    {
      reason: 'keys of a free-form map',
      spec: { settings: { k: 'v' } },
      fields: { 'f:settings': { 'f:k': {} } },
    },
    {
      reason: 'a key of a free-form map and what is in it',
      spec: { pools: { x: { min: '1' } } },
      fields: { 'f:pools': { 'f:x': { '.': {}, 'f:min': {} } } },
    },
    {
      reason: 'items of a set',
      spec: { tags: ['b', 'a'] },
      fields: { 'f:tags': { 'v:"a"': {}, 'v:"b"': {} } },
    },
    {
      reason: 'items of a list map with the defaults of their keys',
      spec: { ports: [{ port: 80, name: 'web' }] },
      fields: { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } } },
    },
    { reason: 'a list without a type is atomic', spec: { steps: ['a', 'b'] }, fields: { 'f:steps': {} } },
    { reason: 'an atomic map is one field', spec: { whole: { a: 'x' } }, fields: { 'f:whole': {} } },
    {
      reason: 'an untyped subtree is owned by its first level',
      spec: { raw: { deep: { er: 1 }, list: [1] } },
      fields: { 'f:raw': { 'f:deep': {}, 'f:list': {} } },
    },
    {
      reason: 'a field named like a prototype property',
      spec: { raw: { constructor: 1 } },
      fields: { 'f:raw': { 'f:constructor': {} } },
    },
  ])('$reason', ({ spec, fields }) => {
    const object = apply(undefined, 'alice', widget(spec));
    expect(object.spec).toEqual(spec);
    expect(entries(object)).toEqual([
      {
        manager: 'alice',
        operation: 'Apply',
        apiVersion: API_VERSION,
        time: T1,
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': fields },
      },
    ]);
  });

  it('never owns identity or what the server writes, and does not merge the latter', () => {
    const metadata = {
      uid: 'u', resourceVersion: '7', generation: 3, creationTimestamp: null, labels: { a: 'b' }, finalizers: ['f'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Owner', name: 'o', uid: 'o-1' }],
    }; // prettier-ignore
    const object = apply(undefined, 'alice', widget(undefined, { metadata }));
    expect(owners(object).alice).toEqual({
      'f:metadata': {
        'f:finalizers': { 'v:"f"': {} },
        'f:labels': { 'f:a': {} },
        'f:ownerReferences': { 'k:{"uid":"o-1"}': {} },
      },
    });
    expect(Object.keys(object.metadata as JsonObject).sort()).toEqual([
      'finalizers', 'labels', 'managedFields', 'name', 'namespace', 'ownerReferences',
    ]); // prettier-ignore
  });

  it('leaves no entry when nothing that can be owned is applied', () => {
    expect(entries(apply(undefined, 'alice', widget()))).toEqual([]);
  });

  it('does not own defaults that the server adds after the apply', () => {
    const created = apply(undefined, 'alice', widget({ size: 1 }));
    const defaulted = { ...created, spec: { ...specOf(created), colour: 'grey' } };
    const again = apply(defaulted, 'alice', widget({ size: 2 }), { time: T2 });
    expect(again.spec).toEqual({ size: 2, colour: 'grey' });
    expect(owners(again).alice).toEqual({ 'f:spec': { 'f:size': {} } });
  });
});

describe('applyConfiguration: merging', () => {
  const live = (spec: JsonObject) => update(undefined, 'creator', widget(spec));
  it.each<{ reason: string; from: JsonObject; applied: JsonObject; to: JsonObject; force?: boolean }>([
    {
      reason: 'fields not named stay',
      from: { size: 1 },
      applied: { nested: { a: 'x' } },
      to: { size: 1, nested: { a: 'x' } },
    },
    {
      reason: 'maps merge by key',
      from: { settings: { a: '1' } },
      applied: { settings: { b: '2' } },
      to: { settings: { a: '1', b: '2' } },
    },
    {
      reason: 'a set gains items',
      from: { tags: ['a'] },
      applied: { tags: ['b'] },
      to: { tags: ['a', 'b'] },
    },
    {
      reason: 'list-map items merge by key',
      from: { ports: [{ port: 80, protocol: 'TCP', weight: 1 }] },
      applied: { ports: [{ port: 80, name: 'web' }, { port: 81 }] },
      to: { ports: [{ port: 80, protocol: 'TCP', weight: 1, name: 'web' }, { port: 81 }] },
    },
    {
      reason: 'shared items take the order of the configuration, others keep their places',
      from: { tags: ['a', 'x', 'b', 'y'] },
      applied: { tags: ['b', 'a', 'new'] },
      to: { tags: ['x', 'b', 'y', 'a', 'new'] },
    },
    {
      reason: 'new items come where the configuration has them',
      from: { tags: ['a', 'b'] },
      applied: { tags: ['a', 'n', 'b'] },
      to: { tags: ['a', 'n', 'b'] },
    },
    {
      reason: 'an atomic list is replaced',
      from: { steps: ['a'] },
      applied: { steps: ['b'] },
      force: true,
      to: { steps: ['b'] },
    },
    {
      reason: 'an atomic map is replaced',
      from: { whole: { a: '1' } },
      applied: { whole: { b: '2' } },
      force: true,
      to: { whole: { b: '2' } },
    },
    {
      reason: 'untyped values merge at their first level',
      from: { raw: { a: { x: 1 } } },
      applied: { raw: { b: { y: 1 } } },
      to: { raw: { a: { x: 1 }, b: { y: 1 } } },
    },
    {
      reason: 'below it they are replaced',
      from: { raw: { a: { x: 1 } } },
      applied: { raw: { a: { y: 1 } } },
      force: true,
      to: { raw: { a: { y: 1 } } },
    },
    {
      reason: 'null does not delete a map',
      from: { settings: { a: '1' } },
      applied: { settings: null },
      to: { settings: { a: '1' } },
    },
    {
      reason: 'a value of the wrong type replaces, for validation to refuse',
      from: { settings: { a: '1' } },
      applied: { settings: 'x' },
      force: true,
      to: { settings: 'x' },
    },
  ])('$reason', ({ from, applied, to, force }) => {
    expect(apply(live(from), 'alice', widget(applied), { force }).spec).toEqual(to);
  });

  it.each<{ reason: string; spec: JsonObject; field: string; code: string }>([
    { reason: 'a set', spec: { tags: ['a', 'a'] }, field: 'spec.tags', code: 'FieldValueDuplicate' },
    {
      reason: 'a list map, by the default of its key',
      spec: { ports: [{ port: 1 }, { port: 1, protocol: 'TCP' }] },
      field: 'spec.ports',
      code: 'FieldValueDuplicate',
    },
    { reason: 'an object in a set', spec: { tags: [{}] }, field: 'spec.tags[0]', code: 'FieldValueRequired' },
  ])('refuses items that cannot be told apart: $reason', ({ spec, field, code }) => {
    const error = refusal(() => apply(undefined, 'alice', widget(spec)));
    expect(error.reason).toBe('Invalid');
    expect(error.details.causes).toMatchObject([{ field, reason: code }]);
  });
});

describe('applyConfiguration: conflicts', () => {
  it('names the applier that owns the field', () => {
    const live = apply(undefined, 'bob', widget({ size: 1 }));
    const error = refusal(() => apply(live, 'alice', widget({ size: 2 })));
    expect(error.toStatus()).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "bob": .spec.size',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "bob"', field: '.spec.size' }],
      },
    });
  });

  it('names the version an updater used, and the subresource', () => {
    const live = update(undefined, 'bob', widget({ size: 1 }));
    expect(refusal(() => apply(live, 'alice', widget({ size: 2 }))).message).toBe(
      `Apply failed with 1 conflict: conflict with "bob" using ${API_VERSION}: .spec.size`,
    );
    const seen = update(live, 'ctl', { ...live, status: { phase: 'Ready' } }, T1, 'status');
    const status = { ...widget(), status: { phase: 'Failed' } };
    expect(refusal(() => apply(seen, 'alice', status, { subresource: 'status' })).message).toBe(
      `Apply failed with 1 conflict: conflict with "ctl" with subresource "status" using ${API_VERSION}: .status.phase`,
    );
  });

  it('lists several by manager', () => {
    const one = apply(undefined, 'bob', widget({ size: 1, steps: ['a'] }));
    const live = apply(one, 'carol', widget({ ports: [{ port: 80, name: 'web' }] }));
    const applied = widget({ size: 2, steps: ['b'], ports: [{ port: 80, name: 'site' }] });
    const error = refusal(() => apply(live, 'alice', applied));
    expect(error.message).toBe(
      'Apply failed with 3 conflicts: conflicts with "bob":\n- .spec.size\n- .spec.steps\n' +
        'conflicts with "carol":\n- .spec.ports[port=80,protocol="TCP"].name',
    );
    expect(error.details.causes).toHaveLength(3);
  });

  it('gives the fields to who forces, and to nobody else', () => {
    const live = apply(undefined, 'bob', widget({ size: 1, settings: { a: '1' } }));
    const forced = apply(live, 'alice', widget({ size: 2 }), { force: true, time: T2 });
    expect(forced.spec).toEqual({ size: 2, settings: { a: '1' } });
    expect(owners(forced)).toEqual({
      alice: { 'f:spec': { 'f:size': {} } },
      bob: { 'f:spec': { 'f:settings': { 'f:a': {} } } },
    });
    expect(entries(forced).map(entry => entry.time)).toEqual([T1, T2]);
  });

  it('forgets a manager that lost all it had', () => {
    const live = apply(undefined, 'bob', widget({ size: 1 }));
    expect(Object.keys(owners(apply(live, 'alice', widget({ size: 2 }), { force: true })))).toEqual([
      'alice',
    ]);
  });

  it('shares a field that both set to the same value, and keeps it while one does', () => {
    const live = apply(undefined, 'bob', widget({ size: 1 }));
    const shared = apply(live, 'alice', widget({ size: 1 }), { time: T2 });
    expect(owners(shared)).toEqual({
      alice: { 'f:spec': { 'f:size': {} } },
      bob: { 'f:spec': { 'f:size': {} } },
    });
    expect(entries(shared).map(({ manager, time }) => [manager, time])).toEqual([
      ['bob', T1],
      ['alice', T2],
    ]);

    const left = apply(shared, 'alice', widget({ nested: { a: 'x' } }), { time: T3 });
    expect(left.spec).toEqual({ size: 1, nested: { a: 'x' } });
    const gone = apply(left, 'bob', widget({ steps: [] }), { time: T3 });
    expect(gone.spec).toEqual({ nested: { a: 'x' }, steps: [] });
  });

  it('conflicts with a shared owner when one of them changes the value', () => {
    const shared = apply(apply(undefined, 'bob', widget({ size: 1 })), 'alice', widget({ size: 1 }));
    expect(refusal(() => apply(shared, 'alice', widget({ size: 2 }))).message).toContain(
      'conflict with "bob"',
    );
  });

  it('treats updates by the same name as another manager', () => {
    const live = update(undefined, 'alice', widget({ size: 1 }));
    expect(refusal(() => apply(live, 'alice', widget({ size: 2 }))).reason).toBe('Conflict');
  });
});

describe('applyConfiguration: removal', () => {
  it.each<{ reason: string; first: JsonObject; then?: JsonObject; left?: JsonObject }>([
    { reason: 'a field', first: { size: 1, steps: ['a'] }, then: { size: 1 }, left: { size: 1 } },
    {
      reason: 'a key of a map',
      first: { settings: { a: '1', b: '2' } },
      then: { settings: { a: '1' } },
      left: { settings: { a: '1' } },
    },
    {
      reason: 'a map with its last key',
      first: { size: 1, settings: { a: '1' } },
      then: { size: 1 },
      left: { size: 1 },
    },
    { reason: 'an item of a set', first: { tags: ['a', 'b'] }, then: { tags: ['b'] }, left: { tags: ['b'] } },
    {
      reason: 'an item of a list map',
      first: { ports: [{ port: 1 }, { port: 2 }] },
      then: { ports: [{ port: 2 }] },
      left: { ports: [{ port: 2 }] },
    },
    {
      reason: 'a field of an item',
      first: { ports: [{ port: 1, name: 'a' }] },
      then: { ports: [{ port: 1 }] },
      left: { ports: [{ port: 1 }] },
    },
    {
      reason: 'a key with an object',
      first: { size: 1, pools: { x: { min: '1' } } },
      then: { size: 1 },
      left: { size: 1 },
    },
    {
      reason: 'an untyped field',
      first: { raw: { a: 1, b: { c: 1 } } },
      then: { raw: { a: 1 } },
      left: { raw: { a: 1 } },
    },
    { reason: 'everything', first: { size: 1 }, then: undefined, left: undefined },
  ])('removes what its owner no longer applies: $reason', ({ first, then, left }) => {
    const live = apply(undefined, 'alice', widget(first));
    const object = apply(live, 'alice', widget(then), { time: T2 });
    expect(object.spec).toEqual(left);
    const expected = then && apply(undefined, 'alice', widget(then), { time: T2 });
    expect(entries(object)).toEqual(expected ? entries(expected) : []);
  });

  it('removes a whole item although defaults were added to it', () => {
    const live = apply(undefined, 'alice', widget({ size: 1, ports: [{ port: 1 }] }));
    const defaulted = { ...live, spec: { size: 1, ports: [{ port: 1, protocol: 'TCP' }] } };
    expect(apply(defaulted, 'alice', widget({ size: 1 })).spec).toEqual({ size: 1 });
  });

  it.each<{ reason: string; first: JsonObject; other: JsonObject; left: JsonObject }>([
    {
      reason: 'a field another manager owns',
      first: { size: 1 },
      other: { size: 1, steps: ['a'] },
      left: { size: 1, steps: ['a'] },
    },
    {
      reason: 'a named parent, for a field of it',
      first: { nested: { a: 'x' } },
      other: { nested: { a: 'x', b: 'y' } },
      left: { nested: { b: 'y' } },
    },
    {
      reason: 'a list-map item with its key, for a field of it',
      first: { ports: [{ port: 80, protocol: 'TCP', name: 'web' }] },
      other: { ports: [{ port: 80, protocol: 'TCP', name: 'web', weight: 5 }] },
      left: { ports: [{ port: 80, protocol: 'TCP', weight: 5 }] },
    },
    {
      reason: 'a map key, for a field of it',
      first: { pools: { x: { min: '1' } } },
      other: { pools: { x: { min: '1', max: '2' } } },
      left: { pools: { x: { max: '2' } } },
    },
    {
      reason: 'items of a set',
      first: { tags: ['a'] },
      other: { tags: ['a', 'b'] },
      left: { tags: ['b'] },
    },
    {
      reason: 'an empty map that was there before',
      first: { settings: {} },
      other: { settings: { a: '1' } },
      left: { settings: { a: '1' } },
    },
  ])('keeps what an updater owns: $reason', ({ first, other, left }) => {
    const applied = apply(undefined, 'alice', widget(first));
    const live = update(applied, 'ctl', { ...applied, spec: other }, T2);
    const shared = first.size === 1 ? apply(live, 'bob', widget({ size: 1 })) : live;
    expect(apply(shared, 'alice', widget(), { time: T3 }).spec).toEqual(left);
  });

  it('leaves an emptied map to the manager that owns the map', () => {
    const created = update(undefined, 'ctl', widget({ settings: {} }));
    const live = apply(created, 'alice', widget({ settings: { a: '1' } }));
    expect(apply(live, 'alice', widget()).spec).toEqual({ settings: {} });
  });

  it('does not remove what it never applied', () => {
    const live = update(undefined, 'ctl', widget({ size: 1, tags: ['x'] }));
    expect(apply(live, 'alice', widget({ tags: ['y'] })).spec).toEqual({ size: 1, tags: ['x', 'y'] });
    expect(apply(live, 'alice', widget()).spec).toEqual({ size: 1, tags: ['x'] });
  });
});

describe('applyConfiguration: identity and time', () => {
  it('returns the live object itself when nothing changes, so that no version is spent', () => {
    const live = apply(undefined, 'alice', widget({ size: 1, ports: [{ port: 1 }], tags: ['a'] }));
    expect(apply(live, 'alice', widget({ ports: [{ port: 1 }], tags: ['a'], size: 1 }), { time: T2 })).toBe(
      live,
    );
  });

  it('keeps the time of entries it does not touch', () => {
    const one = apply(undefined, 'bob', widget({ size: 1 }));
    const two = apply(one, 'alice', widget({ steps: ['a'] }), { time: T2 });
    expect(entries(two).map(({ manager, time }) => [manager, time])).toEqual([
      ['bob', T1],
      ['alice', T2],
    ]);
  });

  it('keeps one entry for an applier that moves to another version', () => {
    const live = apply(undefined, 'alice', widget({ size: 1, steps: ['a'] }));
    const applied = { ...widget({ size: 1 }), apiVersion: 'krate.a5c.ai/v1' };
    const next = apply({ ...live, apiVersion: 'krate.a5c.ai/v1' }, 'alice', applied, {
      apiVersion: 'krate.a5c.ai/v1',
    });
    expect(next.spec).toEqual({ size: 1 });
    expect(entries(next).map(entry => entry.apiVersion)).toEqual(['krate.a5c.ai/v1']);
  });

  it('is another manager through a subresource, and changes only the status there', () => {
    const live = apply(undefined, 'alice', widget({ size: 1 }));
    const applied = { ...widget({ size: 9 }), status: { phase: 'Ready' } };
    const object = apply(live, 'alice', applied, { subresource: 'status', time: T2 });
    expect(object).toMatchObject({ spec: { size: 1 }, status: { phase: 'Ready' } });
    expect(entries(object).map(({ subresource, fieldsV1 }) => [subresource, fieldsV1])).toEqual([
      [undefined, { 'f:spec': { 'f:size': {} } }],
      ['status', { 'f:status': { 'f:phase': {} } }],
    ]);
  });

  it('ignores a status applied to the resource itself', () => {
    const object = apply(undefined, 'alice', { ...widget({ size: 1 }), status: { phase: 'Ready' } });
    expect(object.status).toBeUndefined();
    expect(owners(object).alice).toEqual({ 'f:spec': { 'f:size': {} } });
  });

  it('credits an untracked object to before-first-apply', () => {
    const live = widget({ size: 1, colour: 'red' });
    const object = apply(live, 'alice', widget({ colour: 'red', steps: ['a'] }));
    expect(owners(object)).toEqual({
      alice: { 'f:spec': { 'f:colour': {}, 'f:steps': {} } },
      'before-first-apply': { 'f:spec': { '.': {}, 'f:colour': {}, 'f:size': {} } },
    });
    expect(refusal(() => apply(live, 'alice', widget({ size: 2 }))).message).toContain(
      '"before-first-apply"',
    );
  });

  it.each<{ reason: string; applied: JsonObject; message: RegExp }>([
    {
      reason: 'managedFields',
      applied: widget({}, { metadata: { managedFields: [] } }),
      message: /managedFields must be nil/,
    },
    {
      reason: 'another version',
      applied: { ...widget({}), apiVersion: 'v9' },
      message: /Specified patch version: v9/,
    },
  ])('refuses a configuration with $reason', ({ applied, message }) => {
    const error = refusal(() => apply(undefined, 'alice', applied));
    expect([error.reason, error.message]).toEqual(['BadRequest', expect.stringMatching(message)]);
  });

  it('takes managedFields: null for none, as clients with typed objects send it', () => {
    const object = apply(undefined, 'alice', widget({ size: 1 }, { metadata: { managedFields: null } }));
    expect(owners(object)).toEqual({ alice: { 'f:spec': { 'f:size': {} } } });
  });

  it('says how to get out when the stored entries cannot be read', () => {
    const live = widget({ size: 1 }, { metadata: { managedFields: [{ manager: 'x' }] } });
    expect(refusal(() => apply(live, 'alice', widget())).message).toMatch(/cannot be read.*\[{}\]/);
  });
});

describe('applyConfiguration after client-side apply', () => {
  const config = widget({ size: 1, steps: ['a'] });
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(config) };
  const live = update(
    undefined,
    'kubectl-client-side-apply',
    widget({ size: 1, steps: ['a'] }, { metadata: { annotations } }),
  );

  it('lets kubectl change what its client-side apply set', () => {
    const object = apply(live, 'kubectl', widget({ size: 2, steps: ['a'] }), { time: T2 });
    expect(object.spec).toEqual({ size: 2, steps: ['a'] });
    expect(owners(object).kubectl).toEqual({ 'f:spec': { 'f:size': {}, 'f:steps': {} } });
  });

  it.each<{ reason: string; manager: string; from: JsonObject }>([
    { reason: 'for another manager', manager: 'alice', from: live },
    {
      reason: 'when the value changed since',
      manager: 'kubectl',
      from: update(live, 'ctl', { ...live, spec: { size: 5, steps: ['a'] } }),
    },
    {
      reason: 'when the annotation is not an object',
      manager: 'kubectl',
      from: {
        ...live,
        metadata: {
          ...(live.metadata as JsonObject),
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{' },
        },
      },
    },
  ])('still conflicts $reason', ({ manager, from }) => {
    expect(refusal(() => apply(from, manager, widget({ size: 2, steps: ['a'] }))).message).toContain(
      '.spec.size',
    );
  });

  const lastApplied = (object: JsonObject) =>
    (object.metadata as { annotations: Record<string, string> }).annotations[
      'kubectl.kubernetes.io/last-applied-configuration'
    ];

  it('keeps the annotation of client-side apply up to date, so that kubectl can go back to it', () => {
    const next = widget({ size: 2, steps: ['a'] });
    const object = apply(live, 'kubectl', next, { time: T2 });
    expect(JSON.parse(lastApplied(object))).toEqual(next);
    expect(owners(object).kubectl).not.toHaveProperty('f:metadata');
    expect(apply(object, 'kubectl', next, { time: T3 })).toBe(object);
  });

  it.each<{ reason: string; manager: string; from: JsonObject; applied: JsonObject; expected: unknown }>([
    {
      reason: 'another manager leaves it',
      manager: 'alice',
      from: live,
      applied: widget({ size: 1 }),
      expected: JSON.stringify(config),
    },
    {
      reason: 'an object without it gets none',
      manager: 'kubectl',
      from: apply(undefined, 'kubectl', widget({}, { metadata: { annotations: { a: 'b' } } })),
      applied: widget({}, { metadata: { annotations: { a: 'b' } } }),
      expected: undefined,
    },
    {
      reason: 'it goes when it would be too large',
      manager: 'kubectl',
      from: live,
      applied: widget({ size: 1, raw: { text: 'x'.repeat(256 * 1024) } }),
      expected: undefined,
    },
  ])('$reason', ({ manager, from, applied, expected }) => {
    expect(lastApplied(apply(from, manager, applied, { time: T2 }))).toBe(expected);
  });

  it('prunes after kubectl moved the entries of client-side apply to its server-side manager', () => {
    const [entry] = entries(live);
    const sent = {
      ...live,
      metadata: {
        ...(live.metadata as JsonObject),
        managedFields: [{ ...entry, manager: 'kubectl', operation: 'Apply' }],
      },
    };
    const migrated = update(live, 'kubectl-patch', sent, T2);
    const object = apply(migrated, 'kubectl', widget({ size: 2 }, { metadata: { annotations } }), {
      time: T3,
    });
    expect(object.spec).toEqual({ size: 2 });
    expect(entries(object).map(({ manager, operation }) => [manager, operation])).toEqual([
      ['kubectl', 'Apply'],
    ]);
  });
});
