import { findValues, Kind, OwnerReference, Resource } from '@krate/resource-model';

/** Where objects of platform kinds live; references to them name no namespace. */
export const PLATFORM_NAMESPACE = 'krate-system';

/** `namespace/name`, with an empty namespace for cluster-scoped objects. */
export function keyOf(object: { namespace?: string; name: string }): string {
  return `${object.namespace ?? ''}/${object.name}`;
}

/** The namespace a reference from `object` to `target` points into. */
export function targetNamespace(target: Kind, object: Resource): string | undefined {
  if (target.clusterScoped) return undefined;
  return target.platform ? PLATFORM_NAMESPACE : object.metadata.namespace;
}

/** The non-empty strings at a dotted path, through lists and maps on the way. */
export function stringsAt(object: unknown, path: string): string[] {
  const values = findValues(object, path).map(({ value }) => value);
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

/** The keys of the objects of kind `target` that `object` names at `path`. */
export function referencedKeys(object: Resource, target: Kind, path: string): string[] {
  const namespace = targetNamespace(target, object);
  return stringsAt(object, path).map(name => keyOf({ namespace, name }));
}

/** The owner that controls an object, if any. */
export function controllerOf(object: Resource): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

/** Whether an owner reference is to an object of this kind. */
export function pointsTo(owner: OwnerReference, kind: Kind): boolean {
  return owner.kind === kind.kind && owner.apiVersion === kind.apiVersion;
}
