import { WatchEvent } from '@krate/controller-runtime';
import { ApiError } from '@krate/resource-model';
import { Organization } from '@krate/plugin-control-plane-common';
import { createResourceClient } from './createResourceClient';
import { alice, aWidget, startService, system, TestService } from './__testUtils__/startService';
import { Widget } from './__testUtils__/testKinds';

jest.setTimeout(30_000);

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

const manifest = (name: string, spec: object = {}, metadata: object = {}) =>
  aWidget(name, spec, { namespace: 'team-a', ...metadata }) as never;
const one = { namespace: 'team-a', name: 'one' };
const clientOf = () => createResourceClient(test.service, system);

it('speaks every verb, typed', async () => {
  const client = clientOf();
  expect(await client.get(Widget, one)).toBeUndefined();
  const made = await client.create(Widget, manifest('one', {}, { labels: { a: 'b' } }));
  expect(made.spec.size).toBe(3);
  made.spec.size = 4;
  const updated = await client.update(Widget, made);
  expect(updated.metadata.generation).toBe(2);
  const busy = await client.updateStatus(Widget, { ...updated, status: { phase: 'Busy' } });
  expect(busy.status).toEqual({ phase: 'Busy' });
  const repeated = await client.updateStatus(Widget, busy);
  expect(repeated.metadata.resourceVersion).toBe(busy.metadata.resourceVersion);
  expect((await client.patch(Widget, one, { spec: { color: 'blue' } })).spec.color).toBe('blue');
  expect((await client.apply(Widget, manifest('two'), { fieldManager: 'test' })).spec.color).toBe('red');
  const listed = await client.list(Widget, {
    namespace: 'team-a',
    labels: { a: 'b' },
    fields: { 'spec.color': 'blue' },
  });
  expect(listed.items.map(({ metadata }) => metadata.name)).toEqual(['one']);
  await client.delete(Widget, one, { uid: made.metadata.uid });
  expect(await client.get(Widget, one)).toBeUndefined();
});

it('refuses a write on an object that moved since it was read', async () => {
  const client = clientOf();
  const made = await client.create(Widget, manifest('one'));
  await client.patch(Widget, one, { spec: { size: 5 } });
  await expect(client.update(Widget, { ...made, spec: { ...made.spec, size: 6 } })).rejects.toMatchObject({
    reason: 'Conflict',
  });
  await expect(client.updateStatus(Widget, { ...made, status: { phase: 'Busy' } })).rejects.toMatchObject({
    reason: 'Conflict',
  });
});

it('acts with the rights of its principal', async () => {
  test.deny(({ verb }) => verb === 'create');
  const client = createResourceClient(test.service, alice);
  await expect(client.create(Widget, manifest('one'))).rejects.toMatchObject({ reason: 'Forbidden' });
});

it('hands out copies', async () => {
  const client = clientOf();
  await client.create(Widget, manifest('one'));
  (await client.get(Widget, one))!.spec.color = 'spoilt';
  (await client.list(Widget)).items[0].spec.color = 'spoilt';
  expect((await client.get(Widget, one))!.spec.color).toBe('red');
});

it('finds platform kinds without their namespace', async () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'krate-system' } };
  await test.service.create({ principal: system, kind: test.kinds.kind('Namespace')!, object: namespace });
  const client = clientOf();
  const acme = {
    apiVersion: Organization.apiVersion,
    kind: 'Organization',
    metadata: { name: 'acme' },
    spec: { displayName: 'Acme' },
  };
  await client.create(Organization, acme as never);
  expect((await client.get(Organization, { name: 'acme' }))?.metadata.namespace).toBe('krate-system');
});

