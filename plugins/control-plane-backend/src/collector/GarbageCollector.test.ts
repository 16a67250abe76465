import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Namespace, Organization } from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { defineKind, Kind, Resource } from '@krate/resource-model';
import knexFactory, { Knex } from 'knex';
import { z } from 'zod';
import { readConfig } from '../config';
import { Core, openCore } from '../runtime/openCore';
import { GarbageCollector } from './GarbageCollector';

const common = {
  area: 'test',
  storage: 'config',
  summary: 'For tests.',
  writableBy: 'developer',
  spec: z.object({}),
  examples: [],
} as const;
const Owner = defineKind({ ...common, kind: 'Owner', plural: 'owners' });
const Dependent = defineKind({ ...common, kind: 'Dependent', plural: 'dependents' });
const principal: Principal = { type: 'system', name: 'test' };
const namespace = 'krate-org-acme';

describe('GarbageCollector', () => {
  let directory: string;
  let knex: Knex;
  let core: Core;
  let collector: GarbageCollector;
  let removed: string[];

  const create = (kind: Kind, name: string, metadata: object = {}, spec: object = {}): Promise<Resource> =>
    core.client.create(kind, {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, ...(kind.clusterScoped ? {} : { namespace }), ...metadata },
      spec,
    } as never) as Promise<Resource>;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-gc-'));
    knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    const config = readConfig(
      new ConfigReader({ backend: { baseUrl: 'http://localhost' }, krate: { dataDirectory: directory } }),
    );
    const logger = mockServices.logger.mock();
    core = await openCore({
      ...{ config, knex, logger, auditor: mockServices.auditor.mock() },
      installations: [{ area: 'test', kinds: [Owner, Dependent] }],
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
    removed = [];
    collector = new GarbageCollector({
      ...core,
      logger,
      removed: async owner => void removed.push(`${owner.resource}/${owner.name}`),
    });
    await create(Namespace, namespace);
  });
  afterEach(async () => {
    await collector.stop();
    await core.directory.stop();
    await core.store.close();
    await knex.destroy();
    await rm(directory, { recursive: true });
  });

  const ownedBy = (...owners: Resource[]) => ({
    ownerReferences: owners.map(({ apiVersion, kind, metadata: { name, uid } }) => ({
      apiVersion,
      kind,
      name,
      uid,
    })),
  });
  const get = (kind: Kind, name: string) =>
    core.client.get(kind, { namespace, name }) as Promise<Resource | undefined>;
  const remove = (kind: Kind, name: string, propagationPolicy?: 'Background' | 'Foreground' | 'Orphan') =>
    core.service.delete({
      principal,
      kind,
      namespace: kind.clusterScoped ? undefined : namespace,
      name,
      propagationPolicy,
    });

  async function eventually(check: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + 4_000;
    while (!(await check())) {
      if (Date.now() > deadline) throw new Error(`it did not happen: ${what}`);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
  const gone = (kind: Kind, name: string) =>
    eventually(async () => !(await get(kind, name)), `${kind.kind} ${name} goes`);

  it('deletes what an owner leaves behind, and what that leaves behind', async () => {
    await collector.start();
    const owner = await create(Owner, 'root');
    const child = await create(Dependent, 'child', ownedBy(owner));
    await create(Dependent, 'grandchild', ownedBy(child));
    await create(Dependent, 'free');
    await remove(Owner, 'root');
    await gone(Dependent, 'grandchild');
    expect(await get(Dependent, 'child')).toBeUndefined();
    expect(await get(Dependent, 'free')).toBeDefined();
    expect(removed).toEqual(['owners/root', 'dependents/child', 'dependents/grandchild']);
  });

  it('finds at its start what was left behind before', async () => {
    const owner = await create(Owner, 'root');
    await create(Dependent, 'child', ownedBy(owner));
    await remove(Owner, 'root');
    await collector.start();
    await gone(Dependent, 'child');
    expect(await get(Dependent, 'child')).toBeUndefined();
  });

  it('takes a recreated owner of the same name for another one', async () => {
    const owner = await create(Owner, 'root');
    await create(Dependent, 'child', ownedBy(owner));
    await remove(Owner, 'root');
    await create(Owner, 'root');
    await collector.start();
    await gone(Dependent, 'child');
    expect(await get(Owner, 'root')).toBeDefined();
  });

  it('takes an owner in another namespace for none, and lets nobody there hold up its deletion', async () => {
    await create(Namespace, 'krate-org-globex');
    const foreign = { namespace: 'krate-org-globex' };
    await collector.start();
    const owner = await create(Owner, 'root');
    await create(Dependent, 'stranger', { ...foreign, ...ownedBy(owner), finalizers: ['example.com/held'] });
    await remove(Owner, 'root', 'Foreground');
    await gone(Owner, 'root');
    const isGoing = async () =>
      (await core.client.get(Dependent, { ...foreign, name: 'stranger' }))?.metadata.deletionTimestamp !==
      undefined;
    await eventually(isGoing, 'the stranger goes');
    expect(await isGoing()).toBe(true);
  });

  it('keeps what the platform owns in an organization, however late it hears of the owner', async () => {
    await create(Namespace, 'krate-system');
    const owner = await create(Organization, 'acme', { namespace: 'krate-system' }, { displayName: 'Acme' });
    await create(Dependent, 'child', ownedBy(owner));
    await collector.start();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(await get(Dependent, 'child')).toBeDefined();
  });

  it('keeps what still has an owner, and drops the reference to the one that is gone', async () => {
    await collector.start();
    const [first, second] = [await create(Owner, 'first'), await create(Owner, 'second')];
    await create(Dependent, 'child', ownedBy(first, second));
    await remove(Owner, 'first');
    await eventually(
      async () => (await get(Dependent, 'child'))?.metadata.ownerReferences?.length === 1,
      'one owner stays',
    );
    expect((await get(Dependent, 'child'))?.metadata.ownerReferences).toMatchObject([{ name: 'second' }]);
  });

  const blocking = (...owners: Resource[]) => ({
    ownerReferences: ownedBy(...owners).ownerReferences.map(owner => ({
      ...owner,
      blockOwnerDeletion: true,
    })),
  });

  it('lets the owner wait in the foreground until what blocks it is gone', async () => {
    await collector.start();
    const owner = await create(Owner, 'root');
    await create(Dependent, 'held', { ...blocking(owner), finalizers: ['example.com/hold'] });
    await remove(Owner, 'root', 'Foreground');
    await eventually(
      async () => (await get(Dependent, 'held'))?.metadata.deletionTimestamp !== undefined,
      'the dependent is asked to go',
    );
    expect(await get(Owner, 'root')).toBeDefined();
    await core.client.patch(Dependent, { namespace, name: 'held' }, { metadata: { finalizers: null } });
    await gone(Owner, 'root');
  });

  it('lets an owner in the foreground wait for what its dependents own', async () => {
    await collector.start();
    const owner = await create(Owner, 'root');
    const child = await create(Dependent, 'child', blocking(owner));
    await create(Dependent, 'held', { ...blocking(child), finalizers: ['example.com/hold'] });
    await remove(Owner, 'root', 'Foreground');
    await eventually(
      async () => (await get(Dependent, 'held'))?.metadata.deletionTimestamp !== undefined,
      'the grandchild is asked to go',
    );
    expect(await get(Dependent, 'child')).toBeDefined();
    expect(await get(Owner, 'root')).toBeDefined();
    await core.client.patch(Dependent, { namespace, name: 'held' }, { metadata: { finalizers: null } });
    await gone(Owner, 'root');
  });

  it('keeps what another owner keeps, although one is deleted in the foreground', async () => {
    await collector.start();
    const [first, second] = [await create(Owner, 'first'), await create(Owner, 'second')];
    await create(Dependent, 'child', blocking(first, second));
    await remove(Owner, 'first', 'Foreground');
    await gone(Owner, 'first');
    expect((await get(Dependent, 'child'))?.metadata.ownerReferences).toMatchObject([{ name: 'second' }]);
  });

  it.each([2, 3])('deletes a circle of %d in the foreground', async length => {
    await collector.start();
    const circle = [await create(Owner, 'ring-0')];
    for (let i = 1; i < length; i += 1)
      circle.push(await create(Owner, `ring-${i}`, blocking(circle[i - 1])));
    await core.client.patch(Owner, { namespace, name: 'ring-0' }, { metadata: blocking(circle[length - 1]) });
    await remove(Owner, 'ring-0', 'Foreground');
    for (const { metadata } of circle) await gone(Owner, metadata.name);
    expect(removed).toHaveLength(length);
  });

  it('orphans', async () => {
    await collector.start();
    const owner = await create(Owner, 'root');
    await create(Dependent, 'child', ownedBy(owner));
    await remove(Owner, 'root', 'Orphan');
    await gone(Owner, 'root');
    expect((await get(Dependent, 'child'))?.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('empties a namespace before it goes, and nothing new comes in', async () => {
    await collector.start();
    await create(Owner, 'root');
    await create(Dependent, 'held', { finalizers: ['example.com/hold'] });
    await remove(Namespace, namespace);
    await gone(Owner, 'root');
    expect((await core.client.get(Namespace, { name: namespace }))?.status?.phase).toBe('Terminating');
    await expect(create(Owner, 'late')).rejects.toMatchObject({ reason: 'Forbidden' });
    await core.client.patch(Dependent, { namespace, name: 'held' }, { metadata: { finalizers: null } });
    await eventually(
      async () => !(await core.client.get(Namespace, { name: namespace })),
      'the namespace goes',
    );
  });
});
