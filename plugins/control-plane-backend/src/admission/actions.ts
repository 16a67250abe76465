import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';
import { cloneJson, KindAction, sameJson } from '@krate/resource-model';
import { setAt, valueAt } from './fields';
import { refuse } from './refuse';

/**
 * An action is a field (`spec.decision`, `spec.merge`): who sets it needs the action's verb, the server stamps who and
 * when, and later it stays as it is unless the kind says it may be repeated. Stamps of the caller's own are overwritten.
 */
export function stampActions(request: AdmissionRequest, now: () => Date): void {
  if (request.operation === 'delete') return;
  for (const [verb, action] of Object.entries(request.kind.actions ?? {})) {
    if (!isTaken(request, action)) keepStamps(request, action);
    else takeAction(request, verb, action, now);
  }
}

/** The fields of every action that this write takes. */
export function fieldsOfTakenActions(request: AdmissionRequest): string[] {
  return Object.values(request.kind.actions ?? {})
    .filter(action => isTaken(request, action))
    .flatMap(({ field, by, at, with: more = [] }) => [field, by, at, ...more]);
}

function takeAction(request: AdmissionRequest, verb: string, action: KindAction, now: () => Date): void {
  const { object, oldObject, principal, kind } = request;
  if (isSet(bareValue(oldObject, action)) && !action.repeatable) {
    const message = `it was decided already and cannot be changed`;
    throw refuse(request, 'Invalid', { reason: 'ACTION_ALREADY_TAKEN', field: action.field, message });
  }
  if (principal.type !== 'system' && !request.allows(verb, kind, object.metadata.name)) {
    const message = `setting it needs the verb "${verb}", which the role ${action.role} has`;
    throw refuse(request, 'Forbidden', { reason: 'ACTION_NOT_ALLOWED', field: action.field, message });
  }
  const taken = isSet(bareValue(object, action));
  setAt(object, action.by, taken ? principalName(principal) : undefined);
  setAt(object, action.at, taken ? `${now().toISOString().slice(0, 19)}Z` : undefined);
}

/** An untaken action's stamps are as they were, whatever the caller sent. */
function keepStamps({ object, oldObject }: AdmissionRequest, { by, at }: KindAction): void {
  for (const path of [by, at]) setAt(object, path, valueAt(oldObject, path));
}

function isTaken({ object, oldObject }: AdmissionRequest, action: KindAction): boolean {
  const value = bareValue(object, action);
  const before = bareValue(oldObject, action);
  return (isSet(value) || isSet(before)) && !sameJson(value, before);
}

/** The action's field without the stamps that may lie inside it. */
function bareValue(object: unknown, { field, by, at }: KindAction): unknown {
  const value = valueAt(object, field);
  const inside = [by, at]
    .filter(path => path.startsWith(`${field}.`))
    .map(path => path.slice(field.length + 1));
  if (inside.length === 0 || value === undefined) return value;
  const bare = cloneJson(value);
  inside.forEach(path => setAt(bare, path, undefined));
  return bare;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