describe('watch', () => {
  function follow(options: { resourceVersion?: string } = {}) {
    const stop = new AbortController();
    const events = clientOf()
      .watch(Widget, { namespace: 'team-a', signal: stop.signal, ...options })
      [Symbol.asyncIterator]();
    const next = async () => {
      const { value, done } = await events.next();
      const event = value as WatchEvent;
      return done ? 'end' : `${event.type} ${event.object.metadata.name}`;
    };
    return { stop, next };
  }

  it('lists first and ends with its signal', async () => {
    const client = clientOf();
    await client.create(Widget, manifest('one'));
    const { stop, next } = follow();
    expect(await next()).toBe('ADDED one');
    const waiting = next();
    await client.patch(Widget, one, { spec: { size: 5 } });
    expect(await waiting).toBe('MODIFIED one');
    const last = next();
    stop.abort();
    expect(await last).toBe('end');
  });

  it('brings along what an object was before, also for changes that nobody watched', async () => {
    const client = clientOf();
    const made = await client.create(Widget, manifest('one'));
    await client.patch(Widget, one, { spec: { color: 'blue' } });
    const seen: (string | undefined)[] = [];
    const stop = new AbortController();
    const { resourceVersion } = made.metadata;
    for await (const { object, previous } of client.watch(Widget, {
      signal: stop.signal,
      resourceVersion,
      previous: true,
    })) {
      seen.push(`${previous?.spec.color} > ${object.spec.color}`);
      if (seen.length === 2) stop.abort();
      else await client.patch(Widget, one, { spec: { color: 'green' } });
    }
    expect(seen).toEqual(['red > blue', 'blue > green']);
  });

  it('tells the difference after its version was forgotten', async () => {
    const client = clientOf();
    for (const name of ['one', 'two', 'three']) await client.create(Widget, manifest(name));
    const { stop, next } = follow();
    for (const name of ['one', 'three', 'two']) expect(await next()).toBe(`ADDED ${name}`);
    // The store ends the watch, and forgets what happens before the next one begins.
    const watch = test.service.watch.bind(test.service);
    let begun = 0;
    jest.spyOn(test.service, 'watch').mockImplementation(async request => {
      begun += 1;
      if (begun > 1) return watch(request);
      throw new ApiError('Expired', 'too old resource version');
    });
    await client.delete(Widget, one);
    await client.create(Widget, manifest('one'));
    await client.patch(Widget, { ...one, name: 'two' }, { spec: { size: 9 } });
    await client.delete(Widget, { ...one, name: 'three' });
    await client.create(Widget, manifest('four'));
    expect(new Set([await next(), await next(), await next(), await next(), await next()])).toEqual(
      new Set(['DELETED one', 'ADDED one', 'MODIFIED two', 'DELETED three', 'ADDED four']),
    );
    stop.abort();
  });

  it('says so when the version of its caller was forgotten', async () => {
    const client = clientOf();
    const made = await client.create(Widget, manifest('one'));
    await client.patch(Widget, one, { spec: { size: 5 } });
    await client.patch(Widget, one, { spec: { size: 6 } });
    await test.store.compact(await test.store.revision());
    const { next } = follow({ resourceVersion: made.metadata.resourceVersion });
    await expect(next()).rejects.toMatchObject({ reason: 'Expired' });
  });

  it('goes on where it was when it fell too far behind', async () => {
    const client = clientOf();
    await client.create(Widget, manifest('one'));
    const { stop, next } = follow();
    expect(await next()).toBe('ADDED one');
    const waiting = next();
    await client.patch(Widget, one, { metadata: { labels: { n: '0' } } });
    expect(await waiting).toBe('MODIFIED one');
    for (let n = 0; n < 1200; n += 1) {
      const live = (await test.store.get({
        group: Widget.group,
        resource: 'widgets',
        namespace: 'team-a',
        name: 'one',
      }))!;
      const json = live.json.replace(/"resourceVersion":"\d+",/, '').replace(/"n":"\d+"/, `"n":"${n}"`);
      const draft = { uid: live.uid, labels: { n: String(n) }, json };
      await test.store.write([{ type: 'update', key: live, draft, expectedRevision: live.revision }]);
    }
    for (let n = 0; n < 1200; n += 1) expect(await next()).toBe('MODIFIED one');
    stop.abort();
  });
});
