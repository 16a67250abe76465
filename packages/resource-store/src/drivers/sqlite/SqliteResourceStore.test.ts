import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeResourceStore } from '../../resourceStore.conformance';
import { SqliteResourceStore } from './SqliteResourceStore';

describeResourceStore('SqliteResourceStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'krate-store-'));
  const opened: SqliteResourceStore[] = [];
  const open = async () => {
    const store = await SqliteResourceStore.open({ file: join(folder, 'data', 'store.sqlite') });
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
});
