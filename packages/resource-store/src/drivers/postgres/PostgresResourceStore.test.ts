import { describeOnPostgres } from '@krate/test-postgres';
import { describeResourceStore } from '../../resourceStore.conformance';
import { freshSchemas } from './__testUtils__/freshSchemas';
import { PostgresResourceStore } from './PostgresResourceStore';
import { PostgresResourceStoreOptions } from './PostgresResourceStoreOptions';

// The server may share a slow disk with others.
jest.setTimeout(60_000);

describeOnPostgres('PostgreSQL', () => {
  const schemas = freshSchemas();

  const openWith = (options: Partial<PostgresResourceStoreOptions>) => async () => {
    const knex = await schemas.create();
    const opened: PostgresResourceStore[] = [];
    const open = async () => {
      const store = await PostgresResourceStore.open({ knex, ...options });
      opened.push(store);
      return store;
    };
    return {
      store: await open(),
      reopen: open,
      dispose: async () => {
        for (const store of opened) await store.close();
        await knex.destroy();
      },
    };
  };

  describeResourceStore('PostgresResourceStore', openWith({}));

  // Every row is a batch of its own: the finest interleaving of readers and writers there is.
  describeResourceStore(
    'PostgresResourceStore in the smallest batches, without LISTEN',
    openWith({ batch: 1, listen: false, pollMs: 50 }),
  );
});
