import { JsonObject, ManagedFieldsEntry } from '@krate/resource-model';
import { API_VERSION, widget, widgetSchema } from './__fixtures__/widget';
import { TrackedUpdate, trackUpdate } from './trackUpdate';

const T1 = '2026-01-01T00:00:00Z';
const T2 = '2026-01-02T00:00:00Z';

function track(before: JsonObject | undefined, after: JsonObject, more: Partial<TrackedUpdate> = {}) {
  return trackUpdate({
    schema: widgetSchema,
    before,
    after,
    manager: 'alice',
    apiVersion: API_VERSION,
    time: T2,
    ...more,
  });
}

function withEntries(object: JsonObject, managedFields: unknown): JsonObject {
  return { ...object, metadata: { ...(object.metadata as JsonObject), managedFields } };
}

/** A stored object: created by `bob`. */
function stored(spec: JsonObject, more: JsonObject = {}): JsonObject {
  const object = widget(spec, more);
  return withEntries(object, track(undefined, object, { manager: 'bob', time: T1 }));
}

const entry = (manager: string, fieldsV1: JsonObject, time: string, more: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  manager, operation: 'Update', apiVersion: API_VERSION, time, fieldsType: 'FieldsV1', fieldsV1, ...more,
}); // prettier-ignore

describe('trackUpdate: create', () => {
  it('gives the creator all fields and, unlike an apply, their containers', () => {
    const object = widget(
      { size: 1, nested: { a: 'x' }, settings: { k: 'v' }, tags: ['t'], ports: [{ port: 1, protocol: 'TCP' }], steps: ['s'], raw: { x: { y: 1 } } },
      { metadata: { uid: 'u', creationTimestamp: T1, generation: 1, resourceVersion: '1', annotations: { n: 'v' } } },
    ); // prettier-ignore
    expect(track(undefined, object)).toEqual([
      entry(
        'alice',
        {
          'f:metadata': { 'f:annotations': { '.': {}, 'f:n': {} } },
          'f:spec': {
            '.': {},
            'f:nested': { '.': {}, 'f:a': {} },
            'f:ports': {
              '.': {},
              'k:{"port":1,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:protocol': {} },
            },
            'f:raw': { '.': {}, 'f:x': {} },
            'f:settings': { '.': {}, 'f:k': {} },
            'f:size': {},
            'f:steps': {},
            'f:tags': { '.': {}, 'v:"t"': {} },
          },
        },
        T2,
      ),
    ]);
  });

  it('calls a client without a name unknown', () => {
    expect(track(undefined, widget({ size: 1 }), { manager: '' })).toMatchObject([{ manager: 'unknown' }]);
  });

  it('does not count a status sent on create', () => {
    const [{ fieldsV1 }] = track(undefined, widget({ size: 1 }, { status: { phase: 'Ready' } }));
    expect(Object.keys(fieldsV1)).toEqual(['f:spec']);
  });
});

