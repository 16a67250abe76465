import { JsonObject, isObject } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { keysOf } from './json';
import { fieldElement } from './PathElement';

const META = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'managedFields',
];

/** Fields that identify the object or belong to the server: no manager ever owns them. */
export const NEVER_OWNED = FieldSet.of(
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...META.map(name => ['f:metadata', fieldElement(name)]),
);

/** Metadata that only the server writes; a client may send it and it is not merged. */
const SERVER_METADATA = new Set(
  [...META, 'deletionTimestamp', 'deletionGracePeriodSeconds'].filter(isServers),
);

function isServers(name: string): boolean {
  return name !== 'name' && name !== 'namespace';
}

/** The object's metadata, empty when there is none. */
export function metadataOf(object: object | undefined): JsonObject {
  const metadata = (object as JsonObject | undefined)?.metadata;
  return isObject(metadata) ? metadata : {};
}

/** The object without `metadata.managedFields`: what is compared and merged. */
export function withoutManagedFields(object: object): JsonObject {
  const { managedFields, ...metadata } = metadataOf(object);
  return managedFields === undefined ? (object as JsonObject) : { ...object, metadata };
}

/**
 * The part of an object that a request may change: through `status` the status alone, otherwise all but the status.
 * Ownership of the other part is left as it is.
 */
export function writablePart(object: object, subresource: string | undefined): JsonObject {
  const entries = Object.entries(object).filter(
    ([name]) => (name === 'status') === (subresource === 'status'),
  );
  return Object.fromEntries(entries);
}

/** The part of an applied configuration that is merged: {@link writablePart} without what only the server writes. */
export function appliedPart(applied: object, subresource: string | undefined): JsonObject {
  const part = writablePart(applied, subresource);
  if (!isObject(part.metadata)) return part;
  const { metadata } = part;
  const kept = keysOf(metadata).filter(name => !SERVER_METADATA.has(name));
  return { ...part, metadata: Object.fromEntries(kept.map(name => [name, metadata[name]])) };
}
