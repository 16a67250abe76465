import { StreamKey } from '@krate/plugin-control-plane-node';
import { Kind, KindRegistry } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';

/** The object that streams belong to. */
export type StreamOwner = Omit<StreamKey, 'stream'>;

/**
 * Deletes the streams of objects that are gone: what a process left that died between the deletion of an object and that of its
 * streams. Owners of kinds that are not installed cannot be judged; their streams stay. Returns how many owners were gone.
 */
export async function removeOrphanedStreams(options: {
  streams: { owners(): Promise<StreamOwner[]>; deleteAll(owner: StreamOwner): Promise<void> };
  store: ResourceStore;
  kinds: KindRegistry;
}): Promise<number> {
  const { streams, store, kinds } = options;
  const byPlural = new Map<string, Kind>(kinds.all().map(kind => [kind.plural, kind]));
  let gone = 0;
  for (const owner of await streams.owners()) {
    const kind = byPlural.get(owner.resource);
    if (!kind) continue;
    const { namespace, name, uid } = owner;
    const object = await store.get({ group: kind.group, resource: kind.plural, namespace, name });
    if (object?.uid === uid) continue;
    await streams.deleteAll(owner);
    gone += 1;
  }
  return gone;
}
