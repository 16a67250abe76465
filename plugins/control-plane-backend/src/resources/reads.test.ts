import { ApiError } from '@krate/resource-model';
import { Namespace } from '@krate/plugin-control-plane-common';
import { alice, aWidget, startService, TestService } from './__testUtils__/startService';
import { Widget } from './__testUtils__/testKinds';
import { ResourceWatch, ServedEvent, WatchRequest } from './requests';
import { parseFieldSelector, parseLabelSelector } from './selectors';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

const widgets = { principal: alice, kind: Widget, namespace: 'team-a' };
const create = (name: string, spec = {}, metadata = {}, namespace = 'team-a') =>
  test.service.create({ ...widgets, namespace, object: aWidget(name, spec, metadata) });
const patch = (name: string, spec: object) =>
  test.service.patch({ ...widgets, name, type: 'merge', patch: { spec } });

async function refusalOf(act: Promise<unknown>): Promise<ApiError> {
  const error = await act.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error;
}

describe('list', () => {
  it('reads one namespace or all, sorted, with the version of the snapshot', async () => {
    for (const name of ['b', 'a']) await create(name);
    await create('c', {}, {}, 'team-b');
    const names = (items: { stored: { name: string } }[]) => items.map(({ stored }) => stored.name);
    const one = await test.service.list(widgets);
    expect(names(one.items)).toEqual(['a', 'b']);
    expect(one.resourceVersion).toBe(String(await test.store.revision()));
    expect(names((await test.service.list({ ...widgets, namespace: undefined })).items)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(names((await test.service.list({ principal: alice, kind: Namespace })).items)).toEqual([
      'team-a',
      'team-b',
    ]);
  });

  it('pages, and says what remains', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    const first = await test.service.list({ ...widgets, limit: 2 });
    expect(first).toMatchObject({ remainingItemCount: 1, continue: expect.any(String) });
    const second = await test.service.list({ ...widgets, limit: 2, continue: first.continue });
    expect(second.items.map(({ stored }) => stored.name)).toEqual(['c']);
    expect(second).toMatchObject({ resourceVersion: first.resourceVersion, continue: undefined });
  });

  it('refuses a page of a snapshot that is forgotten', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    const first = await test.service.list({ ...widgets, limit: 2 });
    await create('d');
    await create('e');
    await test.store.compact(await test.store.revision());
    const error = await refusalOf(test.service.list({ ...widgets, limit: 2, continue: first.continue }));
    expect(error).toMatchObject({ reason: 'Expired', code: 410 });
  });

  it.each([
    {
      reason: 'a version that is yet to come',
      options: { resourceVersion: '9999' },
      want: 'Timeout',
      says: 'Too large resource version',
    },
    {
      reason: 'exactly an old version',
      options: { resourceVersion: '1', resourceVersionMatch: 'Exact' },
      want: 'Expired',
      says: 'too old',
    },
    {
      reason: 'a version that is none',
      options: { resourceVersion: 'abc' },
      want: 'BadRequest',
      says: 'resourceVersion',
    },
    {
      reason: 'a match without version',
      options: { resourceVersionMatch: 'Exact' },
      want: 'Invalid',
      says: 'forbidden unless resourceVersion',
    },
    {
      reason: 'exactly any version',
      options: { resourceVersion: '0', resourceVersionMatch: 'Exact' },
      want: 'Invalid',
      says: 'forbidden',
    },
    {
      reason: 'an unknown match',
      options: { resourceVersion: '1', resourceVersionMatch: 'Maybe' },
      want: 'Invalid',
      says: 'Unsupported value',
    },
    {
      reason: 'a version with a token',
      options: { resourceVersion: '1', continue: 'x' },
      want: 'BadRequest',
      says: 'not allowed when using continue',
    },
    { reason: 'a token that is none', options: { continue: 'x' }, want: 'BadRequest', says: '' },
  ])('refuses $reason', async ({ options, want, says }) => {
    await create('a');
    const error = await refusalOf(test.service.list({ ...widgets, ...options }));
    expect(error).toMatchObject({ reason: want, message: expect.stringContaining(says) });
  });

  it('authorizes the reading of one object through a list as that of its name', async () => {
    await create('a');
    test.deny(({ name }) => name !== 'a');
    const fields = [{ path: 'metadata.name', value: 'a' }];
    expect((await test.service.list({ ...widgets, fields })).items).toHaveLength(1);
    expect(await refusalOf(test.service.list(widgets))).toMatchObject({ reason: 'Forbidden' });
  });
});

