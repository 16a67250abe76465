import { cloneJson, Kind, Resource, ResourceOf } from '@krate/resource-model';
import { Observer, Read, Reconciler } from '../defineReconciler';
import { deepFreeze } from '../json';
import { keyOf, stringsAt, targetNamespace } from '../objectKeys';
import { Informers } from './Informers';
import { namedKey } from './wakesOf';

export interface Sources {
  informers: Informers;
  observers: ReadonlyMap<string, Observer>;
}

/** The value of everything a reconciler declared to read for one object. */
export async function gather(
  reconciler: Reconciler,
  object: Resource,
  sources: Sources,
): Promise<Record<string, unknown>> {
  const reads = Object.entries(reconciler.reads as Record<string, Read>);
  const values = await Promise.all(
    reads.map(async ([name, read]) => [name, await valueOf(read, object, reconciler, sources)]),
  );
  return Object.fromEntries(values);
}

async function valueOf(
  read: Read,
  object: Resource,
  reconciler: Reconciler,
  { informers, observers }: Sources,
) {
  switch (read.type) {
    case 'ref':
      return refs(read, object, informers).items[0];
    case 'refs':
      return refs(read, object, informers);
    case 'owned':
      return informers.cache(read.kind).byIndex('controller', object.metadata.uid);
    case 'referring':
      return informers.referring(read.kind, read.path, reconciler.for, keyOf(object.metadata));
    case 'all':
      return informers.cache(read.kind).byIndex('namespace', targetNamespace(read.kind, object) ?? '');
    case 'named': {
      const key = namedKey(read, object);
      return key === undefined ? undefined : informers.cache(read.kind).get(key);
    }
    case 'observed':
      return deepFreeze(cloneJson(await observers.get(read.observer)!.observe(object as ResourceOf<Kind>)));
    default:
      return read satisfies never;
  }
}

function refs(read: Extract<Read, { type: 'ref' | 'refs' }>, object: Resource, informers: Informers) {
  const namespace = targetNamespace(read.kind, object);
  const cache = informers.cache(read.kind);
  const names = [...new Set(stringsAt(object, read.path))];
  const found = names.map(name => ({ name, item: cache.get(keyOf({ namespace, name })) }));
  return {
    items: found.flatMap(({ item }) => (item ? [item] : [])),
    missing: found.filter(({ item }) => !item).map(({ name }) => name),
  };
}
