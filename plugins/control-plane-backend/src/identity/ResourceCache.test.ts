import { mockServices } from '@backstage/backend-test-utils';
import { Team } from '@krate/plugin-control-plane-common';
import { ResourceStore, SqliteResourceStore, Watch } from '@krate/resource-store';
import { seedObject } from '../testing/seedObject';
import { ResourceCache } from './ResourceCache';

const namespace = 'krate-org-acme';
const type = { group: Team.group, resource: Team.plural };

describe('ResourceCache', () => {
  let store: SqliteResourceStore;
  let cache: ResourceCache;
  const watches: Watch[] = [];

  beforeEach(async () => {
    store = await SqliteResourceStore.open({ file: ':memory:' });
    watches.length = 0;
    // The real store, with its watches in reach of the test.
    const observed = new Proxy(store, {
      get: (target, name) => {
        if (name !== 'watch') return Reflect.get(target, name).bind(target);
        return async (query: Parameters<ResourceStore['watch']>[0]) => {
          const watch = await target.watch(query);
          watches.push(watch);
          return watch;
        };
      },
    });
    cache = new ResourceCache(observed, type, mockServices.logger.mock());
  });
  afterEach(async () => {
    await cache.stop();
    await store.close();
  });
  const names = () => cache.objects(namespace).map(object => object.metadata.name);
  const settled = async () => cache.reach(await store.revision());

  it('holds what existed and every write that was committed before it is asked', async () => {
    await seedObject(store, Team, namespace, 'core', {});
    await cache.start();
    await seedObject(store, Team, namespace, 'web', {});
    await seedObject(store, Team, 'krate-org-globex', 'other', {});
    await settled();
    expect(names()).toEqual(['core', 'web']);
    const found = await store.get({ ...type, namespace, name: 'core' });
    await store.write([
      { type: 'delete', key: { ...type, namespace, name: 'core' }, expectedRevision: found!.revision },
    ]);
    await settled();
    expect(names()).toEqual(['web']);
  });

  it('starts anew when its watch ends, and answers nothing old meanwhile', async () => {
    await cache.start();
    watches[0].close();
    await seedObject(store, Team, namespace, 'core', {});
    await settled();
    expect(names()).toEqual(['core']);
    expect(watches.length).toBe(2);
  });

  it('loads more objects than one page has', async () => {
    for (let index = 0; index < 1_100; index += 1)
      await seedObject(store, Team, namespace, `team-${index}`, {});
    await cache.start();
    expect(names()).toHaveLength(1_100);
  });
});
