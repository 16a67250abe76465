import { ApiError, StatusCause } from './ApiError';
import { Kind } from './defineKind';
import { fieldCauses } from './fieldCauses';
import { valueAt } from './fieldPath';
import { isObject, JsonObject } from './isObject';
import { ratchet } from './ratchet';
import { sameJson } from './sameJson';
import { structuralSchemaOf } from './structuralSchemaOf';
import { MIRRORED_NAME_LIMIT, validateMetadata } from './validateMetadata';
import { Matches, validateValue } from './validateValue';

/**
 * Everything wrong with an object that pruning and defaulting left: types, bounds, keys of list maps, metadata and, on an
 * update, fields that may not change. An empty list means valid. What an update leaves as it was may stay as it is ({@link ratchet}). Rules that need other objects belong to admission.
 */
export function validateObject(
  kind: Kind,
  object: JsonObject,
  { old, matches }: { old?: JsonObject; matches?: Matches } = {},
): StatusCause[] {
  const { metadata, ...rest } = object;
  const schema = structuralSchemaOf(kind);
  const faults = validateValue(schema, rest, '', matches);
  return [
    ...typeMeta(kind, object),
    ...validateMetadata(metadata, {
      maxName: kind.catalog ? MIRRORED_NAME_LIMIT : undefined,
      old: old && isObject(old.metadata) ? old.metadata : undefined,
    }),
    ...(old && faults.length > 0 ? ratchet(schema, faults, object, old) : faults),
    ...(old ? changedImmutables(kind, object, old) : []),
  ];
}

function typeMeta(kind: Kind, object: JsonObject): StatusCause[] {
  return (['apiVersion', 'kind'] as const).flatMap(field => {
    if (object[field] === undefined) return [fieldCauses.required(field)];
    return object[field] === kind[field]
      ? []
      : [fieldCauses.invalid(field, object[field], `must be ${kind[field]}`)];
  });
}

function changedImmutables(kind: Kind, object: JsonObject, old: JsonObject): StatusCause[] {
  return (kind.immutable ?? []).flatMap(path => {
    const value = valueAt(object, path);
    return sameJson(value, valueAt(old, path))
      ? []
      : [fieldCauses.invalid(path, value, 'field is immutable')];
  });
}

/** A body of many thousand faults gets an answer of bounded size. */
const MOST_CAUSES = 100;

/** The refusal of an object with faults, worded as Kubernetes words it: `Kind.group "name" is invalid: field: message`. */
export function invalidObject(kind: Kind, name: string, faults: StatusCause[]): ApiError {
  const causes = faults.slice(0, MOST_CAUSES);
  const more = faults.length - causes.length;
  if (more > 0) causes.push({ reason: 'FieldValueInvalid', message: `and ${more} more` });
  const lines = causes.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  const type = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  return new ApiError('Invalid', `${type} "${name}" is invalid: ${text}`, {
    name,
    group: kind.group,
    kind: kind.kind,
    causes,
  });
}
