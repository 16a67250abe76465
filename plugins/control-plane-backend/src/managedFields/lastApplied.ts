import { FieldSet } from './FieldSet';
import { fieldSetOf } from './fieldSetOf';
import { compareValues } from './compareValues';
import { isJsonObject, own } from './json';
import { MergeSchema } from './MergeSchema';
import { metadataOf, writablePart } from './neverOwned';

/** Where kubectl's client-side apply keeps the configuration it applied last. */
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Fields that `kubectl apply --server-side` may take without a conflict: those the client-side apply before it set, as
 * long as the live object still has the values it set. Empty when there was no client-side apply at this version.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply-to-server-side-apply
 */
export function conflictsAllowedByLastApplied(
  schema: MergeSchema,
  live: object,
  apiVersion: string,
): FieldSet {
  const annotations = metadataOf(live).annotations;
  const last = parseObject(isJsonObject(annotations) ? own(annotations, LAST_APPLIED_ANNOTATION) : undefined);
  if (!last || last.apiVersion !== apiVersion) return FieldSet.EMPTY;
  const { added, modified, removed } = compareValues(schema, last, writablePart(live, undefined));
  return fieldSetOf(schema, last).difference(modified).difference(added).difference(removed);
}

/** An annotation is a client's text: when it does not hold an object there was no client-side apply to continue. */
function parseObject(text: unknown) {
  try {
    const value: unknown = JSON.parse(String(text));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
