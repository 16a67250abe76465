import { Kind, Resource } from '@krate/resource-model';
import { Read, Reconciler } from '../defineReconciler';
import { controllerOf, keyOf, pointsTo, referencedKeys, targetNamespace } from '../objectKeys';
import { Informers } from './Informers';

type KindRead = Exclude<Read, { type: 'observed' }>;

/** A kind to watch, and which objects of the reconciler's kind one of its changes concerns. */
export interface WakeRule {
  kind: Kind;
  /** Called for the state before and the state after a change. */
  keysFor(changed: Resource): string[];
}

/**
 * Derives from the declared reads when to call a reconciler. Every rule answers from the indexes of the caches as they
 * are now; an owner that starts to name the object later is woken by its own change.
 */
export function wakesOf(reconciler: Reconciler, informers: Informers): WakeRule[] {
  const kind: Kind = reconciler.for;
  const own: WakeRule = { kind, keysFor: changed => [keyOf(changed.metadata)] };
  const reads = Object.values(reconciler.reads as Record<string, Read>);
  const kindReads = reads.filter((read): read is KindRead => read.type !== 'observed');
  return [own, ...kindReads.map(read => ({ kind: read.kind, keysFor: ruleOf(read, kind, informers) }))];
}

function ruleOf(read: KindRead, kind: Kind, informers: Informers): WakeRule['keysFor'] {
  switch (read.type) {
    case 'ref':
    case 'refs':
      informers.indexReference(kind, read.path, read.kind);
      return changed => keysOf(informers.referring(kind, read.path, read.kind, keyOf(changed.metadata)));
    case 'referring':
      informers.indexReference(read.kind, read.path, kind);
      return changed => referencedKeys(changed, kind, read.path);
    case 'owned':
      return changed => {
        const owner = controllerOf(changed);
        return owner && pointsTo(owner, kind)
          ? [keyOf({ namespace: changed.metadata.namespace, name: owner.name })]
          : [];
      };
    case 'all':
      return changed =>
        keysOf(
          informers
            .cache(kind)
            .list()
            .filter(object => sees(object, read.kind, changed)),
        );
    case 'named':
      return changed =>
        keysOf(
          informers
            .cache(kind)
            .list()
            .filter(object => isNamed(read, object, changed)),
        );
    default:
      return read satisfies never;
  }
}

function sees(object: Resource, target: Kind, changed: Resource): boolean {
  return targetNamespace(target, object) === changed.metadata.namespace;
}

function isNamed(read: Extract<KindRead, { type: 'named' }>, object: Resource, changed: Resource): boolean {
  try {
    return namedKey(read, object) === keyOf(changed.metadata);
  } catch {
    // The declared function fails for this object. Waking it lets its reconcile report that, where it is seen.
    return true;
  }
}

/** The key of the object a `named` read computes for `object`. */
export function namedKey(read: Extract<KindRead, { type: 'named' }>, object: Resource): string | undefined {
  const name = read.name(object);
  if (name === undefined) return undefined;
  return keyOf({ namespace: read.namespace?.(object) ?? targetNamespace(read.kind, object), name });
}

function keysOf(objects: Resource[]): string[] {
  return objects.map(object => keyOf(object.metadata));
}
