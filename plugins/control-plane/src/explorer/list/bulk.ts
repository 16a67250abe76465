import { KindInfo, KrateApi, pathOf } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';

/** What is done to many objects. */
export type BulkAction =
  | { type: 'delete' }
  /** `null` takes a label away. */
  | { type: 'label'; labels: Readonly<Record<string, string | null>> };

/** How far one object has come. */
export interface BulkItem {
  object: Resource;
  state: 'checking' | 'ready' | 'denied' | 'running' | 'done' | 'failed';
  /** Why it is denied or failed. */
  reason?: string;
}

/** Requests under way at once: enough to be quick, few enough to leave the browser's connections to the page. */
const AT_ONCE = 4;
const VERBS = { delete: 'delete', label: 'patch' } as const;

/**
 * Whether the reader may do it: asked for the whole list first, object by object only when that is refused.
 *
 * @param tell - called with the place in the list and what is known of it
 */
export async function checkAll(
  api: KrateApi,
  kind: KindInfo,
  type: BulkAction['type'],
  objects: readonly Resource[],
  tell: (index: number, change: Partial<BulkItem>) => void,
): Promise<void> {
  const verb = VERBS[type];
  const namespace = objects[0]?.metadata.namespace;
  const all = await api.can(verb, kind, namespace);
  if (all.allowed) {
    objects.forEach((_, index) => tell(index, { state: 'ready' }));
    return;
  }
  await eachOf(objects, async ({ metadata }, index) => {
    const one = await api.can(verb, kind, metadata.namespace, metadata.name);
    tell(index, one.allowed ? { state: 'ready' } : { state: 'denied', reason: one.reason || all.reason });
  });
}

/** Does it to every object that is ready; one that fails does not stop the others. */
export async function runAll(
  api: KrateApi,
  kind: KindInfo,
  action: BulkAction,
  items: readonly BulkItem[],
  tell: (index: number, change: Partial<BulkItem>) => void,
): Promise<void> {
  await eachOf(items, async ({ object, state }, index) => {
    if (state !== 'ready' && state !== 'failed') return;
    tell(index, { state: 'running', reason: undefined });
    try {
      await run(api, kind, action, object);
      tell(index, { state: 'done' });
    } catch (error) {
      tell(index, { state: 'failed', reason: (error as Error).message });
    }
  });
}

async function run(api: KrateApi, kind: KindInfo, action: BulkAction, { metadata }: Resource): Promise<void> {
  if (action.type === 'delete') {
    await api.delete(kind, metadata.namespace, metadata.name);
    return;
  }
  await api.request(`${pathOf(kind, metadata.namespace, metadata.name)}?fieldManager=krate-portal`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { labels: action.labels } }),
  });
}

async function eachOf<T>(list: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const index = next++;
      await work(list[index], index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
