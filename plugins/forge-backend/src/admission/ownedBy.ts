import { Resource } from '@krate/resource-model';

/** Makes the object go when its owner goes. An owner that is there already stays. */
export function ownedBy(object: Resource, owner: Resource): void {
  const { uid, name } = owner.metadata;
  const present = object.metadata.ownerReferences ?? [];
  if (present.some(reference => reference.uid === uid)) return;
  object.metadata.ownerReferences = [
    ...present,
    { apiVersion: owner.apiVersion, kind: owner.kind, name, uid },
  ];
}
