import { CompoundEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { organizationOf, Organization } from '@krate/plugin-control-plane-common';
import { Kind, KindRegistry, Resource } from '@krate/resource-model';

/** All objects of the mirrored kinds, by kind name. */
export type Snapshot = ReadonlyMap<string, readonly Resource[]>;

/** Longest name of an entity that the catalog takes. */
const LONGEST = 63;

/** Where the object of a kind is known in the catalog; undefined when it is not mirrored. */
export type EntityNames = (kind: string, namespace: string | undefined, name: string) => Ref | undefined;
export type Ref = CompoundEntityRef & { text: string };

/**
 * Gives every mirrored object its place in the catalog. Several kinds may share a catalog kind, and then two objects of an
 * organization may share a name: the kind that was installed first keeps it, the other one carries its type as well, so
 * that neither hides the other.
 */
export function entityNames(kinds: KindRegistry, snapshot: Snapshot): EntityNames {
  const taken = new Set<string>();
  const byObject = new Map<string, Ref>();
  for (const kind of kinds.all()) {
    if (!isMirroredKind(kind)) continue;
    for (const { metadata } of snapshot.get(kind.kind) ?? []) {
      if (!isMirrored(kind, metadata.namespace)) continue;
      const ref = freeName(placeOf(kind, metadata.namespace, metadata.name), kind, taken);
      taken.add(ref.text);
      byObject.set(`${kind.kind}/${metadata.namespace}/${metadata.name}`, ref);
    }
  }
  return (kind, namespace, name) => byObject.get(`${kind}/${namespace}/${name}`);
}

/** A kind that not every member of an organization may read has no place in a catalog that all of them do. */
export function isMirroredKind(kind: Kind): boolean {
  return Boolean(kind.catalog) && (kind.readableBy ?? 'viewer') === 'viewer';
}

/** What belongs to the platform and not to an organization stays out, organizations themselves excepted. */
export function isMirrored(kind: Kind, namespace: string | undefined): boolean {
  return kind.kind === Organization.kind || organizationOf(namespace) !== undefined;
}

/** The `spec.type` of a kind's entities. */
export function entityTypeOf(kind: Kind): string {
  return kind.catalog!.type ?? kind.kind.toLowerCase();
}

function placeOf(kind: Kind, namespace: string | undefined, name: string): CompoundEntityRef {
  const catalogNamespace = kind.kind === Organization.kind ? 'default' : organizationOf(namespace)!;
  return { kind: kind.catalog!.as ?? kind.kind, namespace: catalogNamespace, name };
}

function freeName(place: CompoundEntityRef, kind: Kind, taken: ReadonlySet<string>): Ref {
  const text = stringifyEntityRef(place);
  if (!taken.has(text)) return { ...place, text };
  const suffix = `.${entityTypeOf(kind)}`;
  const name = `${place.name.slice(0, LONGEST - suffix.length).replace(/[-_.]+$/, '')}${suffix}`;
  return { ...place, name, text: stringifyEntityRef({ ...place, name }) };
}
