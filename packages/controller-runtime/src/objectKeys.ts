import { Kind, OwnerReference, Resource } from '@krate/resource-model';

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

/** The strings at a dotted path; lists on the way are walked through, everything else that is not a string is left out. */
export function stringsAt(object: unknown, path: string): string[] {
  let values: unknown[] = [object];
  for (const step of path.split('.')) {
    values = values.flatMap(value => {
      const items = Array.isArray(value) ? value : [value];
      return items.map(item => (item as Record<string, unknown> | null | undefined)?.[step]);
    });
  }
  return values.flat().filter((value): value is string => typeof value === 'string' && value !== '');
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
