import { LoggerService } from '@backstage/backend-plugin-api';
import { Kind } from '@krate/resource-model';
import { ResourceStore, StoredObject, Watch } from '@krate/resource-store';

const RETRY_MS = 500;
const PAGE = 500;

/** What a follower is told. `listed` comes once after the objects that exist, with their uids, at every (re)list. */
export interface KindListener {
  put(kind: Kind, object: StoredObject): void;
  remove(kind: Kind, object: StoredObject): void;
  listed(kind: Kind, uids: ReadonlySet<string>): void;
}

/** A running {@link followKind}. */
export interface Follower {
  /** Resolves once everything that existed was told. */
  synced: Promise<void>;
  stop(): Promise<void>;
}

/** Lists every object of a kind and follows it for ever, relisting when the watch falls behind. */
export function followKind(
  store: ResourceStore,
  kind: Kind,
  listener: KindListener,
  logger: LoggerService,
): Follower {
  let watch: Watch | undefined;
  let stopped = false;
  let announce = () => {};
  let wake = () => {};
  const synced = new Promise<void>(resolve => (announce = resolve));
  const type = { group: kind.group, resource: kind.plural };

  async function list(): Promise<number> {
    const uids = new Set<string>();
    let next: string | undefined;
    let revision = 0;
    do {
      const page = await store.list({ ...type, limit: PAGE, continue: next });
      for (const object of page.items) {
        uids.add(object.uid);
        listener.put(kind, object);
      }
      revision = page.revision;
      next = page.continue;
    } while (next);
    listener.listed(kind, uids);
    return revision;
  }

  async function round(): Promise<void> {
    const revision = await list();
    announce();
    watch = await store.watch({ ...type, fromRevision: revision });
    if (stopped) watch.close();
    for await (const event of watch) {
      if (event.type === 'DELETED') listener.remove(kind, event.object);
      else listener.put(kind, event.object);
    }
  }

  function pause(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, RETRY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = (async () => {
    while (!stopped) {
      try {
        await round();
      } catch (error) {
        if (!stopped) logger.warn(`Following ${kind.plural} broke off and starts anew`, error as Error);
      }
      if (!stopped) await pause();
    }
    announce();
  })();

  return {
    synced,
    stop: async () => {
      stopped = true;
      watch?.close();
      wake();
      await running;
    },
  };
}
