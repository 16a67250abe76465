import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeResourceStore } from '../../resourceStore.conformance';
import { SqliteResourceStore } from './SqliteResourceStore';
import { SqliteResourceStoreOptions } from './SqliteResourceStoreOptions';

// Each test writes to a real disk, which others may keep busy.
jest.setTimeout(30_000);

const openWith = (options: Partial<SqliteResourceStoreOptions>) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'krate-store-'));
  const opened: SqliteResourceStore[] = [];
  const open = async () => {
    const store = await SqliteResourceStore.open({ file: join(folder, 'data', 'store.sqlite'), ...options });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    reopen: open,
    dispose: async () => {
      for (const store of opened) await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

describeResourceStore('SqliteResourceStore', openWith({}));

// Every row, event and call gets a turn of its own: the finest interleaving of readers and writers there is.
describeResourceStore(
  'SqliteResourceStore in the smallest slices',
  openWith({ sliceMs: 0, synchronous: 'NORMAL' }),
);
