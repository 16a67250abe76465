import { JsonObject, StructuralSchema, isObject } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { fieldSetOf } from './fieldSetOf';
import { compareValues } from './compareValues';
import { canonicalJson, own } from './json';
import { metadataOf, withoutManagedFields, writablePart } from './neverOwned';

/** Where kubectl's client-side apply keeps the configuration it applied last. */
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Fields that `kubectl apply --server-side` may take without a conflict: those the client-side apply before it set, as
 * long as the live object still has the values it set. Empty when there was no client-side apply at this version.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply-to-server-side-apply
 */
export function conflictsAllowedByLastApplied(
  schema: StructuralSchema,
  live: object,
  apiVersion: string,
): FieldSet {
  const annotations = metadataOf(live).annotations;
  const last = parseObject(isObject(annotations) ? own(annotations, LAST_APPLIED_ANNOTATION) : undefined);
  if (!last || last.apiVersion !== apiVersion) return FieldSet.EMPTY;
  const { added, modified, removed } = compareValues(schema, last, writablePart(live, undefined));
  return fieldSetOf(schema, last).difference(modified).difference(added).difference(removed);
}

/** The most that all annotations of an object may hold, keys included: UTF-8 bytes. */
const ANNOTATIONS_LIMIT = 256 * 1024;

/**
 * Brings the annotation of an earlier client-side apply up to date after an apply, so that going back to client-side
 * apply starts from what was applied last. An object without the annotation is left alone; one that would get too
 * large loses it.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#downgrading-from-server-side-apply-to-client-side-apply
 */
export function refreshLastApplied(object: JsonObject, applied: object): JsonObject {
  const metadata = metadataOf(object);
  const annotations = metadata.annotations;
  if (!isObject(annotations) || !own(annotations, LAST_APPLIED_ANNOTATION)) return object;
  const { [LAST_APPLIED_ANNOTATION]: _, ...others } = annotations;
  const refreshed = {
    ...annotations,
    [LAST_APPLIED_ANNOTATION]: `${canonicalJson(configurationOf(applied))}\n`,
  };
  const kept = sizeOf(refreshed) <= ANNOTATIONS_LIMIT ? refreshed : others;
  return { ...object, metadata: { ...metadata, annotations: kept } };
}

/** The configuration as kubectl keeps it: without managedFields and without the annotation itself. */
function configurationOf(applied: object): JsonObject {
  const configuration = withoutManagedFields(applied);
  const metadata = metadataOf(configuration);
  if (!isObject(metadata.annotations)) return configuration;
  const { [LAST_APPLIED_ANNOTATION]: _, ...annotations } = metadata.annotations;
  return { ...configuration, metadata: { ...metadata, annotations } };
}

function sizeOf(annotations: JsonObject): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
}

/** An annotation is a client's text: when it does not hold an object there was no client-side apply to continue. */
function parseObject(text: unknown) {
  try {
    const value: unknown = JSON.parse(String(text));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
