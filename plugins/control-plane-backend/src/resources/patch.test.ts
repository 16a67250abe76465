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
      want: 'Invalid',
    },
    { reason: 'a JSON patch that is no list', type: 'json' as const, patch: {}, want: 'BadRequest' },
    {
      reason: 'a path into the prototype',
      type: 'json' as const,
      patch: [{ op: 'add', path: '/__proto__/x', value: 1 }],
      want: 'BadRequest',
    },
    {
      reason: 'copies that double what they copy',
      type: 'json' as const,
      patch: Array.from({ length: 40 }, (_, i) => ({ op: 'copy', from: '/spec', path: `/spec/copy${i}` })),
      want: 'RequestEntityTooLarge',
    },
    {
      reason: 'a value nested too deeply',
      type: 'json' as const,
      patch: [
        { op: 'add', path: '/spec/peer', value: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) },
      ],
      want: 'BadRequest',
    },
    {
      reason: 'a field named __proto__ in a value',
      type: 'json' as const,
      patch: [{ op: 'add', path: '/spec/peer', value: JSON.parse('{"__proto__":{}}') }],
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
    const write = test.store.write.bind(test.store);
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
    const moved = async () => write([await bump()]);
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
