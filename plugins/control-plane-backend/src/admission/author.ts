import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';
import { setAt, valueAt } from './fields';

/**
 * Some kinds say in a field of their own who wrote an object (`author` of the declaration): the server fills it in on
 * create, and a later write that leaves it out keeps it. That nobody changes it is for `immutable` to say, or for this
 * rule: what was given is overwritten. The system writes on behalf of others and may name them.
 */
export function stampAuthor({ kind, operation, object, oldObject, principal }: AdmissionRequest): void {
  if (!kind.author || operation === 'delete') return;
  const given = valueAt(object, kind.author);
  if (principal.type === 'system') {
    if (given === undefined) setAt(object, kind.author, valueAt(oldObject, kind.author));
    return;
  }
  setAt(
    object,
    kind.author,
    operation === 'create' ? principalName(principal) : valueAt(oldObject, kind.author),
  );
}
