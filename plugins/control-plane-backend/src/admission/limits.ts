import { AccessDecision, AdmissionRequest } from '@krate/plugin-control-plane-node';
import { cloneJson, JsonObject, sameJson } from '@krate/resource-model';
import { fieldsOfTakenActions } from './actions';
import { setAt, valueAt } from './fields';
import { refuse } from './refuse';

/** Holds a caller who has a role for an action only to the fields of the actions this very write takes. */
export function staysWithinAction(request: AdmissionRequest, decision: AccessDecision): void {
  const { operation, object, oldObject } = request;
  if (operation !== 'update' || !decision.onlyFields) return;
  const permitted = fieldsOfTakenActions(request).filter(field => decision.onlyFields!.includes(field));
  const before = comparable(oldObject, []);
  const restored = comparable(object, permitted, oldObject);
  if (sameJson(before, restored)) return;
  const message = `your role may set ${decision.onlyFields[0]} and nothing else of this object`;
  throw refuse(request, 'Forbidden', { reason: 'FIELD_NOT_ALLOWED', message });
}

/** The object without what the server keeps itself, and with the permitted fields as they were. */
function comparable(object: unknown, permitted: readonly string[], old?: unknown): JsonObject {
  const copy = cloneJson(object) as JsonObject;
  for (const path of [
    'metadata.managedFields',
    'metadata.resourceVersion',
    'metadata.generation',
    'status',
  ]) {
    setAt(copy, path, undefined);
  }
  permitted.forEach(path => setAt(copy, path, valueAt(old, path)));
  return copy;
}
