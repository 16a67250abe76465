import { ApiError, isObject, JsonObject, Kind, pruneObject, structuralSchemaOf } from '@krate/resource-model';
import { WriteOptions } from './requests';
import { metadataOf, WireMeta, WireObject } from './WireObject';

const COLLECTIONS = ['labels', 'annotations', 'finalizers', 'ownerReferences'];

/** A body that fits its endpoint, without unknown fields. A copy: the input is not changed. */
export interface Decoded {
  object: WireObject;
  warnings: string[];
}

/** Where an object is written to; what it says about itself must agree. */
export interface Endpoint {
  kind: Kind;
  namespace?: string;
  name?: string;
}

/**
 * Checks that an object belongs to the endpoint and drops the fields its schema does not know.
 *
 * @param known - unknown fields that were there before and are nobody's fault now
 * @throws ApiError BadRequest
 */
export function decode(
  endpoint: Endpoint,
  input: JsonObject,
  { fieldValidation = 'Warn', duplicateFields = [] }: WriteOptions,
  known: readonly string[] = [],
): Decoded {
  assertFits(endpoint, input);
  const { object, unknownFields } = pruneObject(structuralSchemaOf(endpoint.kind), input);
  const unknown = unknownFields.filter(path => !known.includes(path));
  const texts = [
    ...duplicateFields.map(path => `duplicate field "${path}"`),
    ...unknown.map(path => `unknown field "${path}"`),
  ];
  if (texts.length > 0 && fieldValidation === 'Strict') {
    throw cannotBeHandled(endpoint.kind, `strict decoding error: ${texts.join(', ')}`);
  }
  const metadata = metadataOf(object);
  if (!endpoint.kind.clusterScoped) metadata.namespace = endpoint.namespace;
  else delete metadata.namespace;
  delete metadata.selfLink;
  return {
    object: inOrder(endpoint.kind, { ...object, metadata }),
    warnings: fieldValidation === 'Warn' ? texts : [],
  };
}

/** Fields an object was stored with under an earlier schema: whoever sends them back is not at fault. */
export function unknownFieldsOf(kind: Kind, stored: WireObject): string[] {
  return pruneObject(structuralSchemaOf(kind), stored).unknownFields;
}

/** `apiVersion`, `kind`, `metadata` first, as the store asks for and people expect. */
export function inOrder(kind: Kind, object: JsonObject): WireObject {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const kept = withoutEmptyCollections(metadataOf({ metadata }));
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata: kept, ...rest };
}

/** Metadata's collections are there or not; an empty one is the same as none, and nobody owns it. */
function withoutEmptyCollections(metadata: WireMeta): WireMeta {
  const isEmpty = (value: unknown) =>
    value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  if (!COLLECTIONS.some(name => name in metadata && isEmpty(metadata[name]))) return metadata;
  return Object.fromEntries(
    Object.entries(metadata).filter(([name, value]) => !COLLECTIONS.includes(name) || !isEmpty(value)),
  ) as WireMeta;
}

function assertFits({ kind, namespace, name }: Endpoint, input: JsonObject): void {
  if (!input.kind)
    throw new ApiError('BadRequest', `Object 'Kind' is missing in the body; expected ${kind.kind}`);
  if (input.apiVersion !== kind.apiVersion) {
    const given = String(input.apiVersion ?? '');
    throw new ApiError(
      'BadRequest',
      `the API version in the data (${given}) does not match the expected API version (${kind.apiVersion})`,
    );
  }
  if (input.kind !== kind.kind)
    throw cannotBeHandled(kind, `the kind in the data is "${String(input.kind)}"`);
  if (input.metadata !== undefined && input.metadata !== null && !isObject(input.metadata)) {
    throw cannotBeHandled(kind, 'metadata must be an object');
  }
  const metadata = metadataOf(input);
  if (namespace !== undefined && metadata.namespace && metadata.namespace !== namespace) {
    throw new ApiError(
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (name !== undefined && metadata.name && metadata.name !== name) {
    throw new ApiError(
      'BadRequest',
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
}

function cannotBeHandled(kind: Kind, why: string): ApiError {
  return new ApiError(
    'BadRequest',
    `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`,
  );
}