describe('selectors', () => {
  it.each([
    { text: '', want: [] },
    { text: 'a=b', want: [{ key: 'a', operator: 'In', values: ['b'] }] },
    {
      text: 'a==b, x/c != d',
      want: [
        { key: 'a', operator: 'In', values: ['b'] },
        { key: 'x/c', operator: 'NotIn', values: ['d'] },
      ],
    },
    {
      text: 'a in (b, c),d notin (e)',
      want: [
        { key: 'a', operator: 'In', values: ['b', 'c'] },
        { key: 'd', operator: 'NotIn', values: ['e'] },
      ],
    },
    {
      text: 'a,!b',
      want: [
        { key: 'a', operator: 'Exists', values: [] },
        { key: 'b', operator: 'DoesNotExist', values: [] },
      ],
    },
    { text: 'a=', want: [{ key: 'a', operator: 'In', values: [''] }] },
  ])('reads the label selector "$text"', ({ text, want }) => {
    expect(parseLabelSelector(text)).toEqual(want);
  });

  it.each(['a b', 'a in b', 'a in (b', '=b', 'a=b c', 'a,,b', 'a>1', '!'])(
    'refuses the label selector "%s"',
    text => {
      expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
    },
  );

  it.each([
    { text: 'metadata.name=a', want: [{ path: 'metadata.name', value: 'a' }] },
    {
      text: 'spec.color!=red,metadata.namespace==x',
      want: [
        { path: 'spec.color', value: 'red', negate: true },
        { path: 'metadata.namespace', value: 'x' },
      ],
    },
    { text: 'spec.color=a\\,b\\=c', want: [{ path: 'spec.color', value: 'a,b=c' }] },
  ])('reads the field selector "$text"', ({ text, want }) => {
    expect(parseFieldSelector(Widget, text)).toEqual(want);
  });

  it.each(['spec.size=3', 'color', 'status.phase=Idle'])('refuses the field selector "%s"', text => {
    expect(() => parseFieldSelector(Widget, text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
  });
});

describe('watch', () => {
  const told = ({ type, served }: ServedEvent) => `${type} ${served.stored.name}`;
  async function watching(
    request: Partial<WatchRequest>,
  ): Promise<{ next(): Promise<string>; watch: ResourceWatch }> {
    const watch = await test.service.watch({ ...widgets, ...request });
    const events = watch[Symbol.asyncIterator]();
    return { watch, next: async () => told((await events.next()).value) };
  }

  it.each([
    { reason: 'without a version', request: {}, initial: true },
    { reason: 'from any version', request: { resourceVersion: '0' }, initial: true },
    {
      reason: 'that asks for initial events',
      request: { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' },
      initial: true,
    },
    {
      reason: 'that asks for none',
      request: { sendInitialEvents: false, resourceVersionMatch: 'NotOlderThan' },
      initial: false,
    },
  ])('$reason begins with initial events: $initial', async ({ request, initial }) => {
    await create('a');
    const { next, watch } = await watching(request);
    if (initial) expect(await next()).toBe('ADDED a');
    await create('b');
    expect(await next()).toBe('ADDED b');
    expect(watch.initialEvents).toBe(initial ? 1 : 0);
    watch.close();
  });

  it('misses and repeats nothing from a version on', async () => {
    const made = await create('a');
    await patch('a', { size: 4 });
    const { next, watch } = await watching({ resourceVersion: made.object.metadata.resourceVersion });
    expect(await next()).toBe('MODIFIED a');
    await test.service.delete({ ...widgets, name: 'a' });
    expect(await next()).toBe('DELETED a');
    watch.close();
  });

  it('tells of objects that enter and leave a selection', async () => {
    await create('a');
    const { next, watch } = await watching({ fields: [{ path: 'spec.color', value: 'blue' }] });
    await patch('a', { color: 'blue' });
    expect(await next()).toBe('ADDED a');
    await patch('a', { color: 'red' });
    expect(await next()).toBe('DELETED a');
    watch.close();
  });

  it('shares what it serves among watchers', async () => {
    const [one, two] = await Promise.all([test.service.watch(widgets), test.service.watch(widgets)]);
    await create('a');
    const first = await one[Symbol.asyncIterator]().next();
    const second = await two[Symbol.asyncIterator]().next();
    expect(second.value.served).toBe(first.value.served);
    one.close();
    two.close();
  });

  it.each([
    { reason: 'a version that is forgotten', request: { resourceVersion: '1' }, want: 'Expired' },
    { reason: 'a version that is yet to come', request: { resourceVersion: '9999' }, want: 'Timeout' },
    { reason: 'a version that is none', request: { resourceVersion: 'x' }, want: 'BadRequest' },
    { reason: 'initial events without a match', request: { sendInitialEvents: true }, want: 'Invalid' },
    {
      reason: 'a match without initial events',
      request: { resourceVersionMatch: 'NotOlderThan' },
      want: 'Invalid',
    },
  ])('refuses $reason', async ({ request, want }) => {
    await create('a');
    await create('b');
    await test.store.compact(await test.store.revision());
    expect(await refusalOf(test.service.watch({ ...widgets, ...request }))).toMatchObject({ reason: want });
  });
});
