import { randomUUID } from 'node:crypto';
import { Kind } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';

/** Puts an object straight into a store, past admission: the given state of a test. An existing one is replaced. */
export async function seedObject(
  store: ResourceStore,
  kind: Kind,
  namespace: string,
  name: string,
  spec: object,
  metadata: object = {},
): Promise<void> {
  const key = { group: kind.group, resource: kind.plural, namespace, name };
  const live = await store.get(key);
  const uid = live?.uid ?? randomUUID();
  const object = {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      uid,
      generation: 1,
      creationTimestamp: '2026-11-20T00:00:00Z',
      ...metadata,
    },
    ...(kind.flat ? spec : { spec }),
  };
  const draft = { uid, labels: {}, json: JSON.stringify(object) };
  await store.write([
    live ? { type: 'update', key, draft, expectedRevision: live.revision } : { type: 'create', key, draft },
  ]);
}