describe('trackUpdate: update', () => {
  const bobs = (fields: JsonObject) => entry('bob', { 'f:spec': { '.': {}, ...fields } }, T1);
  const alices = (fields: JsonObject) => entry('alice', { 'f:spec': fields }, T2);
  it.each<{ reason: string; from: JsonObject; to: JsonObject; expected: ManagedFieldsEntry[] }>([
    { reason: 'nothing changed', from: { size: 1 }, to: { size: 1 }, expected: [bobs({ 'f:size': {} })] },
    {
      reason: 'a changed field moves to the writer',
      from: { size: 1, steps: ['a'] },
      to: { size: 2, steps: ['a'] },
      expected: [bobs({ 'f:steps': {} }), alices({ 'f:size': {} })],
    },
    {
      reason: "a new field is the writer's",
      from: { size: 1 },
      to: { size: 1, settings: { a: '1' } },
      expected: [bobs({ 'f:size': {} }), alices({ 'f:settings': { '.': {}, 'f:a': {} } })],
    },
    {
      reason: "a removed field is nobody's, and removing gives no entry",
      from: { size: 1, steps: ['a'] },
      to: { size: 1 },
      expected: [bobs({ 'f:size': {} })],
    },
    {
      reason: 'a removed map goes with what was in it',
      from: { size: 1, settings: { a: '1' } },
      to: { size: 1 },
      expected: [bobs({ 'f:size': {} })],
    },
    {
      reason: 'an item is added to a set',
      from: { tags: ['a'] },
      to: { tags: ['a', 'b'] },
      expected: [bobs({ 'f:tags': { '.': {}, 'v:"a"': {} } }), alices({ 'f:tags': { 'v:"b"': {} } })],
    },
    {
      reason: 'a new order is no change of a set',
      from: { tags: ['a', 'b'] },
      to: { tags: ['b', 'a'] },
      expected: [bobs({ 'f:tags': { '.': {}, 'v:"a"': {}, 'v:"b"': {} } })],
    },
    {
      reason: 'an atomic list changes as a whole',
      from: { steps: ['a'] },
      to: { steps: ['a', 'b'] },
      expected: [bobs({}), alices({ 'f:steps': {} })],
    },
    {
      reason: 'an atomic map too',
      from: { whole: { a: '1' } },
      to: { whole: { a: '2' } },
      expected: [bobs({}), alices({ 'f:whole': {} })],
    },
    {
      reason: 'and what is below an untyped field',
      from: { raw: { a: { x: 1 }, b: 1 } },
      to: { raw: { a: { x: 2 }, b: 1 } },
      expected: [bobs({ 'f:raw': { '.': {}, 'f:b': {} } }), alices({ 'f:raw': { 'f:a': {} } })],
    },
    {
      reason: 'one field of a list-map item',
      from: { ports: [{ port: 1, name: 'a' }] },
      to: { ports: [{ port: 1, name: 'b' }] },
      expected: [
        bobs({ 'f:ports': { '.': {}, 'k:{"port":1,"protocol":"TCP"}': { '.': {}, 'f:port': {} } } }),
        alices({ 'f:ports': { 'k:{"port":1,"protocol":"TCP"}': { 'f:name': {} } } }),
      ],
    },
  ])('$reason', ({ from, to, expected }) => {
    const before = stored(from);
    const after = { ...before, spec: to };
    const normal = expected.map(({ fieldsV1, ...rest }) => {
      const spec = fieldsV1['f:spec'] as JsonObject;
      return { ...rest, fieldsV1: { 'f:spec': Object.keys(spec).join() === '.' ? {} : spec } };
    });
    expect(track(before, after)).toEqual(normal);
  });

  it('adds to the entry the writer has, and gives it a new time', () => {
    const before = stored({ size: 1 });
    expect(track(before, { ...before, spec: { size: 1, steps: ['a'] } }, { manager: 'bob' })).toEqual([
      entry('bob', { 'f:spec': { '.': {}, 'f:size': {}, 'f:steps': {} } }, T2),
    ]);
  });

  it('takes fields from appliers too, and forgets managers that own nothing', () => {
    const applied = entry('carol', { 'f:spec': { 'f:size': {} } }, T1, { operation: 'Apply' });
    const before = withEntries(widget({ size: 1 }), [applied]);
    expect(track(before, { ...before, spec: { size: 2 } })).toEqual([
      entry('alice', { 'f:spec': { 'f:size': {} } }, T2),
    ]);
    expect(track(before, { ...before, spec: {} })).toEqual([]);
  });

  it('keeps a status writer apart, and looks at nothing but the status', () => {
    const before = stored({ size: 1 });
    const after = { ...before, spec: { size: 9 }, status: { phase: 'Ready' } };
    const entries = track(before, after, { manager: 'bob', subresource: 'status' });
    expect(entries).toEqual([
      entry('bob', { 'f:spec': { '.': {}, 'f:size': {} } }, T1),
      entry('bob', { 'f:status': { '.': {}, 'f:phase': {} } }, T2, { subresource: 'status' }),
    ]);
    const seen = withEntries({ ...before, status: { phase: 'Ready' } }, entries);
    expect(track(seen, { ...seen, status: undefined })).toEqual(entries);
  });

  it('keeps updates by version apart', () => {
    const before = stored({ size: 1 });
    const after = { ...before, spec: { size: 2 } };
    expect(
      track(before, after, { manager: 'bob', apiVersion: 'krate.a5c.ai/v1' }).map(e => e.apiVersion),
    ).toEqual([API_VERSION, 'krate.a5c.ai/v1']);
  });
});

