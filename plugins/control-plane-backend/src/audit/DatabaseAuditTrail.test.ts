import { mockServices } from '@backstage/backend-test-utils';
import { AuditEntry } from '@krate/plugin-control-plane-node';
import { SqliteResourceStore } from '@krate/resource-store';
import { Knex } from 'knex';
import { onEachDatabase } from '../__testUtils__/onEachDatabase';
import { eventually } from '../__testUtils__/portal/eventually';
import { DatabaseAuditTrail } from './DatabaseAuditTrail';

const entry = (action: string, organization?: string): AuditEntry => ({
  principal: { type: 'user', name: 'ada' },
  action,
  outcome: 'allowed',
  organization,
  resource: 'Repository/krate-org-acme/web',
  details: { verb: action },
});
async function refuse(): Promise<void> {
  throw new Error('no room');
}

/** A write of an object that nobody looks at. */
function creation(name: string) {
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'Thing', metadata: { name } });
  const key = { group: '', resource: 'things', namespace: '', name };
  return { type: 'create', key, draft: { uid: name, labels: {}, json } } as const;
}

const DAY_MS = 24 * 60 * 60 * 1000;

onEachDatabase('DatabaseAuditTrail', open => {
  let knex: Knex;
  let now: number;
  let uids: Record<string, string>;
  let trail: DatabaseAuditTrail;
  let store: SqliteResourceStore;
  beforeEach(async () => {
    knex = await open();
    store = await SqliteResourceStore.open({ file: ':memory:' });
    now = Date.UTC(2026, 10, 20, 12);
    uids = { acme: 'acme-1', globex: 'globex-1' };
    trail = trailWith({});
  });
  afterEach(async () => {
    await trail.flush();
    await store.close();
    await knex.destroy();
  });

  function trailWith(
    parts: Partial<ConstructorParameters<typeof DatabaseAuditTrail>[0]>,
  ): DatabaseAuditTrail {
    return new DatabaseAuditTrail({
      knex,
      auditor: mockServices.auditor.mock(),
      logger: mockServices.logger.mock(),
      store,
      organizationNamed: name =>
        uids[name] ? { uid: uids[name], createdAt: '2026-11-20T11:00:00Z' } : undefined,
      now: () => now,
      ...parts,
    });
  }
  const actions = async (query: object) =>
    (await trail.query({ limit: 100, ...query })).items.map(({ action }) => action);

  describe('what is noted with a write', () => {
    const write = (name: string, by: DatabaseAuditTrail = trail) =>
      store.write([creation(name)], { note: () => by.noteOf([entry(name, 'acme')]) });

    it('is in the trail for whoever reads it, and no longer with the store', async () => {
      await write('a');
      await write('b');
      expect(await actions({ organization: 'acme' })).toEqual(['b', 'a']);
      expect(await store.notes(1)).toEqual([]);
    });

    it('gets there by itself', async () => {
      await write('a');
      trail.noted();
      await eventually(
        () => store.notes(1),
        ({ length }) => length === 0,
      );
      expect(await knex('krate_audit_event').pluck('action')).toEqual(['a']);
    });

    it('comes before what is recorded after it, and the chain holds', async () => {
      await write('a');
      trail.noted();
      await trail.record(entry('refusal'));
      await write('b');
      expect(await actions({})).toEqual(['b', 'refusal', 'a']);
      await expect(trail.verify()).resolves.toMatchObject({ ok: true, events: 3 });
    });

    it('is taken once, also when a process ends after it was taken and before it was dropped', async () => {
      await write('a');
      const forgetful = { notes: (limit: number) => store.notes(limit), dropNotes: refuse };
      await expect(trailWith({ store: forgetful }).query({ limit: 1 })).rejects.toThrow('no room');
      await write('b');
      expect(await actions({})).toEqual(['b', 'a']);
    });

    it('waits in the store while the trail takes nothing, which the log tells', async () => {
      const logger = mockServices.logger.mock();
      const away = { notes: async () => refuse() as never, dropNotes: refuse };
      const failing = trailWith({ store: away, logger });
      await write('a', failing);
      failing.noted();
      await eventually(
        async () => logger.error.mock.calls.length,
        calls => calls > 0,
      );
      expect(await actions({})).toEqual(['a']);
    });

    it('survives a process that ends before it was taken', async () => {
      await write('a');
      await eventually(
        async () => {
          trailWith({});
          return store.notes(1);
        },
        ({ length }) => length === 0,
      );
      expect(await actions({})).toEqual(['a']);
    });

    it('is taken by a store that was restored and counts its revisions again', async () => {
      await write('a');
      expect(await actions({})).toEqual(['a']);
      await store.close();
      store = await SqliteResourceStore.open({ file: ':memory:' });
      now += 1;
      await write('b', trailWith({}));
      expect((await trailWith({}).query({ limit: 9 })).items.map(({ action }) => action)).toEqual(['b', 'a']);
    });

    it('tells the Backstage auditor too, once', async () => {
      const auditor = mockServices.auditor.mock();
      auditor.createEvent.mockImplementation(async () => ({ success: async () => {}, fail: async () => {} }));
      const telling = trailWith({ auditor });
      await write('a', telling);
      await telling.query({ limit: 1 });
      await telling.query({ limit: 1 });
      expect(auditor.createEvent).toHaveBeenCalledTimes(1);
    });
  });

  it('answers newest first, page after page, of one organization', async () => {
    for (const action of ['a', 'b', 'c']) await trail.record(entry(action, 'acme'));
    await trail.record(entry('foreign', 'globex'));
    const first = await trail.query({ organization: 'acme', limit: 2 });
    expect(first.items.map(item => item.action)).toEqual(['c', 'b']);
    expect(first.items[0]).toMatchObject({ principal: 'ada', outcome: 'allowed', details: { verb: 'c' } });
    const second = await trail.query({ organization: 'acme', limit: 2, before: first.next });
    expect(second).toMatchObject({ items: [{ action: 'a' }], next: undefined });
  });

  it.each([
    { reason: 'who, by a part', query: { who: 'GRA' }, want: ['merge'] },
    { reason: 'the verb', query: { action: 'push' }, want: ['push'] },
    { reason: 'the outcome', query: { outcome: 'denied' }, want: ['merge'] },
    { reason: 'the kind', query: { kind: 'PullRequest' }, want: ['merge'] },
    { reason: 'the object, by a part', query: { object: 'EB-' }, want: ['merge'] },
    { reason: 'a time and after', query: { since: new Date(Date.UTC(2026, 10, 21)) }, want: ['late'] },
    { reason: 'before a time', query: { until: new Date(Date.UTC(2026, 10, 21)) }, want: ['push', 'merge'] },
    { reason: 'all of them together', query: { who: 'grace', outcome: 'allowed' }, want: [] },
    { reason: 'nothing that only looks like a pattern', query: { who: '%' }, want: [] },
  ])('finds by $reason', async ({ query, want }) => {
    await trail.record({
      ...entry('merge', 'acme'),
      principal: { type: 'user', name: 'grace' },
      outcome: 'denied',
      resource: 'PullRequest/krate-org-acme/web-1',
    });
    await trail.record(entry('push', 'acme'));
    now += DAY_MS;
    await trail.record(entry('late', 'acme'));
    expect(await actions(query)).toEqual(want);
  });

  it('shows an organization nothing of an earlier one of its name', async () => {
    await trail.record(entry('before', 'acme'));
    uids.acme = 'acme-2';
    await trail.record(entry('after', 'acme'));
    expect(await actions({ organization: 'acme' })).toEqual(['after']);
    expect(await actions({ organizationUid: 'acme-1' })).toEqual(['before']);
    delete uids.acme;
    expect(await actions({ organization: 'acme' })).toEqual([]);
  });

  it('leaves out what controllers note down, and keeps what they do', async () => {
    const principal = { type: 'system', name: 'controllers' } as const;
    await trail.record({ ...entry('update'), principal, details: { subresource: 'status' } });
    await trail.record({ ...entry('create'), principal, resource: 'Event/krate-org-acme/web.1' });
    await trail.record({ ...entry('delete'), principal });
    await trail.record({ ...entry('update'), details: { subresource: 'status' } });
    expect(await actions({})).toEqual(['update', 'delete']);
  });

  it('records the act although the Backstage auditor fails, and says so', async () => {
    const auditor = mockServices.auditor.mock({ createEvent: () => Promise.reject(new Error('no auditor')) });
    const logger = mockServices.logger.mock();
    trail = trailWith({ auditor, logger });
    await trail.record(entry('create'));
    expect(await actions({})).toEqual(['create']);
    expect(logger.error).toHaveBeenCalled();
  });

  it('counts what nobody does without end, and records the rest one by one', async () => {
    const denied: AuditEntry = { ...entry('get'), principal: { type: 'anonymous' }, outcome: 'denied' };
    for (let i = 0; i < 500; i += 1) await trail.record(denied);
    await trail.record({ ...denied, principal: { type: 'user', name: 'eve' } });
    expect(await actions({ who: 'eve' })).toEqual(['get']);
    expect(await actions({ who: 'anonymous', action: 'get' })).toHaveLength(30);
    now += 60_000;
    await trail.record(denied);
    trail.flush();
    const deadline = Date.now() + 5000;
    while ((await actions({ action: 'denials' })).length === 0 && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 10));
    const { items } = await trail.query({ action: 'denials', limit: 5 });
    expect(items[0]).toMatchObject({ details: { count: 470 } });
  });

  describe('as a chain', () => {
    const fill = async () => {
      for (const action of ['a', 'b', 'c', 'd', 'e']) await trail.record(entry(action, 'acme'));
    };
    const event = (id: number) => knex('krate_audit_event').where({ id });

    it('verifies what was recorded, also by several at the same time', async () => {
      const other = trailWith({});
      await Promise.all(
        Array.from({ length: 60 }, (_, i) => (i % 2 ? trail : other).record(entry(`a${i}`, 'acme'))),
      );
      expect(await trail.verify()).toMatchObject({ ok: true, events: 60, unchained: 0 });
    });

    it.each([
      { reason: 'an altered one', tamper: () => event(3).update({ principal: 'eve' }), at: 3 },
      { reason: 'a denial made an allowance', tamper: () => event(2).update({ outcome: 'denied' }), at: 2 },
      { reason: 'a removed one', tamper: () => event(2).delete(), at: 2 },
      {
        reason: 'a removed beginning',
        tamper: () => knex('krate_audit_event').where('id', '<', 3).delete(),
        at: 1,
      },
      { reason: 'a removed end', tamper: () => event(5).delete(), at: 5 },
      {
        reason: 'two that changed places',
        tamper: async () => {
          const [third, fourth] = [await event(3).first(), await event(4).first()];
          await event(3).update({ ...fourth, id: 3 });
          await event(4).update({ ...third, id: 4 });
        },
        at: 3,
      },
      {
        reason: 'two that changed places with their hashes in order',
        tamper: async () => {
          const [third, fourth] = [await event(3).first(), await event(4).first()];
          await event(3).update({ ...fourth, id: 3, hash: third.hash });
          await event(4).update({ ...third, id: 4, hash: fourth.hash });
        },
        at: 3,
      },
      {
        reason: 'an added one, behind the end that was recorded',
        tamper: async () => knex('krate_audit_event').insert({ ...(await event(5).first()), id: 6 }),
        at: 6,
      },
    ])('finds $reason', async ({ tamper, at }) => {
      await fill();
      await tamper();
      const found = await trail.verify();
      expect(found.ok ? undefined : found.brokenAt).toBe(at);
    });

    it('finds a table that was written anew as a whole, by an anchor from before', async () => {
      await fill();
      const before = await trail.verify();
      const [id, hash] = (before.ok ? before.head : '').split(':');
      expect(await trail.verify({ id: Number(id), hash })).toMatchObject({ ok: true });
      await knex('krate_audit_event').delete();
      await knex('krate_audit_chain').update({ last_id: 0, hash: '0'.repeat(64) });
      for (const action of ['x', 'y', 'z', 'v', 'w']) await trail.record(entry(action, 'acme'));
      expect(await trail.verify()).toMatchObject({ ok: true, events: 5 });
      expect(await trail.verify({ id: Number(id), hash })).toMatchObject({ ok: false, brokenAt: 5 });
    });

    it('finds a cut-off end whose record was set back too by an anchor from before, and by nothing else', async () => {
      await fill();
      const before = await trail.verify();
      const [id, hash] = (before.ok ? before.head : '').split(':');
      const { hash: third } = await event(3).first();
      await knex('krate_audit_event').where('id', '>', 3).delete();
      await knex('krate_audit_chain').update({ last_id: 3, hash: third });
      expect(await trail.verify()).toMatchObject({ ok: true, events: 3 });
      expect(await trail.verify({ id: Number(id), hash })).toMatchObject({ ok: false, brokenAt: 5 });
    });

    it('takes nothing that is recorded during a verification for something added', async () => {
      await fill();
      const recording = Array.from({ length: 40 }, (_, i) => trail.record(entry(`b${i}`, 'acme')));
      const found = await Promise.all(Array.from({ length: 5 }, () => trail.verify()));
      await Promise.all(recording);
      expect(found.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
    });

    it('stays verifiable when old events are removed, and says that they were', async () => {
      await fill();
      now += 10 * DAY_MS;
      await trail.record(entry('new', 'acme'));
      expect(await trail.prune(new Date(now - DAY_MS))).toBe(5);
      expect(await actions({})).toEqual(['audit.prune', 'new']);
      expect(await trail.verify()).toMatchObject({ ok: true, events: 2, prunedTo: 5 });
      expect(await trail.prune(new Date(now - DAY_MS))).toBe(0);
      await event(6).update({ principal: 'eve' });
      expect(await trail.verify()).toMatchObject({ ok: false, brokenAt: 6 });
    });
  });
});
