import { refusalOf } from './__testUtils__/refusalOf';
import { aWidget, startService, TestService, widgets } from './__testUtils__/startService';
import { ResourceWatch, ServedEvent, WatchRequest } from './requests';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

const create = (name: string) => test.service.create({ ...widgets, object: aWidget(name) });
const patch = (name: string, spec: object) =>
  test.service.patch({ ...widgets, name, type: 'merge', patch: { spec } });

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
    { reason: 'without a version', request: {}, want: ['ADDED a', 'ADDED b'] },
    { reason: 'from any version', request: { resourceVersion: '0' }, want: ['ADDED a', 'ADDED b'] },
    {
      reason: 'that asks for initial events',
      request: { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' },
      want: ['ADDED a', 'ADDED b'],
    },
    {
      reason: 'that asks for none',
      request: { sendInitialEvents: false, resourceVersionMatch: 'NotOlderThan' },
      want: ['ADDED b'],
    },
  ])('$reason begins with $want', async ({ request, want }) => {
    await create('a');
    const { next, watch } = await watching(request);
    await create('b');
    const seen: string[] = [];
    while (seen.length < want.length) seen.push(await next());
    expect(seen).toEqual(want);
    expect(watch.initialEvents).toBe(want.length - 1);
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