describe('trackUpdate: managedFields the client sends', () => {
  const before = stored({ size: 1 });
  const own = entry('carol', { 'f:spec': { 'f:size': {} } }, T1, { operation: 'Apply' });
  const storedEntries = (before.metadata as JsonObject).managedFields;
  it.each<{ reason: string; sent: unknown; expected: unknown }>([
    { reason: 'valid ones replace the stored', sent: [own], expected: [own] },
    { reason: 'none sent, the stored ones stay', sent: undefined, expected: storedEntries },
    { reason: 'an empty list comes from clients that do not know them', sent: [], expected: storedEntries },
    { reason: 'one empty entry resets', sent: [{}], expected: [] },
    { reason: 'an unknown operation', sent: [{ ...own, operation: 'Other' }], expected: storedEntries },
    { reason: 'no version', sent: [{ ...own, apiVersion: '' }], expected: storedEntries },
    { reason: 'another type of fields', sent: [{ ...own, fieldsType: 'FieldsV2' }], expected: storedEntries },
    {
      reason: 'fields that cannot be read',
      sent: [{ ...own, fieldsV1: { size: {} } }],
      expected: storedEntries,
    },
    { reason: 'a time that is none', sent: [{ ...own, time: 'soon' }], expected: storedEntries },
    { reason: 'not a list', sent: 'none', expected: storedEntries },
  ])('$reason', ({ sent, expected }) => {
    expect(track(before, withEntries(before, sent))).toEqual(expected);
  });

  it('are ignored through a subresource', () => {
    expect(track(before, withEntries(before, [own]), { subresource: 'status' })).toEqual(storedEntries);
  });

  it('stay away after a reset until somebody applies', () => {
    const untracked = withEntries(before, []);
    expect(track(untracked, { ...untracked, spec: { size: 2 } })).toEqual([]);
  });
});

describe('trackUpdate: many writers', () => {
  const time = (n: number) => `2026-01-01T00:00:${String(n).padStart(2, '0')}Z`;
  const settings = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, 'v']));
  const write = (object: JsonObject | undefined, n: number, apiVersion = API_VERSION) => {
    const after = { ...widget({ settings: settings(n + 1) }), ...(object && { metadata: object.metadata }) };
    return withEntries(after, track(object, after, { manager: `m${n}`, time: time(n), apiVersion }));
  };
  const managersOf = (object?: JsonObject) =>
    (object!.metadata as { managedFields: ManagedFieldsEntry[] }).managedFields;

  it('keeps ten', () => {
    let object: JsonObject | undefined;
    for (let n = 0; n < 10; n++) object = write(object, n);
    expect(managersOf(object)).toHaveLength(10);
  });

  it('merges the oldest into ancient-changes', () => {
    let object: JsonObject | undefined;
    for (let n = 0; n < 13; n++) object = write(object, n);
    const entries = managersOf(object);
    expect(entries.map(e => e.manager)).toEqual([
      'ancient-changes',
      ...[4, 5, 6, 7, 8, 9, 10, 11, 12].map(n => `m${n}`),
    ]);
    expect(entries[0]).toMatchObject({ time: time(3), operation: 'Update' });
    const old = (entries[0].fieldsV1['f:spec'] as JsonObject)['f:settings'] as JsonObject;
    expect(Object.keys(old)).toEqual(['.', 'f:k0', 'f:k1', 'f:k2', 'f:k3']);
  });

  it('merges only what has the same version', () => {
    let object: JsonObject | undefined;
    for (let n = 0; n < 12; n++) object = write(object, n, n % 2 ? 'krate.a5c.ai/v1' : API_VERSION);
    const ancient = managersOf(object).filter(e => e.manager === 'ancient-changes');
    expect(managersOf(object)).toHaveLength(10);
    expect(ancient.map(e => e.apiVersion).sort()).toEqual(['krate.a5c.ai/v1', API_VERSION]);
  });
});
