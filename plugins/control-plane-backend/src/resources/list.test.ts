import { Namespace } from '@krate/plugin-control-plane-common';
import { ApiError } from '@krate/resource-model';
import { refusalOf } from './__testUtils__/refusalOf';
import { alice, aWidget, startService, TestService, widgets } from './__testUtils__/startService';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

const create = (name: string, spec = {}, metadata = {}, namespace = 'team-a') =>
  test.service.create({ ...widgets, namespace, object: aWidget(name, spec, metadata) });

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
    const { metadata } = (error as ApiError).toStatus();
    const rest = await test.service.list({ ...widgets, continue: metadata.continue });
    expect(rest.items.map(({ stored }) => stored.name)).toEqual(['c', 'd', 'e']);
  });

  it.each([
    { reason: 'exactly', options: { resourceVersionMatch: 'Exact' }, want: ['a', 'b'] },
    { reason: 'with a limit alone', options: { limit: 5 }, want: ['a', 'b'] },
    { reason: 'as nothing older', options: { resourceVersionMatch: 'NotOlderThan' }, want: ['a', 'b', 'c'] },
    {
      reason: 'with a limit, as nothing older',
      options: { resourceVersionMatch: 'NotOlderThan', limit: 5 },
      want: ['a', 'b', 'c'],
    },
    { reason: 'alone', options: {}, want: ['a', 'b', 'c'] },
  ])('reads a version named $reason', async ({ options, want }) => {
    for (const name of ['a', 'b']) await create(name);
    const { resourceVersion } = await test.service.list(widgets);
    await create('c');
    const listed = await test.service.list({ ...widgets, ...options, resourceVersion });
    expect(listed.items.map(({ stored }) => stored.name)).toEqual(want);
  });

  it('refuses exactly a version that is forgotten', async () => {
    await create('a');
    await test.store.compact(await test.store.revision());
    const asked = test.service.list({ ...widgets, resourceVersion: '1', resourceVersionMatch: 'Exact' });
    expect(await refusalOf(asked)).toMatchObject({ reason: 'Expired', code: 410 });
  });

  it.each([
    {
      reason: 'a version that is yet to come',
      options: { resourceVersion: '9999' },
      want: 'Timeout',
      says: 'Too large resource version',
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
